// The check at the start: a Redis that may forget what it has acknowledged is refused, unless the operator says in so many
// words that this is wanted.
import type { Redis } from 'ioredis';
import { CodedError } from '../../../lib/errors.js';

const MIN_MAJOR_VERSION = 7;

export interface DurabilityOptions {
  /** The setting REDIS_MAY_LOSE_MESSAGES. */
  allowLossy: boolean;
  minReplicas: number;
}

/**
 * Throws CodedError, naming what to set: `redis.version` (before 7), `redis.appendonly`, `redis.appendfsync` (not `always`,
 * while no replica has to confirm either), `redis.maxmemory-policy` (other than `noeviction`). The last three only without
 * `allowLossy`. Reads INFO, which managed services allow, and CONFIG for appendfsync alone.
 */
export async function checkRedisDurability(
  redis: Pick<Redis, 'info' | 'config'>,
  { allowLossy, minReplicas }: DurabilityOptions,
): Promise<void> {
  const info = parseInfo(await redis.info());
  const version = info.get('redis_version') ?? 'unknown';
  if (!(Number.parseInt(version, 10) >= MIN_MAJOR_VERSION)) {
    throw new CodedError(
      'redis.version',
      `REDIS_URL: Redis ${MIN_MAJOR_VERSION} or newer is needed, this one is ${version}`,
    );
  }
  if (allowLossy) return;
  if (info.get('aof_enabled') !== '1') {
    throw lossy(
      'redis.appendonly',
      'appendonly is off: a restart would forget what was accepted. Set "appendonly yes"',
    );
  }
  const policy = info.get('maxmemory_policy') ?? 'unknown';
  if (policy !== 'noeviction') {
    throw lossy(
      'redis.maxmemory-policy',
      `maxmemory-policy is ${policy}: a full Redis would drop conversations. Set "maxmemory-policy noeviction"`,
    );
  }
  if (minReplicas > 0) return;
  const fsync = await appendFsync(redis);
  if (fsync !== 'always') {
    throw lossy(
      'redis.appendfsync',
      `appendfsync is ${fsync}: a power cut would take the last acknowledged writes along. Set "appendfsync always", or let a replica confirm each write with REDIS_MIN_REPLICAS=1`,
    );
  }
}

/** Managed services may hide their configuration: what cannot be seen is not assumed. */
async function appendFsync(redis: Pick<Redis, 'config'>): Promise<string> {
  try {
    const [, value] = (await redis.config('GET', 'appendfsync')) as string[];
    return value ?? 'not shown by this server';
  } catch {
    return 'not shown by this server';
  }
}

function lossy(code: string, message: string): CodedError {
  return new CodedError(code, `REDIS_URL: ${message}; or say REDIS_MAY_LOSE_MESSAGES=yes`);
}

function parseInfo(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.includes(':'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}
