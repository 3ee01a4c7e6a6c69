// Back-up and restore of the cluster home. Redis is copied at one moment, MongoDB after it: effects that left the outbox are
// in MongoDB by then, and those that did not are repeated harmlessly (docs/decisions/0301-back-up-redis-first.md).
import type { Connection } from 'mongoose';
import { SECOND } from '../../lib/clock.js';
import { CodedError } from '../../lib/errors.js';
import { silentLog } from '../../lib/log.js';
import type { Sealer } from '../../lib/sealing.js';
import { RECORDS_VERSION } from '../cluster/mongo/migrations.js';
import { openMongo } from '../cluster/mongo/open.js';
import { connect, ready } from '../cluster/redis/connection.js';
import { RedisLink } from '../cluster/redis/link.js';
import type { Entry, Header } from './archive.js';
import type { Dump, HomeBackup, Overdue, Progress, Reading, Resealed, Restoring } from './home-backup.js';
import { documentHeadOf, emptyCollections, holdsRecords, MongoCopy, putDocuments, UNUSED } from './mongo-copy.js';
import { readServers } from './reading-cluster.js';
import { COPY_SCRIPTS, RedisCopy } from './redis-copy.js';
import {
  beginRestore,
  finishRestore,
  holdsConversations,
  putBack,
  RESTORE_SCRIPTS,
  redisHeadOf,
  refuseBots,
} from './redis-restore.js';
import { RESEAL_SCRIPTS, resealMongo, resealRedis } from './reseal-cluster.js';
import { ResealCount, Resealing } from './resealing.js';
import { deleteOverdueDocuments, overdueDocuments } from './retention-cluster.js';

const SCRIPTS = [...COPY_SCRIPTS, ...RESTORE_SCRIPTS, ...RESEAL_SCRIPTS];
const CONNECT_WITHIN_MS = 10 * SECOND;
/** Nobody waits for an answer to a webhook here. */
const ANSWER_WITHIN_MS = 60 * SECOND;
/** Entries are written together up to one of these. */
const SLICE = 500;
const SLICE_BYTES = 4 * 1024 * 1024;

/** As in the settings. */
export interface ClusterPlace {
  redisUrl: string;
  minReplicas: number;
  mongoUri: string;
}

interface Servers {
  link: RedisLink;
  mongo: Connection;
  close(): Promise<void>;
}

export class ClusterBackup implements HomeBackup {
  readonly name = 'cluster';

  constructor(private readonly place: ClusterPlace) {}

  async dump(_workFolder: string, progress: Progress): Promise<Dump> {
    const { link, mongo, close } = await open(this.place);
    try {
      const records = await MongoCopy.begin(mongo);
      const lanes = await RedisCopy.begin(link);
      return {
        facts: { home: 'cluster', dataVersion: RECORDS_VERSION, partitions: lanes.partitionCount },
        entries: inTurn(lanes.entries(progress), records.entries(progress)),
        async close() {
          // Copies that cannot be given up go by themselves.
          await lanes.close().catch(() => undefined);
          await close();
        },
      };
    } catch (error) {
      await close();
      throw error;
    }
  }

  check(header: Header, { head }: Entry): void {
    if (header.dataVersion > RECORDS_VERSION)
      throw new CodedError('backup.newer', 'the back-up holds records of a newer version of this program');
    if (header.partitions === undefined || (redisHeadOf(head) === undefined && documentHeadOf(head) === undefined))
      throw new CodedError('backup.unknown-entry', 'the back-up holds something that this program does not know');
  }

  async beginRestore(): Promise<Restoring> {
    const servers = await open(this.place);
    try {
      await refuseBots(servers.link);
    } catch (error) {
      await servers.close();
      throw error;
    }
    return new ClusterRestoring(servers);
  }

  /** Bots may be at work: each value is replaced only while it is the one that was read. */
  async reseal(sealer: Sealer, progress: Progress): Promise<Resealed> {
    const { link, mongo, close } = await open(this.place);
    const count = new ResealCount();
    try {
      // What leaves Redis meanwhile is in MongoDB when that is looked at.
      await resealRedis(link, new Resealing(sealer), count, progress);
      await resealMongo(mongo, new Resealing(sealer), count, progress);
    } finally {
      await close();
    }
    return count;
  }

  async overdue(now: number, remove: boolean): Promise<Overdue> {
    const { mongo, close } = await open(this.place);
    try {
      return await (remove ? deleteOverdueDocuments(mongo, now) : overdueDocuments(mongo, now));
    } finally {
      await close();
    }
  }

  read(sealer: Sealer): Promise<Reading> {
    return readServers(this.place, sealer);
  }
}

class ClusterRestoring implements Restoring {
  constructor(private readonly servers: Servers) {}

  async occupied(): Promise<string | undefined> {
    if (await holdsConversations(this.servers.link)) return 'this Redis holds conversations';
    return (await holdsRecords(this.servers.mongo)) ? 'this MongoDB holds records' : undefined;
  }

  /** From the first write to the last one no bot starts on this Redis: broken off, it wants a restore. */
  async replaceAll(header: Header, entries: AsyncIterable<Entry>, progress: Progress): Promise<void> {
    const { link, mongo } = this.servers;
    await beginRestore(link);
    await emptyCollections(mongo);
    let count = 0;
    for await (const slice of slices(entries)) {
      await putSlice(this.servers, slice);
      count += slice.length;
      progress(`${count} entries`);
    }
    await finishRestore(link, header.partitions ?? 0);
  }

  close(): Promise<void> {
    return this.servers.close();
  }
}

async function open({ redisUrl, minReplicas, mongoUri }: ClusterPlace): Promise<Servers> {
  const connection = connect(redisUrl, 'backup', silentLog);
  try {
    await ready(connection.redis, CONNECT_WITHIN_MS);
    const link = new RedisLink(connection.redis, { scripts: SCRIPTS, minReplicas, roundTripMs: ANSWER_WITHIN_MS });
    const half = await openMongo({ uri: mongoUri, answerWithinMs: ANSWER_WITHIN_MS, ...UNUSED });
    return {
      link,
      mongo: half.connection,
      async close() {
        connection.close();
        await half.close();
      },
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function* inTurn<T>(...all: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  for (const one of all) yield* one;
}

async function* slices(entries: AsyncIterable<Entry>): AsyncGenerator<Entry[]> {
  let slice: Entry[] = [];
  let size = 0;
  for await (const entry of entries) {
    slice.push(entry);
    size += entry.body.length;
    if (slice.length < SLICE && size < SLICE_BYTES) continue;
    yield slice;
    slice = [];
    size = 0;
  }
  if (slice.length > 0) yield slice;
}

async function putSlice({ link, mongo }: Servers, slice: readonly Entry[]): Promise<void> {
  const documents = new Map<string, Buffer[]>();
  const puts: Promise<void>[] = [];
  for (const { head, body } of slice) {
    const ofRedis = redisHeadOf(head);
    if (ofRedis !== undefined) {
      puts.push(putBack(link, ofRedis, body));
      continue;
    }
    const collection = documentHeadOf(head)?.collection ?? '';
    const bodies = documents.get(collection);
    if (bodies === undefined) documents.set(collection, [body]);
    else bodies.push(body);
  }
  for (const [collection, bodies] of documents) puts.push(putDocuments(mongo, collection, bodies));
  await Promise.all(puts);
}
