// Opens the Redis half of the cluster home: three connections, the check at the start, and what is built upon them.
import type { Redis } from 'ioredis';
import { type Clock, SECOND } from '../../../lib/clock.js';
import { CodedError, StorageUnavailable } from '../../../lib/errors.js';
import type { Log } from '../../../lib/log.js';
import type { Sealer } from '../../../lib/sealing.js';
import { type Connection, connect, ready } from './connection.js';
import { COUNTER_SCRIPTS, RedisCounters } from './counters.js';
import { checkRedisDurability } from './durability.js';
import { failureOf } from './failure.js';
import { PARTITION_COUNT_KEY, RESTORING } from './keys.js';
import { RedisLink } from './link.js';
import { RedisStaffSessions, SESSION_SCRIPTS } from './staff-sessions.js';
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
  sealer: Sealer;
  log: Log;
  /** How long the start waits for Redis to be there. */
  connectWithinMs?: number;
}

/** Names of a bot's connections, after `mot-cua-`. */
export const BOT_CONNECTIONS = ['writes', 'reads', 'wake-ups'] as const;

export interface RedisHome {
  readonly turns: RedisTurnStore;
  readonly counters: RedisCounters;
  readonly sessions: RedisStaffSessions;
  close(): void;
}

/**
 * Throws CodedError `redis.url`, the codes of checkRedisDurability, or `redis.partitions` when the deployment was created
 * with another number, `redis.restoring` while a back-up is put into it; StorageUnavailable `redis.down` when nobody answers.
 */
export async function openRedis(options: RedisHomeOptions): Promise<RedisHome> {
  const { minReplicas, partitions, clock, sealer, log } = options;
  const connections: Connection[] = BOT_CONNECTIONS.map((use) => connect(options.url, use, log));
  const [writing, reading, waking] = connections.map(({ redis }) => redis) as [Redis, Redis, Redis];
  const close = () => {
    for (const connection of connections) connection.close();
  };
  try {
    await Promise.all(connections.map(({ redis }) => ready(redis, options.connectWithinMs ?? 10 * SECOND)));
    await checkRedisDurability(writing, options);
    await checkPartitions(writing, partitions);
  } catch (error) {
    close();
    throw error instanceof CodedError || error instanceof StorageUnavailable ? error : failureOf(error);
  }
  const scripts = [...TURN_SCRIPTS, ...COUNTER_SCRIPTS, ...SESSION_SCRIPTS];
  const writes = new RedisLink(writing, { scripts, minReplicas });
  const reads = new RedisLink(reading, { scripts, minReplicas: 0 });
  const wakeUps = new WakeUps(waking);
  const turns = new RedisTurnStore({ writes, reads, wakeUps, partitions, clock });
  return {
    turns,
    counters: new RedisCounters(reads),
    sessions: new RedisStaffSessions(sealer, writes, reads),
    close() {
      turns.close();
      wakeUps.close();
      close();
    },
  };
}

/** Lanes belong to partitions by number for ever: another number would look for them in the wrong place. */
async function checkPartitions(redis: Redis, partitions: number): Promise<void> {
  await redis.set(PARTITION_COUNT_KEY, partitions, 'NX');
  const stored = await redis.get(PARTITION_COUNT_KEY);
  if (stored === RESTORING) {
    throw new CodedError(
      'redis.restoring',
      'a restore is under way in this Redis, or was broken off: wait for it, or run npm run restore again',
    );
  }
  if (stored !== String(partitions)) {
    throw new CodedError(
      'redis.partitions',
      `this Redis holds a deployment with ${stored} partitions, not ${partitions}`,
    );
  }
}
