// Opens the Redis half of the cluster home: three connections, the check at the start, and what is built upon them.
import { Redis } from 'ioredis';
import { sleep } from '../../../lib/backoff.js';
import { type Clock, SECOND } from '../../../lib/clock.js';
import { CodedError, StorageUnavailable } from '../../../lib/errors.js';
import type { Log } from '../../../lib/log.js';
import { redisOptions } from './address.js';
import { COUNTER_SCRIPTS, RedisCounters } from './counters.js';
import { checkRedisDurability } from './durability.js';
import { PARTITION_COUNT_KEY } from './keys.js';
import { RedisLink } from './link.js';
import { RedisTurnStore, TURN_SCRIPTS } from './turn-store.js';
import { WakeUps } from './wake-ups.js';

export interface RedisHomeOptions {
  /** See redisOptions. */
  url: string;
  /** REDIS_MIN_REPLICAS: accept, commit, settle, noteResend and acquire count only after so many replicas have them. */
  minReplicas: number;
  /** REDIS_MAY_LOSE_MESSAGES=yes. */
  allowLossy: boolean;
  /** Fixed when a deployment is created. */
  partitions: number;
  clock: Clock;
  log: Log;
  /** How long the start waits for Redis to be there. */
  connectWithinMs?: number;
}

export interface RedisHome {
  readonly turns: RedisTurnStore;
  readonly counters: RedisCounters;
  close(): void;
}

/**
 * Throws CodedError `redis.url`, the codes of checkRedisDurability, or `redis.partitions` when the deployment was created
 * with another number; StorageUnavailable `redis.down` when nobody answers.
 */
export async function openRedis(options: RedisHomeOptions): Promise<RedisHome> {
  const { minReplicas, partitions, clock, log } = options;
  const connections = ['writes', 'reads', 'wake-ups'].map((use) => connect(options.url, use, log));
  const [writing, reading, waking] = connections as [Redis, Redis, Redis];
  const close = () => {
    for (const connection of connections) connection.disconnect();
  };
  try {
    await Promise.all(connections.map((connection) => ready(connection, options.connectWithinMs ?? 10 * SECOND)));
    await checkRedisDurability(writing, options);
    await checkPartitions(writing, partitions);
  } catch (error) {
    close();
    throw error;
  }
  const scripts = [...TURN_SCRIPTS, ...COUNTER_SCRIPTS];
  const writes = new RedisLink(writing, { scripts, minReplicas });
  const reads = new RedisLink(reading, { scripts, minReplicas: 0 });
  const wakeUps = new WakeUps(waking);
  return {
    turns: new RedisTurnStore({ writes, reads, wakeUps, partitions, clock }),
    counters: new RedisCounters(reads),
    close() {
      wakeUps.close();
      close();
    },
  };
}

function connect(url: string, use: string, log: Log): Redis {
  const redis = new Redis(redisOptions(url, `mot-cua-${use}`));
  let complained = false;
  redis.on('error', (error: Error) => {
    // Once per outage: reconnecting goes on by itself.
    if (!complained) log.warn({ action: 'redis.connection-lost', reason: use, error });
    complained = true;
  });
  redis.on('ready', () => {
    if (complained) log.info({ action: 'redis.connected-again', reason: use });
    complained = false;
  });
  return redis;
}

async function ready(redis: Redis, withinMs: number): Promise<void> {
  const waited = new AbortController();
  const found = new Promise<true>((resolve) => {
    if (redis.status === 'ready') resolve(true);
    else redis.once('ready', () => resolve(true));
  });
  const there = await Promise.race([found, sleep(withinMs, waited.signal)]);
  waited.abort();
  if (there !== true) throw new StorageUnavailable('redis.down');
}

/** Lanes belong to partitions by number for ever: another number would look for them in the wrong place. */
async function checkPartitions(redis: Redis, partitions: number): Promise<void> {
  await redis.set(PARTITION_COUNT_KEY, partitions, 'NX');
  const stored = await redis.get(PARTITION_COUNT_KEY);
  if (stored !== String(partitions)) {
    throw new CodedError(
      'redis.partitions',
      `this Redis holds a deployment with ${stored} partitions, not ${partitions}`,
    );
  }
}
