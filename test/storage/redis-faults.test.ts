// Redis dies, freezes, loses connections and changes owners: nothing acknowledged is lost, nothing is handed out twice,
// and callers hear StorageUnavailable in time.
import type { LaneId } from '../../src/lib/ids.js';
import type { StoredEvent } from '../../src/turns/turn-store.js';
import { describeWithRedis, RedisServer } from './redis-server.js';
import {
  acceptInTheEnd,
  closeHomes,
  follow,
  newEvent,
  newItem,
  newLane,
  openHome,
  own,
  turnOf,
} from './redis-stage.js';
import { removeTemporaryFolders } from './temporary.js';
import { until } from './until.js';

describeWithRedis('Redis in trouble', () => {
  let server: RedisServer;

  beforeEach(async () => {
    server = await RedisServer.start();
  });

  afterEach(async () => {
    closeHomes();
    await server.kill();
  });

  afterAll(removeTemporaryFolders);

  const numbered = (lane: LaneId, from: number, count: number) =>
    Array.from({ length: count }, (_, index) => newEvent(lane, String(from + index)));

  it('finds everything acknowledged after kill -9: events in order, states, items, timers, counts, leases', async () => {
    const { turns } = await openHome(server.url);
    const lane = newLane();
    const lease = await own(turns, 'owner');
    const { seen, feed } = follow(turns, lease);
    for (const event of numbered(lane, 0, 5)) await turns.accept([event]);
    await until(() => seen.length === 5);
    feed.stop();
    const first = seen[0] as StoredEvent;
    const reply = newItem(lane, `${first.id}#0`);
    const timer = { type: 'set', name: 'nap', generation: 4, dueAt: 7, payload: Buffer.from('zz') } as const;
    await turns.commit(lease, turnOf(first, { outbox: [reply], timers: [timer] }));
    await turns.noteResend(lease, reply);
    await turns.noteThrow(lease, seen[1] as StoredEvent);
    const unacknowledged = Promise.allSettled(numbered(lane, 5, 200).map((event) => turns.accept([event])));
    await server.kill();
    const accepted = (await unacknowledged).flatMap(({ status }, index) => (status === 'fulfilled' ? [index + 5] : []));
    await server.restart();
    await until(() => turns.renew(lease, 60_000).catch(() => false), 'the lease to be there still');
    expect((await turns.readState(lane))?.toString()).toBe(`state after ${first.id}`);
    expect(await turns.unsettled(lease, 0)).toEqual([{ ...reply, resends: 1 }]);
    expect(await turns.dueTimers(0, 7, 10)).toMatchObject([{ lane, name: 'nap', generation: 4 }]);
    const after = follow(turns, lease);
    await until(() => after.seen.length >= 4 + accepted.length, 'what was accepted');
    const numbers = after.texts().map(Number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    for (const number of [1, 2, 3, 4, ...accepted]) expect(numbers).toContain(number);
    expect(numbers).not.toContain(0);
    expect(after.seen[0]).toMatchObject({ throws: 1, deaths: 0 });
  });

  it('hands out each event once and in order while Redis is killed and restarted under way', async () => {
    const { turns } = await openHome(server.url);
    const lane = newLane();
    const { seen, texts } = follow(turns, await own(turns, 'owner'));
    const all = numbered(lane, 0, 120);
    const sending = (async () => {
      for (const event of all) await acceptInTheEnd(turns, event);
    })();
    for (const mark of [30, 60, 90]) {
      await until(() => seen.length >= mark);
      await server.kill();
      await server.restart();
    }
    await sending;
    await until(() => seen.length >= all.length);
    expect(texts()).toEqual(all.map((_, index) => String(index)));
  });

  it('hands out nothing twice while connections are cut again and again', async () => {
    const { turns } = await openHome(server.url);
    const lane = newLane();
    const lease = await own(turns, 'owner');
    const { seen, texts } = follow(turns, lease);
    const all = numbered(lane, 0, 200);
    const client = server.client();
    let done = 0;
    const committing = (async () => {
      while (done < all.length) {
        const event = seen[done];
        const outcome = event && (await turns.commit(lease, turnOf(event)).catch(() => undefined));
        if (outcome === 'committed') done += 1;
        else await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    const cutting = (async () => {
      while (done < all.length) {
        const before = done;
        for (const type of ['normal', 'pubsub']) await client.call('CLIENT', 'KILL', 'TYPE', type, 'SKIPME', 'yes');
        await until(() => done >= Math.min(before + 20, all.length), 'some turns between two cuts');
      }
    })();
    for (const event of all) await acceptInTheEnd(turns, event);
    await Promise.all([committing, cutting]);
    client.disconnect();
    expect(texts()).toEqual(all.map((_, index) => String(index)));
    await until(
      () =>
        turns.backlog().then(
          ({ events }) => events === 0,
          () => false,
        ),
      'nothing to be left',
    );
  });

  it.each([
    ['is paused', (client: ReturnType<RedisServer['client']>) => void client.client('PAUSE', 60_000, 'ALL')],
    ['is frozen', () => server.freeze()],
    ['is dead', () => server.kill()],
  ] as const)('says so when the server %s, and goes on when it is back', async (_, harm) => {
    const { turns, counters } = await openHome(server.url);
    const lane = newLane();
    const lease = await own(turns, 'owner');
    const { seen, texts } = follow(turns, lease);
    await turns.accept([newEvent(lane, 'before')]);
    await until(() => seen.length === 1);
    const client = server.client();
    await client.ping();
    await harm(client);
    const event = seen[0] as StoredEvent;
    // The server is not back before these have ended.
    const answers = await Promise.allSettled([
      turns.accept([newEvent(lane, 'during')]),
      turns.commit(lease, turnOf(event)),
      turns.settle(lease, { partition: 0, done: [newItem(lane, 'x')], add: [] }),
      turns.renew(lease, 1000),
      turns.acquire('other', 'owner', 1000),
      turns.release({ ...lease, name: 'other' }),
      turns.leaseHolders(['other']),
      turns.unsettled(lease, 0),
      turns.readState(lane),
      turns.noteThrow(lease, event),
      turns.noteDeath(lease, event),
      turns.noteResend(lease, newItem(lane, 'x')),
      turns.dueTimers(0, 1, 1),
      turns.dropTimer({ lane, partition: 0, name: 'x', generation: 1, dueAt: 1, payload: Buffer.alloc(0) }),
      turns.noteEchoes([{ lane, keys: ['k'], at: 1 }]),
      turns.takeEcho(lane, ['k'], 1),
      turns.backlog(),
      turns.ping(),
      counters.take('c', { limit: 1, windowMs: 1000 }, 'hit'),
      counters.peek('c', { limit: 1, windowMs: 1000 }),
      counters.giveBack('c', 'hit'),
    ]);
    const reasons = answers.map((answer) => (answer.status === 'rejected' ? answer.reason.name : 'fulfilled'));
    expect(new Set(reasons)).toEqual(new Set(['StorageUnavailable']));
    server.thaw();
    client.disconnect();
    await server.kill();
    await server.restart();
    await acceptInTheEnd(turns, newEvent(lane, 'after'));
    await until(() => texts().includes('after'), 'the feed to go on');
    expect(texts().filter((text) => text === 'before')).toHaveLength(1);
    expect(new Set(texts()).size).toBe(texts().length);
  });

  it('hands events out although the wake-ups get lost', async () => {
    const { turns } = await openHome(server.url);
    const lane = newLane();
    const { texts } = follow(turns, await own(turns, 'owner'));
    const client = server.client();
    // As accepted, but nobody is told.
    await client.xadd('{p:0}:events', '*', 'i', 'id', 'l', lane, 'a', Date.now(), 'p', 'unheard');
    await until(() => texts().includes('unheard'), 'the poll to find it');
    client.disconnect();
  });

  describe('with two processes', () => {
    it('gives the dead one’s partition to the other, which gets what is not done and nothing else', async () => {
      const [first, second] = [await openHome(server.url), await openHome(server.url)];
      const lane = newLane();
      const old = await own(first.turns, 'first', 300);
      const before = follow(first.turns, old);
      await second.turns.accept(numbered(lane, 0, 3));
      await until(() => before.seen.length === 3, 'events accepted by the other process');
      await first.turns.commit(old, turnOf(before.seen[0] as StoredEvent));
      expect(await second.turns.leaseHolders(['partition:0'])).toEqual(['first']);
      const lease = await own(second.turns, 'second');
      expect(lease).toMatchObject({ clean: false, epoch: old.epoch + 1 });
      const after = follow(second.turns, lease);
      await until(() => after.seen.length === 2);
      expect(after.texts()).toEqual(['1', '2']);
      // The first one wakes up and knows nothing of it.
      const late = before.seen[1] as StoredEvent;
      expect(await first.turns.commit(old, turnOf(late, { outbox: [newItem(lane, 'late')] }))).toBe('fenced');
      expect(await first.turns.noteResend(old, newItem(lane, 'late'))).toBe(0);
      expect(await second.turns.commit(lease, turnOf(after.seen[0] as StoredEvent))).toBe('committed');
      expect(await second.turns.unsettled(lease, 0)).toEqual([]);
    });

    it('lets a partition pass to and fro under load without a loss, a repeat or a change of order', async () => {
      const stores = [(await openHome(server.url)).turns, (await openHome(server.url)).turns] as const;
      const lane = newLane();
      const all = numbered(lane, 0, 150);
      const taken: string[] = [];
      const work = async (nth: 0 | 1) => {
        const store = stores[nth];
        while (taken.length < all.length) {
          const lease = await store.acquire('partition:0', `owner-${nth}`, 60_000);
          if (lease === undefined) {
            await new Promise(setImmediate);
            continue;
          }
          const { seen, feed } = follow(store, lease);
          const until = Math.min(taken.length + 15, all.length);
          for (let done = 0; taken.length < until; ) {
            const event = seen[done];
            if (event === undefined) await new Promise(setImmediate);
            else {
              expect(await store.commit(lease, turnOf(event))).toBe('committed');
              taken.push(event.payload.toString());
              done += 1;
            }
          }
          feed.stop();
          await store.release(lease);
        }
      };
      const sending = (async () => {
        for (const event of all) await stores[0].accept([event]);
      })();
      await Promise.all([work(0), work(1), sending]);
      expect(taken).toEqual(all.map((_, index) => String(index)));
    });
  });
});
