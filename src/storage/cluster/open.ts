// Opens the cluster home: Redis for what moves (lanes, leases, counters), MongoDB for what is kept. Nothing is ever written to
// both in one step: effects reach MongoDB from Redis's outbox, and repeating one is harmless.
import type { Clock } from '../../lib/clock.js';
import { type Log, silentLog } from '../../lib/log.js';
import type { Sealer } from '../../lib/sealing.js';
import type { DocumentKind } from '../../records/documents.js';
import type { Home } from '../home.js';
import { openMongo } from './mongo/open.js';
import { openRedis } from './redis/open.js';

/** Fixed when a deployment is created; openRedis refuses another number. */
const PARTITIONS = 16;

export interface ClusterOptions {
  redisUrl: string;
  /** REDIS_MIN_REPLICAS. */
  minReplicas: number;
  /** REDIS_MAY_LOSE_MESSAGES=yes; false unless told. */
  mayLoseMessages?: boolean;
  mongoUri: string;
  sealer: Sealer;
  clock: Clock;
  /** Names this process in leases. */
  owner: string;
  partitions?: number;
  /** DOCUMENT_KINDS unless told. */
  kinds?: readonly DocumentKind[];
  log?: Log;
}

/** See openRedis and connectMongo for what it throws; what was opened is closed then. */
export async function openCluster(options: ClusterOptions): Promise<Home> {
  const { mongoUri, sealer, clock, owner, partitions = PARTITIONS, log = silentLog } = options;
  const kinds = options.kinds === undefined ? {} : { kinds: options.kinds };
  const redis = await openRedis({
    url: options.redisUrl,
    minReplicas: options.minReplicas,
    allowLossy: options.mayLoseMessages ?? false,
    partitions,
    clock,
    sealer,
    log,
  });
  try {
    const mongo = await openMongo({ uri: mongoUri, sealer, leases: redis.turns, owner, clock, log, ...kinds });
    return {
      name: 'cluster',
      partitions,
      turns: redis.turns,
      records: mongo.records,
      documents: mongo.documents,
      counters: redis.counters,
      sessions: redis.sessions,
      blobs: mongo.blobs,
      tokens: mongo.tokens,
      async ping() {
        await Promise.all([redis.turns.ping(), mongo.ping()]);
      },
      async close() {
        await mongo.close();
        redis.close();
      },
    };
  } catch (error) {
    redis.close();
    throw error;
  }
}
