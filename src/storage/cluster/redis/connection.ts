// One connection that never stays away: it reconnects by itself for as long as it is not closed.
import { Redis } from 'ioredis';
import { sleep } from '../../../lib/backoff.js';
import type { Log } from '../../../lib/log.js';
import { redisOptions } from './address.js';
import { failureOf } from './failure.js';

const REVIVE_AFTER_MS = 500;

export interface Connection {
  readonly redis: Redis;
  close(): void;
}

/** `use` names the connection in the log and in Redis' own list of clients. Throws CodedError `redis.url`. */
export function connect(url: string, use: string, log: Log): Connection {
  const redis = new Redis(redisOptions(url, `mot-cua-${use}`));
  let complained = false;
  let revival: NodeJS.Timeout | undefined;
  let closed = false;
  redis.on('error', (error: Error) => {
    // Once per outage: reconnecting goes on by itself.
    if (!complained) log.warn({ action: 'redis.connection-lost', reason: use, error });
    complained = true;
  });
  redis.on('ready', () => {
    if (complained) log.info({ action: 'redis.connected-again', reason: use });
    complained = false;
  });
  redis.on('end', () => {
    // A connection that is cut while it is being made is given up by the library.
    if (!closed) revival = setTimeout(() => redis.connect().catch(() => undefined), REVIVE_AFTER_MS);
  });
  return {
    redis,
    close() {
      closed = true;
      clearTimeout(revival);
      redis.disconnect();
    },
  };
}

const leaving = new WeakSet<Redis>();

/** Gives the connection up for a new one; does nothing while that is under way. */
export function reconnect(redis: Redis): void {
  if (redis.status !== 'ready' || leaving.has(redis)) return;
  leaving.add(redis);
  redis.once('close', () => leaving.delete(redis));
  redis.disconnect(true);
}

/** Throws StorageUnavailable when it does not come about in time: `redis.down`, or what Redis says (`redis.wrongpass`). */
export async function ready(redis: Redis, withinMs: number): Promise<void> {
  let reason: unknown = new Error('nobody answers');
  const note = (error: Error) => {
    reason = error;
  };
  redis.on('error', note);
  const waited = new AbortController();
  const found = new Promise<true>((resolve) => {
    if (redis.status === 'ready') resolve(true);
    else redis.once('ready', () => resolve(true));
  });
  const there = await Promise.race([found, sleep(withinMs, waited.signal)]);
  waited.abort();
  redis.off('error', note);
  if (there !== true) throw failureOf(reason);
}
