// The cluster home as a whole runs the contract suites on real servers; its halves are tested in redis*.test.ts and
// mongo*.test.ts.
import { randomBytes } from 'node:crypto';
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { Sealer } from '../../src/lib/sealing.js';
import { type ClusterOptions, openCluster } from '../../src/storage/cluster/open.js';
import type { Home } from '../../src/storage/home.js';
import { dropDatabases, freshDatabase } from './mongo-server.js';
import { recordsContract } from './records-contract.js';
import { describeWithRedis, RedisServer } from './redis-server.js';
import { newSession, sessionsContract } from './sessions-contract.js';
import { removeTemporaryFolders } from './temporary.js';
import { turnStoreContract } from './turn-store-contract.js';
import { until } from './until.js';

const key = randomBytes(32);

describeWithRedis('the cluster home', () => {
  const homes: Home[] = [];
  let redis: RedisServer;
  let mongo: TestMongo;
  let mongoUri: string;

  beforeAll(async () => {
    [redis, mongo] = await Promise.all([RedisServer.start(), startMongo()]);
    mongoUri = freshDatabase(mongo.uri);
  }, 120_000);

  afterAll(async () => {
    for (const home of homes) await home.close();
    await dropDatabases();
    await Promise.all([redis.kill(), mongo.stop()]);
    removeTemporaryFolders();
  });

  async function open(more: Partial<ClusterOptions> = {}): Promise<Home> {
    const sealer = new Sealer([key]);
    const own = { sealer, clock: Date.now, owner: `test-${homes.length}` };
    const home = await openCluster({ redisUrl: redis.url, minReplicas: 0, mongoUri, ...own, ...more });
    homes.push(home);
    return home;
  }

  async function pass(ms: number): Promise<void> {
    const end = Date.now() + ms;
    await until(() => Date.now() > end);
  }

  describe('its turn store', () => {
    // The suite keeps all its lanes in one partition, whatever they are called.
    turnStoreContract(async () => (await open({ redisUrl: `${redis.url}/1`, partitions: 1 })).turns);
  });

  describe('its records', () => {
    recordsContract(open, pass);
  });

  describe('its sessions', () => {
    sessionsContract(async () => (await open()).sessions, pass);

    it('keep no token, name or data readable in Redis, and forget what has ended', async () => {
      const looking = redis.client();
      try {
        const { sessions } = await open({ redisUrl: `${redis.url}/2` });
        await looking.select(2);
        const short = newSession('short', { lives: { idleMs: 1, absoluteMs: 1 }, data: { csrf: 'SECRET' } });
        await sessions.create(short);
        await pass(2);
        await sessions.create(newSession('long', { data: { csrf: 'SECRET' } }));
        const all = await looking.hgetallBuffer('{staff-sessions}:all');
        expect(Object.keys(all)).toHaveLength(1);
        expect(Buffer.concat(Object.values(all)).includes('SECRET')).toBe(false);
        expect(await looking.zcard('{staff-sessions}:ends')).toBe(1);
        expect(await looking.zrangebylex('{staff-sessions}:users', '-', '+')).toEqual([
          expect.stringMatching(/^long /),
        ]);
      } finally {
        looking.disconnect();
      }
    });
  });

  it('says that it answers', async () => {
    await (await open()).ping();
  });

  it('shows every process the same records, and lets one of them refresh a token at a time', async () => {
    const [here, there] = [await open(), await open()];
    const pair = { accessToken: 'a', refreshToken: 'r', expiresAt: 1 };
    await here.tokens.save('zalo:9', pair, 0);
    expect(await there.tokens.load('zalo:9')).toEqual({ tokens: pair, version: 1 });
    const inside = await here.tokens.exclusively('zalo:9', () =>
      there.tokens.exclusively('zalo:9', async () => 'both'),
    );
    expect(inside).toBeUndefined();
    expect(await there.tokens.exclusively('zalo:9', async () => 'alone')).toBe('alone');
  });

  it('has sixteen partitions, and refuses another number for the same deployment', async () => {
    expect((await open()).partitions).toBe(16);
    await expect(open({ partitions: 8 })).rejects.toMatchObject({ code: 'redis.partitions' });
  });

  it('leaves no connection behind when one of the servers is not there', async () => {
    const looking = redis.client();
    const connections = async () => String(await looking.client('LIST')).split('mot-cua-').length;
    try {
      const before = await connections();
      const nobody = 'mongodb://127.0.0.1:9/?directConnection=true';
      await expect(open({ mongoUri: nobody })).rejects.toMatchObject({ code: 'mongo.unreachable' });
      await until(async () => (await connections()) === before, 'the connections to go');
    } finally {
      looking.disconnect();
    }
  });
});
