// What a failed Redis command means: the storage is away (try again later), or we asked for something wrong.
import { CodedError, StorageUnavailable } from '../../../lib/errors.js';

/** Codes of Redis that name a mistake in the question; every other refusal is a state of the server and may pass. */
const MISTAKES = new Set(['ERR', 'WRONGTYPE', 'CROSSSLOT', 'EXECABORT']);

/**
 * READONLY, OOM, MISCONF, LOADING, CLUSTERDOWN, NOREPLICAS, NOSCRIPT, NOAUTH … → StorageUnavailable `redis.<code>`;
 * a connection that broke → StorageUnavailable `redis.down`; a wrong command → CodedError `redis.refused`.
 */
export function failureOf(cause: unknown): StorageUnavailable | CodedError {
  if (!(cause instanceof Error) || cause.name !== 'ReplyError') return new StorageUnavailable('redis.down', { cause });
  const code = replyCode(cause);
  if (MISTAKES.has(code)) return new CodedError('redis.refused', 'Redis refused a command of ours', { cause });
  return new StorageUnavailable(`redis.${code.toLowerCase()}`, { cause });
}

export function replyCode(error: Error): string {
  return /^[A-Z]+/.exec(error.message)?.[0] ?? 'ERR';
}
