// The MongoDB half of the cluster home runs the contract of records, and shows what is its own: migrations, indexes behind
// every query, sealing. Blobs, outages and repeated writes have files of their own.
import { randomBytes } from 'node:crypto';
import { mongo } from 'mongoose';
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import type { LaneId } from '../../src/lib/ids.js';
import { Sealer } from '../../src/lib/sealing.js';
import { putDocument, removeDocument } from '../../src/records/documents.js';
import type { Procedure } from '../../src/records/procedure.js';
import { connectMongo } from '../../src/storage/cluster/mongo/connection.js';
import { RECORDS_VERSION } from '../../src/storage/cluster/mongo/migrations.js';
import type { MongoHalf } from '../../src/storage/cluster/mongo/open.js';
import { documentsContract, NOTE, TEST_KINDS } from './documents-contract.js';
import { dropDatabases, freshDatabase, memoryLeases, openHalf, withDatabase } from './mongo-server.js';
import { storedRecordsContract } from './records-contract.js';

const key = randomBytes(32);
const open: MongoHalf[] = [];
let server: TestMongo;

beforeAll(async () => {
  server = await startMongo();
}, 120_000);

afterAll(async () => {
  for (const half of open) await half.close();
  await dropDatabases();
  await server.stop();
});

async function half(uri = freshDatabase(server.uri), more: Parameters<typeof openHalf>[1] = {}): Promise<MongoHalf> {
  const opened = await openHalf(uri, { sealer: new Sealer([key]), ...more });
  open.push(opened);
  return opened;
}

describe('the records in MongoDB', () => {
  storedRecordsContract(() => half());
});

describe('the documents in MongoDB', () => {
  documentsContract(() => half(freshDatabase(server.uri), { kinds: TEST_KINDS }));
});

describe('queries', () => {
  it('are all answered from an index', async () => {
    const uri = freshDatabase(server.uri);
    const commands: mongo.Document[] = [];
    const watched = `${uri}${uri.includes('?') ? '&' : '?'}monitorCommands=true`;
    const { records, documents, blobs, tokens, connection } = await half(watched, { kinds: TEST_KINDS });
    connection.getClient().on('commandStarted', ({ command }) => commands.push(command));
    const lane = 'zalo:1:explain' as LaneId;
    const letter = { id: 'event:1', lane, source: 'event', reason: 'x', at: 1, payload: '' } as const;
    await records.apply([
      { id: 'a', lane, laneSeq: 1, change: { type: 'contact', set: { following: true } } },
      { id: 'b', lane, laneSeq: 2, change: { type: 'contact-forget' } },
      { id: 'c', lane, laneSeq: 3, change: { type: 'dead-letter', letter } },
      { id: 'd', lane, laneSeq: 4, change: { type: 'dead-letter-status', id: 'event:1', status: 'dropped' } },
    ]);
    await records.apply([
      { id: 'e', lane, laneSeq: 5, change: putDocument(NOTE, 'one', { state: 'open', at: 1, text: '' }) },
      { id: 'f', lane, laneSeq: 6, change: removeDocument(NOTE, 'one') },
    ]);
    await documents.get(NOTE, 'one');
    for (const order of ['up', 'down'] as const)
      await documents.find(NOTE, { index: 'state', under: ['open'], from: 1, order, limit: 5 });
    await records.contact(lane);
    await records.deadLetter('event:1');
    await records.deadLetters({ limit: 2 });
    const after = Buffer.from('0000000000000001:event:0').toString('base64url');
    expect((await records.deadLetters({ after, limit: 2 })).letters).toHaveLength(1);
    await records.deadLetters({ status: 'open', after, limit: 2 });
    await records.changeProcedures({ items: [procedure('1.000001')], removed: ['1.000002'], sync: { cursor: 'x' } });
    await records.procedures();
    await records.syncState();
    const about = { lane, mimeType: 'image/png', createdAt: 1 };
    await blobs.put({ id: 'one', ...about }, randomBytes(300_000));
    await blobs.put({ id: 'one', ...about }, randomBytes(300_000));
    await blobs.get('one');
    await blobs.delete('one');
    await blobs.deleteLane(lane);
    const pair = { accessToken: 'a', refreshToken: 'r', expiresAt: 1 };
    for (const version of [0, 1]) await tokens.save('zalo:1', pair, version);
    await tokens.load('zalo:1');

    const queries = commands.flatMap(explainable);
    expect(queries.length).toBeGreaterThanOrEqual(20);
    for (const query of queries) {
      const plan = await connection.db?.command({ explain: query, verbosity: 'queryPlanner' });
      expect({ query, plan: JSON.stringify(plan?.queryPlanner) }).toEqual({
        query,
        plan: expect.stringMatching(/"winningPlan".*(IXSCAN|IDHACK|EXPRESS)/),
      });
      expect(JSON.stringify(plan)).not.toContain('COLLSCAN');
    }
    for (const { find, maxTimeMS } of queries) if (find !== undefined) expect(maxTimeMS).toBeGreaterThan(0);
  });
});

/** One command for each query that a command of the driver asks. */
function explainable(command: mongo.Document): mongo.Document[] {
  const { find, update, delete: remove } = command;
  if (find !== undefined) return [strip(command)];
  if (update !== undefined) return command.updates.map((one: mongo.Document) => ({ update, updates: [one] }));
  if (remove !== undefined) return command.deletes.map((one: mongo.Document) => ({ delete: remove, deletes: [one] }));
  return [];
}

function strip({ lsid: _session, $db: _database, $clusterTime: _time, ...command }: mongo.Document): mongo.Document {
  return command;
}

describe('the start', () => {
  it('makes the indexes once, and again when they were not noted', async () => {
    const uri = freshDatabase(server.uri);
    await Promise.all([half(uri), half(uri)]);
    const indexes = await withDatabase(uri, async ({ db }) => {
      await db?.collection('migrations').deleteMany({});
      await half(uri);
      expect(await db?.collection('migrations').countDocuments()).toBe(RECORDS_VERSION);
      const misread = await db?.collection('not_understood').indexes();
      expect(misread?.find(({ name }) => name === 'keep_until')?.expireAfterSeconds).toBe(0);
      return db?.collection('dead_letters').indexes();
    });
    expect(indexes?.map(({ name }) => name).sort()).toEqual(['_id_', 'key', 'lane', 'status_key']);
    expect(indexes?.find(({ name }) => name === 'key')?.unique).toBe(true);
  });

  it('refuses data that a newer version wrote', async () => {
    const uri = freshDatabase(server.uri);
    await half(uri);
    await withDatabase(uri, async ({ db }) => {
      await db?.collection<{ _id: number }>('migrations').insertOne({ _id: 999 });
    });
    await expect(half(uri)).rejects.toMatchObject({ name: 'CodedError', code: 'storage.newer-data' });
  });

  it('says that no server answers', async () => {
    const nobody = 'mongodb://127.0.0.1:9/?directConnection=true';
    await expect(connectMongo({ uri: nobody, answerWithinMs: 200 })).rejects.toMatchObject({
      name: 'StorageUnavailable',
      code: 'mongo.unreachable',
    });
  });
});

describe('records', () => {
  it('that do not fit their schema fail with a code before anything of their batch is written', async () => {
    const { records } = await half();
    const lane = 'zalo:1:unfit' as LaneId;
    const unfit = { noticeVersion: { deep: 1 } } as unknown as { noticeVersion: string };
    const batch = [
      { id: 'a', lane, laneSeq: 1, change: { type: 'contact', set: { following: true } } },
      { id: 'b', lane, laneSeq: 2, change: { type: 'contact', set: unfit } },
    ] as const;
    await expect(records.apply(batch)).rejects.toMatchObject({ name: 'CodedError', code: 'records.invalid' });
    expect(await records.contact(lane)).toBeUndefined();
  });

  it('keep texts that look like operators of MongoDB', async () => {
    const { records } = await half();
    const lane = '$zalo:1:$ne' as LaneId;
    await records.apply([{ id: 'a', lane, laneSeq: 1, change: { type: 'contact', set: { noticeVersion: '$$ROOT' } } }]);
    expect(await records.contact(lane)).toEqual({ lane, noticeVersion: '$$ROOT' });
  });

  it('of the catalogue keep every field of a procedure', async () => {
    const { records } = await half();
    const full: Procedure = {
      ...procedure('1.001193'),
      executingAgency: '',
      methods: [{ channel: 'online', timeText: '5 ngày', feeText: '', note: 'n' }, { channel: 'post' }],
      cases: [{ name: 'c', documents: [{ name: 'd', originals: 0, copies: 1, formUrl: 'u' }] }, { documents: [] }],
      steps: 's',
      conditions: 'c',
      results: ['r'],
      legalBasis: ['l'],
      url: 'u',
    };
    await records.changeProcedures({ items: [full], removed: [], sync: { updatedSince: 'now', finishedAt: 1 } });
    expect(await records.procedures()).toEqual({ items: [full], sync: { updatedSince: 'now', finishedAt: 1 } });
  });

  it('of the catalogue come again when a crash lost the position', async () => {
    const uri = freshDatabase(server.uri);
    const { records } = await half(uri);
    const change = { items: [procedure('1.000001')], removed: ['1.000009'], sync: { cursor: 'after' } };
    await records.changeProcedures({ items: [procedure('1.000009')], removed: [], sync: { cursor: 'before' } });
    await records.changeProcedures(change);
    await withDatabase(uri, async ({ db }) => {
      await db?.collection('positions').updateOne({}, { $set: { cursor: 'before' } });
    });
    expect((await records.procedures()).sync).toEqual({ cursor: 'before' });
    await records.changeProcedures(change);
    expect(await records.procedures()).toEqual({ items: change.items, sync: change.sync });
  });
});

describe('pages of dead letters', () => {
  it('show every letter once, also while others come in', async () => {
    const { records } = await half();
    const lane = 'zalo:1:pages' as LaneId;
    const add = (id: string, at: number) =>
      records.apply([
        {
          id,
          lane,
          laneSeq: at,
          change: { type: 'dead-letter', letter: { id, lane, source: 'reply', reason: 'x', at, payload: '' } },
        },
      ]);
    for (const [id, at] of [
      ['a', 20],
      ['b', 3],
      ['c', 100],
      ['d', 3],
    ] as const)
      await add(id, at);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await records.deadLetters({ status: 'open', limit: 1, ...(after === undefined ? {} : { after }) });
      seen.push(...page.letters.map(({ id }) => id));
      after = page.next;
      if (seen.length === 2) await add('e', 50);
    } while (after !== undefined);
    expect(seen).toEqual(['b', 'd', 'a', 'e', 'c']);
  });
});

describe('what is stored', () => {
  it('shows no token and no byte of a blob', async () => {
    const uri = freshDatabase(server.uri);
    const { blobs, tokens } = await half(uri);
    await tokens.save('zalo:1', { accessToken: 'SECRET-ACCESS', refreshToken: 'SECRET-REFRESH', expiresAt: 1 }, 0);
    await blobs.put({ id: 'b', lane: 'l', mimeType: 'image/png', createdAt: 1 }, Buffer.from('SECRET-PICTURE'));
    const everything = await withDatabase(uri, async ({ db }) => {
      const documents: Buffer[] = [];
      for (const { collectionName } of (await db?.collections()) ?? [])
        for (const found of (await db?.collection(collectionName).find({}).toArray()) ?? [])
          documents.push(Buffer.from(mongo.BSON.serialize(found)));
      return documents;
    });
    expect(everything.length).toBeGreaterThanOrEqual(3);
    expect(Buffer.concat(everything).includes('SECRET-')).toBe(false);
  });
});

describe('the lease of a token refresh', () => {
  it('is renewed while the work takes long, and given up when it throws', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
    try {
      const leases = memoryLeases();
      const renew = jest.spyOn(leases, 'renew');
      const { tokens } = await half(undefined, { leases });
      await expect(
        tokens.exclusively('zalo:1', async () => {
          expect(await tokens.exclusively('zalo:1', async () => 'twice')).toBeUndefined();
          await jest.advanceTimersByTimeAsync(20_000);
          throw new Error('refused');
        }),
      ).rejects.toThrow('refused');
      expect(renew.mock.calls.length).toBeGreaterThanOrEqual(3);
      expect(await tokens.exclusively('zalo:1', async () => 'again')).toBe('again');
    } finally {
      jest.useRealTimers();
    }
  });
});

function procedure(code: string): Procedure {
  return {
    code,
    name: 'a',
    field: 'Hộ tịch',
    levels: ['commune'],
    onlineLevel: 'full',
    methods: [],
    cases: [],
    results: [],
    legalBasis: [],
    updatedAt: '2026-01-01T00:00:00Z',
  };
}
