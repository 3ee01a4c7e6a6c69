// Looking at what the cluster home keeps, beside bots that run or without one: nothing is written and no lease is taken.
import { SECOND } from '../../lib/clock.js';
import { CodedError } from '../../lib/errors.js';
import { silentLog } from '../../lib/log.js';
import type { Sealer } from '../../lib/sealing.js';
import { Codec } from '../../turns/codec.js';
import { partitionOf } from '../../turns/partitions.js';
import { openMongo } from '../cluster/mongo/open.js';
import { connect, ready } from '../cluster/redis/connection.js';
import { PARTITION_COUNT_KEY, partitionKeys } from '../cluster/redis/keys.js';
import { RedisLink } from '../cluster/redis/link.js';
import { unpackState } from '../cluster/redis/packed.js';
import { bytesOf, numberOf } from '../cluster/redis/reply.js';
import type { Reading } from './home-backup.js';
import { UNUSED } from './mongo-copy.js';

const CONNECT_WITHIN_MS = 10 * SECOND;
const ANSWER_WITHIN_MS = 60 * SECOND;

/** Throws CodedError `backup.nothing` when no bot was ever here. */
export async function readServers(place: { redisUrl: string; mongoUri: string }, sealer: Sealer): Promise<Reading> {
  const connection = connect(place.redisUrl, 'reading', silentLog);
  try {
    await ready(connection.redis, CONNECT_WITHIN_MS);
    const link = new RedisLink(connection.redis, { scripts: [], minReplicas: 0, roundTripMs: ANSWER_WITHIN_MS });
    const partitions = numberOf(await link.command('GET', PARTITION_COUNT_KEY));
    if (!(partitions > 0)) throw new CodedError('backup.nothing', 'this Redis holds no data of a bot');
    const mongo = await openMongo({ uri: place.mongoUri, answerWithinMs: ANSWER_WITHIN_MS, ...UNUSED, sealer });
    const codec = new Codec(sealer);
    return {
      documents: mongo.documents,
      async state(lane) {
        const reply = await link.command('GET', partitionKeys(partitionOf(lane, partitions)).state(lane));
        return reply === null ? undefined : codec.openState(lane, unpackState(bytesOf(reply)));
      },
      async close() {
        connection.close();
        await mongo.close();
      },
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}
