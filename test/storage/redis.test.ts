// The Redis half of the cluster home runs the contract suites against a real server, and shows what is its own.
import type { Redis } from 'ioredis';
import { HOUR } from '../../src/lib/clock.js';
import type { LaneId } from '../../src/lib/ids.js';
import { leaseKey, partitionKeys } from '../../src/storage/cluster/redis/keys.js';
import { partitionOf } from '../../src/turns/partitions.js';
import type { Lease, StoredEvent, TurnStore } from '../../src/turns/turn-store.js';
import { countersContract } from './records-contract.js';
import { describeWithRedis, RedisServer } from './redis-server.js';
import { closeHomes, follow, newEvent, newItem, newLane, openHome, own, turnOf } from './redis-stage.js';
import { removeTemporaryFolders } from './temporary.js';
import { turnStoreContract } from './turn-store-contract.js';
import { until } from './until.js';

const keys = partitionKeys(0);

describeWithRedis('on Redis', () => {
  let server: RedisServer;
  let client: Redis;
  let store: TurnStore;

  beforeAll(async () => {
    server = await RedisServer.start();
    // Apart from what the contract suites leave behind.
    client = server.client(1);
    store = (await openHome(`${server.url}/1`)).turns;
  });

  afterAll(async () => {
    closeHomes();
    client.disconnect();
    await server.kill();
    removeTemporaryFolders();
  });

  /** One event, handed to an owner that alone follows the partition. */
  async function handed(lane: LaneId): Promise<{ lease: Lease; event: StoredEvent; end: () => Promise<void> }> {
    const lease = await own(store, 'owner');
    const { seen, feed } = follow(store, lease);
    await store.accept([newEvent(lane, 'hello')]);
    await until(() => seen.some((event) => event.lane === lane));
    const end = async () => {
      feed.stop();
      await store.release(lease);
    };
    return { lease, event: seen.find((event) => event.lane === lane) as StoredEvent, end };
  }

  describe('the turn store', () => {
    turnStoreContract(async () => (await openHome(server.url)).turns);
  });

  describe('the counters', () => {
    countersContract(
      async () => (await openHome(server.url)).counters,
      async (ms) => {
        const end = Date.now() + ms;
        await until(() => Date.now() > end);
      },
    );
  });

  describe('the layout', () => {
    let many: RedisServer;
    afterAll(() => many.kill());

    it('keeps what belongs to a partition under its hash tag alone', async () => {
      many = await RedisServer.start();
      const { turns, counters } = await openHome(many.url, { partitions: 16 });
      const lanes = Array.from({ length: 40 }, newLane);
      const events = lanes.map((lane) => newEvent(lane, 'x', partitionOf(lane, 16)));
      expect(new Set(await turns.accept(events))).toEqual(new Set(['accepted']));
      expect(new Set(await turns.accept(events))).toEqual(new Set(['duplicate']));
      await turns.noteEchoes(lanes.map((lane) => ({ lane, keys: ['a'], at: 1 })));
      await turns.acquire('partition:3', 'owner', 1000);
      await turns.acquire('tokens:zalo:1', 'owner', 1000);
      await counters.take('wrong-code:1', { limit: 1, windowMs: 1000 }, 'hit');
      const looking = many.client();
      const tags = (await looking.keys('*')).map((key) => /^\{([^}]+)\}/.exec(key)?.[1] ?? key);
      looking.disconnect();
      const partitions = lanes.map((lane) => `p:${partitionOf(lane, 16)}`);
      const others = ['p:3', 'lease:tokens:zalo:1', 'counter:wrong-code:1', 'deployment'];
      expect(new Set(tags)).toEqual(new Set([...partitions, ...others]));
      expect((await turns.backlog()).events).toBe(40);
    });

    it('refuses to look for the lanes in another number of partitions', async () => {
      await expect(openHome(many.url, { partitions: 8 })).rejects.toMatchObject({ code: 'redis.partitions' });
    });

    it('leaves nothing of an idle conversation but its state and its ids, and those expire', async () => {
      const lane = newLane();
      const { lease, event, end } = await handed(lane);
      const reply = newItem(lane, `${event.id}#0`);
      const timer = { type: 'set', name: 'nap', generation: 1, dueAt: 5, payload: Buffer.from('z') } as const;
      await store.noteThrow(lease, event);
      await store.commit(lease, turnOf(event, { outbox: [reply], timers: [timer] }));
      await store.noteResend(lease, reply);
      const state = keys.state(lane);
      expect(await client.pttl(state)).toBe(-1);
      await store.settle(lease, { partition: 0, done: [reply], add: [] });
      expect(await client.pttl(state)).toBe(-1);
      for (const due of await store.dueTimers(0, 5, 10)) await store.dropTimer(due);
      expect(await client.pttl(state)).toBeGreaterThan(HOUR - 60_000);
      expect(await client.pttl(keys.acceptedId(event.id))).toBeGreaterThan(HOUR - 60_000);
      await end();
      expect(await client.hget(keys.waiting, lane)).toBeNull();
      expect(await client.hlen(keys.tries)).toBe(0);
      const [counted] = await store.accept([newEvent(lane, 'again')]);
      expect([counted, await client.pttl(state)]).toEqual(['accepted', -1]);
    });

    it('shows what an idle conversation costs', async () => {
      const lane = newLane();
      const { lease, event, end } = await handed(lane);
      const state = { payload: Buffer.alloc(400), mode: 'bot', expiresAt: Date.now() + HOUR } as const;
      await store.commit(lease, turnOf(event, { state }));
      await end();
      const bytes = async (key: string) => Number(await client.memory('USAGE', key));
      const idle = await bytes(keys.state(lane));
      const id = await bytes(keys.acceptedId(event.id));
      console.log(`Redis: ${idle} bytes for an idle conversation with a state of 400, ${id} for each id kept`);
      expect(idle).toBeLessThan(700);
      expect(id).toBeLessThan(160);
    });
  });

  describe('a repeat', () => {
    it('of a settlement does not bring back what was added and settled since', async () => {
      const lane = newLane();
      const lease = await own(store, 'owner');
      const reply = newItem(lane, `${lane}#0`);
      const letter = newItem(lane, `${lane}#0~dead`, 'record');
      await store.settle(lease, { partition: 0, done: [], add: [reply] });
      await store.settle(lease, { partition: 0, done: [reply], add: [letter] });
      await store.settle(lease, { partition: 0, done: [letter], add: [] });
      expect(await store.settle(lease, { partition: 0, done: [reply], add: [letter] })).toBe('committed');
      expect((await store.unsettled(lease, 0)).filter((item) => item.lane === lane)).toEqual([]);
      await store.release(lease);
    });

    it('of a commit whose event a failover took away is fenced, so that the owner reads the partition again', async () => {
      const lane = newLane();
      const { lease, event, end } = await handed(lane);
      await client.del(keys.events, keys.acceptedId(event.id));
      expect(await store.commit(lease, turnOf(event))).toBe('fenced');
      expect(await store.readState(lane)).toBeUndefined();
      expect(await store.accept([newEvent(lane, 'hello')])).toEqual(['accepted']);
      expect(await store.commit(lease, turnOf(event))).toBe('fenced');
      await end();
    });
  });

  describe('leases', () => {
    it('are not shared by two owners with the same epoch, as a failover can leave behind', async () => {
      const lane = newLane();
      const { lease, event, end } = await handed(lane);
      await client.hset(leaseKey('partition:0'), 'owner', 'other');
      expect(await store.commit(lease, turnOf(event))).toBe('fenced');
      expect(await store.renew(lease, 1000)).toBe(false);
      await client.hset(leaseKey('partition:0'), 'owner', lease.owner);
      await end();
    });
  });

  describe('when memory is full', () => {
    let full: RedisServer;
    let filling: Redis;
    afterAll(async () => {
      filling.disconnect();
      await full.kill();
    });

    it('takes nothing new in, and finishes what it has', async () => {
      full = await RedisServer.start();
      filling = full.client();
      const { turns } = await openHome(full.url);
      const lease = await own(turns, 'owner');
      const { seen } = follow(turns, lease);
      const lane = newLane();
      await turns.accept([newEvent(lane, 'before')]);
      await until(() => seen.length === 1);
      await filling.config('SET', 'maxmemory', '1');
      await expect(turns.accept([newEvent(lane, 'during')])).rejects.toMatchObject({
        name: 'StorageUnavailable',
        code: 'redis.oom',
      });
      const reply = newItem(lane, `${lane}#0`);
      expect(await turns.commit(lease, turnOf(seen[0] as StoredEvent, { outbox: [reply] }))).toBe('committed');
      expect(await turns.settle(lease, { partition: 0, done: [reply], add: [] })).toBe('committed');
      expect(await turns.renew(lease, 60_000)).toBe(true);
      await filling.config('SET', 'maxmemory', '0');
      expect(await turns.accept([newEvent(lane, 'during')])).toEqual(['accepted']);
    });
  });

  it('goes on when somebody flushed the scripts', async () => {
    await client.script('FLUSH');
    const lane = newLane();
    await until(
      () =>
        store
          .accept([newEvent(lane, 'x')])
          .catch(() => false)
          .then(Boolean),
      'the scripts to be back',
    );
    expect(await store.accept([newEvent(lane, 'x')])).toEqual(['duplicate']);
  });
});
