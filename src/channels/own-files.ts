// Pictures and files of our own, which staff send: in the outbox they stand by their blob, and only when they are sent the platform
// gets the bytes and gives an id for them. What the upload is and what the id goes into is each platform's.
import { randomUUID } from 'node:crypto';
import { SECOND } from '../lib/clock.js';
import { StorageUnavailable } from '../lib/errors.js';
import type { JsonObject } from '../lib/json.js';
import type { Blobs } from '../records/blobs.js';
import type { OwnFile } from './activity.js';
import type { SendResult } from './channel.js';
import { isObject } from './inbound-fields.js';

/** Where the bytes are read. */
export type OwnFileSource = Pick<Blobs, 'get'>;

/** What the stored message is on every platform. */
export function ownFileBody({ blob, kind, name, mimeType }: OwnFile): JsonObject {
  return { own: { blob, kind, name, mimeType } };
}

/** Undefined for any other message. */
export function ownFileIn({ own }: JsonObject): OwnFile | undefined {
  return isObject(own) ? (own as unknown as OwnFile) : undefined;
}

/** Ids that are remembered; the oldest goes first. */
const MOST_IDS = 500;

/** Remembers what was uploaded, so that a message that is sent again is not uploaded again. */
export class UploadedFiles {
  readonly #ids = new Map<string, { id: string; until: number }>();
  readonly #lifeMs: number;
  readonly #now: () => number;

  /** `lifeMs`: how long the platform's ids work, less a margin. `now`: milliseconds, only differences matter. */
  constructor(lifeMs: number, now: () => number = () => performance.now()) {
    this.#lifeMs = lifeMs;
    this.#now = now;
  }

  idOf(account: string, { blob }: Pick<OwnFile, 'blob'>): string | undefined {
    const known = this.#ids.get(`${account}/${blob}`);
    return known !== undefined && known.until > this.#now() ? known.id : undefined;
  }

  keep(account: string, { blob }: Pick<OwnFile, 'blob'>, id: string): void {
    const [oldest] = this.#ids.keys();
    if (this.#ids.size >= MOST_IDS && oldest !== undefined) this.#ids.delete(oldest);
    this.#ids.set(`${account}/${blob}`, { id, until: this.#now() + this.#lifeMs });
  }

  /** The platform no longer knows it. */
  forget(account: string, { blob }: Pick<OwnFile, 'blob'>): void {
    this.#ids.delete(`${account}/${blob}`);
  }
}

/** Bytes take longer than words. */
export const UPLOAD_MS = 30 * SECOND;

export interface FileForm {
  data: Buffer;
  contentType: string;
}

/** The file as a form to upload, or why there is none: it was deleted, or the storage cannot be read now. */
export async function formOf(
  source: OwnFileSource | undefined,
  field: string,
  file: OwnFile,
  texts: Readonly<Record<string, string>> = {},
): Promise<FileForm | Extract<SendResult, { outcome: 'retry' | 'give-up' }>> {
  if (source === undefined) return { outcome: 'give-up', reason: 'no-files' };
  try {
    const found = await source.get(file.blob);
    return found === undefined
      ? { outcome: 'give-up', reason: 'file-gone' }
      : fileForm(field, file, found.bytes, texts);
  } catch (error) {
    if (!(error instanceof StorageUnavailable)) throw error;
    return { outcome: 'retry', afterMs: 2 * SECOND, reason: 'storage-unavailable' };
  }
}

function fileForm(
  field: string,
  { name, mimeType }: Pick<OwnFile, 'name' | 'mimeType'>,
  bytes: Buffer,
  texts: Readonly<Record<string, string>>,
): FileForm {
  const boundary = `----${randomUUID()}`;
  const quoted = name.replace(/[\r\n]+/g, ' ').replaceAll('"', '%22');
  const head = Object.entries(texts).map(
    ([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  );
  head.push(
    `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${quoted}"\r\nContent-Type: ${mimeType}\r\n\r\n`,
  );
  const data = Buffer.concat([Buffer.from(head.join('')), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { data, contentType: `multipart/form-data; boundary=${boundary}` };
}
