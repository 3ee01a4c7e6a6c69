// Under which keys a sent message is found again in Messenger's echo: by our own reference in `metadata`, else by id.

const PREFIX = 'mc:';

/** The `metadata` of a message of ours; comes back in its echo. */
export function metadataOf(ref: string): string {
  return PREFIX + ref;
}

export function referenceKey(ref: string): string {
  return `ref:${ref}`;
}

export function messageKey(mid: string): string {
  return `id:${mid}`;
}

/** The reference when the metadata is ours. */
export function referenceOf(metadata: string | undefined): string | undefined {
  return metadata?.startsWith(PREFIX) ? metadata.slice(PREFIX.length) : undefined;
}
