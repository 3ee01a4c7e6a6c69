// Several processes over one cluster home: a rolling restart under load, and a process that is stopped beyond its lease
// and woken.
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { dropDatabases, freshDatabase } from '../storage/mongo-server.js';
import { describeWithRedis, RedisServer } from '../storage/redis-server.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { Arena } from './arena.js';

jest.setTimeout(200_000);

const CITIZENS = 12;
/** Long enough that a busy machine does not end it by itself. */
const LEASE_MS = 4000;
const PAUSE_MS = 5500;

describeWithRedis('three processes over Redis and MongoDB', () => {
  let redis: RedisServer;
  let mongo: TestMongo;
  let arena: Arena;
  let database = 0;

  beforeAll(async () => {
    [redis, mongo] = await Promise.all([RedisServer.start(), startMongo()]);
  });

  afterAll(async () => {
    await dropDatabases();
    await Promise.all([redis.kill(), mongo.stop()]);
    removeTemporaryFolders();
  });

  beforeEach(async () => {
    database += 1;
    const home = {
      kind: 'cluster',
      redisUrl: `${redis.url}/${database}`,
      mongoUri: freshDatabase(mongo.uri),
      leaseMs: LEASE_MS,
    } as const;
    arena = await Arena.open(home, 3);
    await Promise.all([0, 1, 2].map((index) => arena.start({ index })));
  });

  afterEach(() => arena.close());

  /** Citizens write all the while `trouble` lasts; returns how much each of them wrote. */
  async function writeDuring(trouble: () => Promise<void>): Promise<{ user: string; accepted: number }[]> {
    let over = false;
    const citizens = Array.from({ length: CITIZENS }, (_, index) => ({
      user: `300040005000600${5000 + index}`,
      accepted: 0,
    }));
    const writing = citizens.map(async (citizen) => {
      while (!over) {
        await arena.deliver(citizen.user, `m${citizen.accepted}`);
        citizen.accepted += 1;
      }
    });
    await until(() => citizens.every(({ accepted }) => accepted > 3), 'the writing to begin');
    await trouble();
    over = true;
    await Promise.all(writing);
    await arena.settled();
    return citizens;
  }

  const expected = (accepted: number) => Array.from({ length: accepted }, (_, index) => `${index + 1} m${index}`);

  it('are restarted one after the other under load: nothing lost, doubled or reordered', async () => {
    const citizens = await writeDuring(async () => {
      for (const index of [0, 1, 2]) {
        await arena.kill('SIGTERM', index);
        await arena.start({ index });
      }
    });
    for (const { user, accepted } of citizens) expect(arena.heard(user)).toEqual(expected(accepted));
    expect((await arena.accounts()).dead).toEqual([]);
  });

  it('go on when one of them is stopped beyond its lease, and it changes nothing when it wakes', async () => {
    const citizens = await writeDuring(async () => {
      arena.signal('SIGSTOP', 1);
      const asleepUntil = Date.now() + PAUSE_MS;
      await until(() => Date.now() > asleepUntil);
      arena.signal('SIGCONT', 1);
      await until(async () => (await arena.accounts()).backlog !== undefined);
    });
    for (const { user, accepted } of citizens) {
      const heard = arena.heard(user);
      // What was leaving when the process was stopped may leave once more; nothing else is said twice, and never in another order.
      expect([...new Set(heard)]).toEqual(expected(accepted));
      expect(heard.length - accepted).toBeLessThanOrEqual(1);
    }
  });
});
