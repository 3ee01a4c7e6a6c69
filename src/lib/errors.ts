// Unexpected failures carry a stable code for the operator and their cause. Expected ones are values, not errors.

export class CodedError extends Error {
  override readonly name = 'CodedError';

  constructor(
    /** Stable, greppable, e.g. `storage.full`. */
    readonly code: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The storage cannot write or read right now (disk full, server gone); the same call may succeed later. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';

  constructor(
    readonly code: string,
    options?: { cause?: unknown },
  ) {
    super(`storage unavailable: ${code}`, options);
  }
}

/** The code of any thrown thing, for logs and dead letters; never its message, which may hold what a citizen wrote. */
export function codeOf(thrown: unknown): string {
  if (thrown instanceof Error) {
    const { code } = thrown as { code?: unknown };
    return typeof code === 'string' ? code : thrown.name;
  }
  return typeof thrown;
}
