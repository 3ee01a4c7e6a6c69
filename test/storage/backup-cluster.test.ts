// Back-up, restore and change of the key on the cluster home, as the programs do it, on real servers.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Connection } from 'mongoose';
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { runCommand } from '../../src/backup.js';
import { HOUR } from '../../src/lib/clock.js';
import { eventId, type LaneId } from '../../src/lib/ids.js';
import { Sealer } from '../../src/lib/sealing.js';
import { openCluster } from '../../src/storage/cluster/open.js';
import { PARTITION_COUNT_KEY, partitionKeys, RESTORING } from '../../src/storage/cluster/redis/keys.js';
import type { Home } from '../../src/storage/home.js';
import { Codec } from '../../src/turns/codec.js';
import { partitionOf } from '../../src/turns/partitions.js';
import { goOn, LANES, Town } from './counting-town.js';
import { dropDatabases, freshDatabase, withDatabase } from './mongo-server.js';
import { describeWithRedis, RedisServer } from './redis-server.js';
import { newSession } from './sessions-contract.js';
import { removeTemporaryFolders, temporaryFolder } from './temporary.js';
import { until } from './until.js';

jest.setTimeout(90_000);

const key = randomBytes(32);
const sealer = new Sealer([key]);
const PROGRAM = resolve(__dirname, '../../dist/src/backup.js');
const PARTITIONS = 16;

interface Place {
  redisUrl: string;
  mongoUri: string;
}

describeWithRedis('on the cluster home', () => {
  let redis: RedisServer;
  let mongo: TestMongo;
  let databases = 0;
  let owners = 0;

  beforeAll(async () => {
    [redis, mongo] = await Promise.all([RedisServer.start({ databases: '64' }), startMongo()]);
  }, 120_000);

  afterAll(async () => {
    await dropDatabases();
    await Promise.all([redis.kill(), mongo.stop()]);
    removeTemporaryFolders();
  });

  function newPlace(): Place {
    databases += 1;
    return { redisUrl: `${redis.url}/${databases}`, mongoUri: freshDatabase(mongo.uri) };
  }

  function open(place: Place, keys: readonly Buffer[] = [key]): Promise<Home> {
    owners += 1;
    const own = { sealer: new Sealer(keys), clock: Date.now, owner: `test-${owners}` };
    return openCluster({ ...place, minReplicas: 0, ...own });
  }

  function settings({ redisUrl, mongoUri }: Place, keys: readonly Buffer[] = [key]): Record<string, string> {
    const dataKey = keys.map((one) => one.toString('base64')).join(',');
    return { REDIS_URL: redisUrl, MONGODB_URI: mongoUri, DATA_KEY: dataKey, DATA_DIR: temporaryFolder() };
  }

  async function command(name: 'backup' | 'restore' | 'rekey', args: readonly string[], env: Record<string, string>) {
    const said: string[] = [];
    const signal = new AbortController().signal;
    const code = await runCommand(name, args, { env, say: (line) => said.push(line), signal });
    return { code, said: said.join('\n') };
  }

  /** A process of its own, as an operator starts it. */
  function program(
    args: readonly string[],
    env: Record<string, string>,
  ): Promise<{ code: number | null; said: string }> {
    const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    return new Promise((done) => child.once('close', (code) => done({ code, said })));
  }

  const file = (): string => join(temporaryFolder(), 'copy');

  async function withRedis<T>(
    place: Place,
    work: (client: ReturnType<RedisServer['client']>) => Promise<T>,
  ): Promise<T> {
    const client = redis.client(Number(place.redisUrl.split('/').at(-1)));
    try {
      return await work(client);
    } finally {
      client.disconnect();
    }
  }

  const LANE = 'zalo:1:someone' as LaneId;
  const PARTITION = partitionOf(LANE, PARTITIONS);
  const PICTURE = { id: 'picture', lane: LANE, mimeType: 'image/png', createdAt: 1 };
  const pictureBytes = randomBytes(700_000);

  const letter = (id: string, payload: Buffer) =>
    ({
      type: 'dead-letter',
      letter: { id, lane: LANE, source: 'event', reason: 'x', at: 1, payload: payload.toString('base64') },
    }) as const;

  /** Something of everything that is sealed; the event named `pending` stays. */
  async function fill(place: Place, secret = key): Promise<void> {
    const home = await open(place, [secret]);
    const codec = new Codec(new Sealer([secret]));
    const event = (name: string) => ({
      id: eventId(name),
      lane: LANE,
      partition: PARTITION,
      payload: codec.sealEvent(eventId(name), { at: 1, body: { kind: 'leave' } }),
      acceptedAt: Date.now(),
      keepIdUntil: Date.now() + HOUR,
    });
    const lease = await home.turns.acquire(`partition:${PARTITION}`, 'filling', HOUR);
    if (lease === undefined) throw new Error('the lease is taken');
    await home.turns.accept([event('first'), event('pending')]);
    const positions: string[] = [];
    const feed = home.turns.follow(lease, PARTITION, (events) => {
      positions.push(...events.map(({ position }) => position));
    });
    await until(() => positions.length === 2);
    feed.stop();
    const inner = letter('event:inside', codec.sealEvent(eventId('inside'), { at: 1, body: { kind: 'leave' } }));
    const own = { lane: LANE, partition: PARTITION, laneSeq: 1, createdAt: 1, resends: 0 };
    await home.turns.commit(lease, {
      event: { ...event('first'), position: positions[0] ?? '', throws: 0, deaths: 0 },
      state: { payload: codec.sealState(LANE, '{"data":{"count":7}}'), mode: 'bot', expiresAt: Date.now() + HOUR },
      outbox: [{ ...own, id: 'item', kind: 'record', payload: codec.sealItem('item', inner) }],
      timers: [
        { type: 'set', name: 'later', generation: 1, dueAt: 5, payload: codec.sealTimer(LANE, 'later', 'soon') },
      ],
    });
    await home.turns.release(lease);
    await home.records.apply([
      { id: 'a', lane: LANE, laneSeq: 1, change: letter('event:dead', event('dead').payload) },
      {
        id: 'b',
        lane: LANE,
        laneSeq: 2,
        change: letter('webhook:zalo:1', codec.sealRaw('webhook:zalo:1', Buffer.from('raw'))),
      },
    ]);
    await home.tokens.save('zalo:1', { accessToken: 'a', refreshToken: 'r', expiresAt: 1 }, 0);
    await home.blobs.put(PICTURE, pictureBytes);
    await home.close();
  }

  async function readAll(place: Place, keys: readonly Buffer[]): Promise<unknown> {
    const home = await open(place, keys);
    const codec = new Codec(new Sealer(keys));
    try {
      const lease = { name: `partition:${PARTITION}`, owner: 'nobody', epoch: 0, clean: true };
      const [item] = await home.turns.unsettled(lease, PARTITION);
      const change = codec.openRecord('item', item?.payload ?? Buffer.alloc(0));
      if (change.type !== 'dead-letter') throw new Error('not the item');
      const [timer] = await home.turns.dueTimers(PARTITION, 10, 1);
      const payloadOf = async (id: string) => (await home.records.deadLetter(id))?.payload ?? Buffer.alloc(0);
      return {
        inside: codec.openEvent(eventId('inside'), Buffer.from(change.letter.payload, 'base64')).body,
        state: codec.openState(LANE, (await home.turns.readState(LANE)) ?? Buffer.alloc(0)),
        timer: codec.openTimer(LANE, 'later', timer?.payload ?? Buffer.alloc(0)),
        dead: codec.openEvent(eventId('dead'), await payloadOf('event:dead')).body,
        raw: new Sealer(keys).open(await payloadOf('webhook:zalo:1'), 'raw:webhook:zalo:1').toString(),
        tokens: await home.tokens.load('zalo:1'),
        blob: (await home.blobs.get(PICTURE.id))?.bytes.equals(pictureBytes),
      };
    } finally {
      await home.close();
    }
  }

  const ALL = {
    inside: { kind: 'leave' },
    state: { data: { count: 7 } },
    timer: 'soon',
    dead: { kind: 'leave' },
    raw: 'raw',
    tokens: { tokens: { accessToken: 'a', refreshToken: 'r', expiresAt: 1 }, version: 1 },
    blob: true,
  };

  describe('a back-up taken while bots work', () => {
    it('is one of a single moment: a bot on it answers what was pending once each, and knows everything else', async () => {
      const place = newPlace();
      const old = await Town.open(await open(place), sealer, 'old');
      old.holdBack();
      await old.home.tokens.save('zalo:1', { accessToken: 'a', refreshToken: 'r', expiresAt: 1 }, 0);
      await old.home.blobs.put(PICTURE, pictureBytes);
      await old.home.counters.take('proofs', { limit: 1, windowMs: HOUR }, 'one');
      const chatter = old.chatter();
      await until(() => Math.min(...chatter.written) >= 40, 'the town to talk');
      const before = [...chatter.written];
      const copy = file();
      const backup = await program(['backup', copy], settings(place));
      expect(backup).toMatchObject({ code: 0, said: expect.stringContaining('DATA_KEY is NOT in it') });
      expect(Math.min(...chatter.written.map((written, index) => written - (before[index] ?? 0)))).toBeGreaterThan(0);
      const written = await chatter.stop();
      await old.close();
      // Nothing of the copy is left behind.
      expect(await withRedis(place, (client) => client.keys('*:copy:*'))).toEqual([]);

      const empty = newPlace();
      expect(await program(['restore', copy], settings(empty))).toMatchObject({ code: 0 });
      const restored = await Town.open(await open(empty), sealer, 'new');
      await goOn(restored, { town: old, written });
      const due = await Promise.all(
        Array.from({ length: PARTITIONS }, (_, partition) =>
          restored.home.turns.dueTimers(partition, Date.now() + 2 * HOUR, 100),
        ),
      );
      expect(due.flat()).toHaveLength(LANES.length);
      expect(await restored.home.tokens.load('zalo:1')).toMatchObject({ tokens: { refreshToken: 'r' }, version: 1 });
      expect((await restored.home.blobs.get(PICTURE.id))?.bytes.equals(pictureBytes)).toBe(true);
      const again = await restored.home.counters.take('proofs', { limit: 1, windowMs: HOUR }, 'two');
      expect(again).toMatchObject({ allowed: false });
      await restored.close();
    });

    it('lets everything expire at its own time', async () => {
      const place = newPlace();
      await fill(place);
      const home = await open(place);
      const idle = 'zalo:1:idle' as LaneId;
      const partition = partitionOf(idle, PARTITIONS);
      const keys = partitionKeys(partition);
      await withRedis(place, (client) => client.set(keys.state(idle), `b${Date.now() + HOUR}sealed`, 'PX', HOUR));
      await home.close();
      const copy = file();
      await command('backup', [copy], settings(place));
      const empty = newPlace();
      await command('restore', [copy], settings(empty));
      const lives = (from: Place) =>
        withRedis(from, async (client) => ({
          idle: await client.pttl(keys.state(idle)),
          busy: await client.pttl(partitionKeys(PARTITION).state(LANE)),
          id: await client.pttl(partitionKeys(PARTITION).acceptedId(eventId('first'))),
          waiting: await client.hgetall(partitionKeys(PARTITION).waiting),
        }));
      const [there, here] = [await lives(place), await lives(empty)];
      expect(here).toEqual({
        idle: expect.any(Number),
        busy: -1,
        id: expect.any(Number),
        waiting: { [LANE]: '3' },
      });
      expect(Math.abs(here.idle - there.idle)).toBeLessThan(10_000);
      expect(Math.abs(here.id - there.id)).toBeLessThan(10_000);
      expect(there.waiting).toEqual(here.waiting);
    });

    it('gives later positions to new events, also where none was pending', async () => {
      const place = newPlace();
      await fill(place);
      const { events } = partitionKeys(PARTITION);
      const last = await withRedis(place, async (client) => {
        await client.call('XSETID', events, '9999999999999-5');
        return client.call('XINFO', 'STREAM', events);
      });
      expect(JSON.stringify(last)).toContain('9999999999999-5');
      const copy = file();
      await command('backup', [copy], settings(place));
      const empty = newPlace();
      await command('restore', [copy], settings(empty));
      expect(await withRedis(empty, (client) => client.xadd(events, '*', 'x', 'y'))).toBe('9999999999999-6');
    });

    it('copies every collection there is', async () => {
      const place = newPlace();
      await fill(place);
      const home = await open(place);
      await home.records.changeProcedures({ items: [], removed: [], sync: { cursor: 'here' } });
      await home.records.apply([
        { id: 'c', lane: LANE, laneSeq: 9, change: { type: 'contact', set: { following: true } } },
      ]);
      await home.close();
      const copy = file();
      await command('backup', [copy], settings(place));
      const empty = newPlace();
      await command('restore', [copy], settings(empty));
      const contents = (uri: string) =>
        withDatabase(uri, async (connection: Connection) => {
          const names = ((await connection.db?.listCollections().toArray()) ?? []).map(({ name }) => name).sort();
          return Promise.all(
            names.map(async (name) => [name, await connection.collection(name).find({}).sort({ _id: 1 }).toArray()]),
          );
        });
      expect(await contents(empty.mongoUri)).toEqual(await contents(place.mongoUri));
    });

    it('leaves sessions of staff out, and a restore ends those that are there', async () => {
      const place = newPlace();
      await fill(place);
      const [first, second] = [newSession('officer'), newSession('officer')];
      const home = await open(place);
      await home.sessions.create(first);
      const copy = file();
      expect(await command('backup', [copy], settings(place))).toMatchObject({ code: 0 });
      await home.sessions.create(second);
      await home.close();
      expect(await command('restore', [copy, '--replace'], settings(place))).toMatchObject({ code: 0 });
      const restored = await open(place);
      expect(await restored.sessions.list('officer')).toEqual([]);
      await restored.close();
    });

    it('opens a letter again whose replay may not be in the copy of Redis', async () => {
      const place = newPlace();
      await fill(place);
      const home = await open(place);
      const status = (id: string) =>
        ({
          id: `${id}~replayed`,
          lane: LANE,
          laneSeq: 0,
          change: { type: 'dead-letter-status', id, status: 'replayed' },
        }) as const;
      await home.records.apply([status('webhook:zalo:1')]);
      const { MongoCopy } = await import('../../src/storage/backup/mongo-copy.js');
      const statuses: Record<string, unknown> = {};
      await withDatabase(place.mongoUri, async (connection) => {
        const copy = await MongoCopy.begin(connection);
        await home.records.apply([status('event:dead')]);
        const { mongo: driver } = await import('mongoose');
        for await (const { head, body } of copy.entries(() => undefined)) {
          if (head.collection !== 'dead_letters') continue;
          const { _id, status: now, applied } = driver.BSON.deserialize(body);
          statuses[String(_id)] = { now, applied };
        }
      });
      expect(statuses).toEqual({
        'event:dead': { now: 'open', applied: [] },
        'webhook:zalo:1': { now: 'replayed', applied: ['webhook:zalo:1~replayed'] },
      });
      await home.close();
    });

    it('refuses a second one at the same time, and an empty place', async () => {
      const place = newPlace();
      await fill(place);
      await withRedis(place, (client) => client.hset(partitionKeys(3).copy.states, '', 'somebody else'));
      expect(await command('backup', [file()], settings(place))).toMatchObject({
        code: 1,
        said: expect.stringContaining('[backup.under-way]'),
      });
      expect(await command('backup', [file()], settings(newPlace()))).toMatchObject({
        code: 1,
        said: expect.stringContaining('[backup.nothing]'),
      });
    });
  });

  describe('the restore program', () => {
    it('refuses conversations and records that are there unless told to replace them', async () => {
      const place = newPlace();
      await fill(place);
      const copy = file();
      await command('backup', [copy], settings(place));

      const other = newPlace();
      const home = await open(other);
      await home.tokens.save('zalo:2', { accessToken: 'a', refreshToken: 'theirs', expiresAt: 1 }, 0);
      await home.counters.take('theirs', { limit: 1, windowMs: HOUR }, 'one');
      await home.close();
      const refused = await command('restore', [copy], settings(other));
      expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('add --replace') });
      expect(await withRedis(other, (client) => client.get(PARTITION_COUNT_KEY))).toBe('16');
      expect(await command('restore', [copy, '--replace'], settings(other))).toMatchObject({ code: 0 });
      expect(await readAll(other, [key])).toEqual(ALL);
      const after = await open(other);
      expect(await after.tokens.load('zalo:2')).toBeUndefined();
      expect(await after.counters.peek('theirs', { limit: 1, windowMs: HOUR })).toMatchObject({ allowed: true });
      await after.close();
    });

    it('refuses while a bot is connected, and while one holds a lease', async () => {
      const place = newPlace();
      await fill(place);
      const copy = file();
      await command('backup', [copy], settings(place));
      const other = newPlace();
      const home = await open(other);
      const locked = { code: 1, said: expect.stringContaining('[storage.locked]') };
      expect(await command('restore', [copy, '--replace'], settings(other))).toMatchObject(locked);
      await home.turns.acquire('worker:0', 'somebody', HOUR);
      await home.close();
      expect(await command('restore', [copy, '--replace'], settings(other))).toMatchObject(locked);
    });

    it('lets no bot start on half of it, and goes on when it is run again', async () => {
      const place = newPlace();
      await fill(place);
      const copy = file();
      await command('backup', [copy], settings(place));
      const other = newPlace();
      await withRedis(other, (client) => client.set(PARTITION_COUNT_KEY, RESTORING));
      await expect(open(other)).rejects.toMatchObject({ code: 'redis.restoring' });
      expect(await command('backup', [file()], settings(other))).toMatchObject({ code: 1 });
      expect(await command('restore', [copy, '--replace'], settings(other))).toMatchObject({ code: 0 });
      expect(await readAll(other, [key])).toEqual(ALL);
    });

    it('refuses the back-up of the other home with a sentence', async () => {
      const place = newPlace();
      await fill(place);
      const copy = file();
      await command('backup', [copy], settings(place));
      expect(
        await command('restore', [copy], { DATA_DIR: temporaryFolder(), DATA_KEY: key.toString('base64') }),
      ).toMatchObject({
        code: 1,
        said: expect.stringContaining('restore it with REDIS_URL and MONGODB_URI'),
      });
    });
  });

  describe('a change of the key', () => {
    const next = randomBytes(32);

    it('seals everything anew but what waits for its turn, which goes by itself; then the old key can go', async () => {
      const place = newPlace();
      await fill(place);
      const first = await command('rekey', [], settings(place, [next, key]));
      expect(first).toMatchObject({ code: 1, said: expect.stringContaining('Still under older keys: 1 events.') });
      expect(first.said).toContain('9 values were sealed anew');
      await withRedis(place, (client) => client.del(partitionKeys(PARTITION).events));
      const second = await command('rekey', [], settings(place, [next, key]));
      expect(second).toMatchObject({ code: 0, said: expect.stringContaining('Nothing is left under another key') });
      expect(await readAll(place, [next])).toEqual(ALL);
      await expect(readAll(place, [key])).rejects.toThrow();
    });

    it('signs no officer out', async () => {
      const place = newPlace();
      const session = newSession('officer', { data: { csrf: 'kept' } });
      const before = await open(place);
      await before.sessions.create(session);
      await before.close();
      expect(await command('rekey', [], settings(place, [next, key]))).toMatchObject({ code: 0 });
      const after = await open(place, [next]);
      expect((await after.sessions.get(session.id))?.data).toEqual({ csrf: 'kept' });
      await after.close();
    });

    it('is safe while a bot works: nothing is lost or done twice', async () => {
      const place = newPlace();
      const old = await Town.open(await open(place), sealer, 'old');
      old.holdBack();
      const before = old.chatter();
      await until(() => Math.min(...before.written) >= 20, 'the town to talk');
      const written = await before.stop();
      await old.close();
      const both = new Sealer([next, key]);
      const town = await Town.open(await open(place, [next, key]), both, 'both');
      let over = false;
      const numbers = [...written];
      const writing = LANES.map(async (lane, index) => {
        while (!over) {
          numbers[index] = (numbers[index] ?? 0) + 1;
          await town.say(lane, numbers[index] ?? 0);
        }
      });
      let said = '';
      await until(
        async () => {
          const run = await program(['rekey'], settings(place, [next, key]));
          said = run.said;
          return run.code === 0;
        },
        'everything to be sealed anew',
        60_000,
      );
      over = true;
      await Promise.all(writing);
      expect(said).toContain('Nothing is left under another key');
      await town.settled();
      await town.close();
      const last = await Town.open(await open(place, [next]), new Sealer([next]), 'last');
      await Promise.all(
        LANES.map((lane, index) => {
          numbers[index] = (numbers[index] ?? 0) + 1;
          return last.say(lane, numbers[index] ?? 0);
        }),
      );
      await last.settled();
      expect((await last.recorded()).each).toEqual(numbers);
      for (const lane of LANES) expect(last.answered(lane)).toEqual([numbers[LANES.indexOf(lane)]]);
      await last.close();
    });
  });
});
