// What every TurnStore must do, whatever it is built on. Each home runs this suite.
import { HOUR, MINUTE } from '../../src/lib/clock.js';
import { eventId, type LaneId } from '../../src/lib/ids.js';
import type { Lease, NewEvent, OutboxItem, StoredEvent, TurnCommit, TurnStore } from '../../src/turns/turn-store.js';
import { until } from './until.js';

const T0 = Date.now();
let counter = 0;

function laneOf(name: string): LaneId {
  counter += 1;
  return `zalo:1:${name}-${counter}` as LaneId;
}

function newEvent(lane: LaneId, text: string, id = `${lane}/${text}`): NewEvent {
  return { id: eventId(id), lane, partition: 0, payload: Buffer.from(text), acceptedAt: T0, keepIdUntil: T0 + HOUR };
}

function item(lane: LaneId, id: string, laneSeq: number, kind: OutboxItem['kind'] = 'send'): OutboxItem {
  return { id, lane, partition: 0, laneSeq, kind, payload: Buffer.from(id), createdAt: T0, resends: 0 };
}

function turn(event: StoredEvent, more: Partial<TurnCommit> = {}): TurnCommit {
  return {
    event,
    state: { payload: Buffer.from('state'), mode: 'bot', expiresAt: T0 + HOUR },
    outbox: [],
    timers: [],
    ...more,
  };
}

/** Follows partition 0 and remembers what came. */
function follow(store: TurnStore, lease: Lease) {
  const seen: StoredEvent[] = [];
  const feed = store.follow(lease, 0, (events) => void seen.push(...events));
  return { seen, feed, of: (lane: LaneId) => seen.filter((event) => event.lane === lane) };
}

async function owned(store: TurnStore, owner = 'owner-a'): Promise<Lease> {
  const lease = await store.acquire(`test:${owner}:${counter++}`, owner, 60_000);
  if (lease === undefined) throw new Error('the lease is taken');
  return lease;
}

export function turnStoreContract(open: () => Promise<TurnStore>): void {
  let store: TurnStore;
  beforeAll(async () => {
    store = await open();
  });

  describe('accepting', () => {
    it('accepts an id once and calls it a duplicate ever after, also within one call', async () => {
      const lane = laneOf('dup');
      const event = newEvent(lane, 'hello');
      expect(await store.accept([event, event])).toEqual(['accepted', 'duplicate']);
      expect(await store.accept([event])).toEqual(['duplicate']);
    });

    it('calls an id a duplicate after its turn was committed', async () => {
      const lane = laneOf('dup-done');
      const lease = await owned(store);
      const { of, feed } = follow(store, lease);
      const event = newEvent(lane, 'hello');
      await store.accept([event]);
      await until(() => of(lane).length === 1);
      await store.commit(lease, turn(of(lane)[0] as StoredEvent));
      expect(await store.accept([event])).toEqual(['duplicate']);
      feed.stop();
    });

    it('accepts one of many simultaneous deliveries of the same id', async () => {
      const lane = laneOf('race');
      const outcomes = await Promise.all(Array.from({ length: 40 }, () => store.accept([newEvent(lane, 'same')])));
      expect(outcomes.flat().filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    });
  });

  describe('following', () => {
    it('hands out what waited and then what comes, each once, in order of acceptance', async () => {
      const lane = laneOf('order');
      const lease = await owned(store);
      for (let index = 0; index < 30; index += 1) await store.accept([newEvent(lane, `old-${index}`)]);
      const { of, feed } = follow(store, lease);
      await Promise.all(Array.from({ length: 30 }, (_, index) => store.accept([newEvent(lane, `new-${index}`)])));
      await until(() => of(lane).length === 60, 'all sixty events');
      const texts = of(lane).map((event) => event.payload.toString());
      expect(texts.slice(0, 30)).toEqual(Array.from({ length: 30 }, (_, index) => `old-${index}`));
      expect(new Set(texts).size).toBe(60);
      feed.stop();
    });

    it('loses nothing over pause and resume', async () => {
      const lane = laneOf('pause');
      const lease = await owned(store);
      const { of, feed } = follow(store, lease);
      await store.accept([newEvent(lane, 'a')]);
      await until(() => of(lane).length === 1);
      feed.pause();
      await store.accept([newEvent(lane, 'b'), newEvent(lane, 'c')]);
      feed.resume();
      feed.pause();
      feed.resume();
      await store.accept([newEvent(lane, 'd')]);
      await until(() => of(lane).length === 4, 'the events of the pause');
      expect(of(lane).map((event) => event.payload.toString())).toEqual(['a', 'b', 'c', 'd']);
      feed.stop();
    });

    it('hands out uncommitted events again to the next follower, and committed ones never', async () => {
      const lane = laneOf('again');
      const lease = await owned(store);
      const first = follow(store, lease);
      await store.accept([newEvent(lane, 'done'), newEvent(lane, 'open')]);
      await until(() => first.of(lane).length === 2);
      await store.commit(lease, turn(first.of(lane)[0] as StoredEvent));
      first.feed.stop();
      const second = follow(store, lease);
      await until(() => second.of(lane).length > 0);
      expect(second.of(lane).map((event) => event.payload.toString())).toEqual(['open']);
      second.feed.stop();
    });
  });

  describe('committing', () => {
    it('writes state, outbox and timers together with the end of the event', async () => {
      const lane = laneOf('commit');
      const lease = await owned(store);
      const { of, feed } = follow(store, lease);
      await store.accept([newEvent(lane, 'x')]);
      await until(() => of(lane).length === 1);
      const outcome = await store.commit(
        lease,
        turn(of(lane)[0] as StoredEvent, {
          outbox: [item(lane, `${lane}#1`, 2), item(lane, `${lane}#0`, 1)],
          timers: [{ type: 'set', name: 'nap', generation: 1, dueAt: T0 + 5, payload: Buffer.from('zz') }],
        }),
      );
      expect(outcome).toBe('committed');
      expect((await store.readState(lane))?.toString()).toBe('state');
      const left = (await store.unsettled(lease, 0)).filter((left) => left.lane === lane);
      expect(left.map(({ id }) => id)).toEqual([`${lane}#1`, `${lane}#0`].reverse());
      expect((await store.dueTimers(0, T0 + 5, 1000)).filter((timer) => timer.lane === lane)).toMatchObject([
        { name: 'nap', generation: 1, dueAt: T0 + 5 },
      ]);
      feed.stop();
    });

    it('changes nothing when the same commit is repeated', async () => {
      const lane = laneOf('repeat');
      const lease = await owned(store);
      const { of, feed } = follow(store, lease);
      await store.accept([newEvent(lane, 'x')]);
      await until(() => of(lane).length === 1);
      const commit = turn(of(lane)[0] as StoredEvent, { outbox: [item(lane, `${lane}#0`, 1)] });
      await store.commit(lease, commit);
      await store.settle(lease, { partition: 0, done: commit.outbox, add: [] });
      expect(await store.commit(lease, commit)).toBe('committed');
      expect((await store.unsettled(lease, 0)).filter((left) => left.lane === lane)).toEqual([]);
      feed.stop();
    });

    it('forgets a state when the commit says so', async () => {
      const lane = laneOf('forget');
      const lease = await owned(store);
      const { of, feed } = follow(store, lease);
      await store.accept([newEvent(lane, 'a'), newEvent(lane, 'b')]);
      await until(() => of(lane).length === 2);
      await store.commit(lease, turn(of(lane)[0] as StoredEvent));
      await store.commit(lease, turn(of(lane)[1] as StoredEvent, { state: null }));
      expect(await store.readState(lane)).toBeUndefined();
      feed.stop();
    });

    it('fences every write of an owner whose lease somebody else took', async () => {
      const lane = laneOf('fence');
      const name = `fence:${lane}`;
      const old = (await store.acquire(name, 'old', 30)) as Lease;
      const { of, feed } = follow(store, old);
      await store.accept([newEvent(lane, 'x')]);
      await until(() => of(lane).length === 1);
      let taken: Lease | undefined;
      await until(async () => {
        taken = await store.acquire(name, 'new', 60_000);
        return taken !== undefined;
      }, 'the lease to run out');
      const event = of(lane)[0] as StoredEvent;
      const outbox = [item(lane, `${lane}#old`, 1)];
      expect(await store.commit(old, turn(event, { outbox }))).toBe('fenced');
      expect(await store.settle(old, { partition: 0, done: [], add: outbox })).toBe('fenced');
      expect(await store.noteThrow(old, event)).toBe(0);
      expect(await store.renew(old, 1000)).toBe(false);
      expect(await store.readState(lane)).toBeUndefined();
      expect((await store.unsettled(taken as Lease, 0)).filter((left) => left.lane === lane)).toEqual([]);
      expect(await store.commit(taken as Lease, turn(event))).toBe('committed');
      feed.stop();
    });
  });

  describe('leases', () => {
    it('gives a lease to one of many', async () => {
      const name = `many:${counter++}`;
      const leases = await Promise.all(
        Array.from({ length: 20 }, (_, index) => store.acquire(name, `owner-${index}`, 60_000)),
      );
      expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
    });

    it('grows the epoch with every holder and says whether the one before left cleanly', async () => {
      const name = `epochs:${counter++}`;
      const first = (await store.acquire(name, 'a', 20)) as Lease;
      expect(first.clean).toBe(true);
      let second: Lease | undefined;
      await until(async () => {
        second = await store.acquire(name, 'b', 60_000);
        return second !== undefined;
      });
      expect(second).toMatchObject({ clean: false });
      expect(second?.epoch).toBeGreaterThan(first.epoch);
      await store.release(second as Lease);
      expect(await store.acquire(name, 'c', 1000)).toMatchObject({ clean: true });
    });

    it('is free at once when it was given up in doubt, and tells whoever comes next, also the same owner', async () => {
      const name = `doubt:${counter++}`;
      for (const next of ['b', 'a']) {
        const first = (await store.acquire(name, 'a', 60_000)) as Lease;
        await store.release(first, 'in-doubt');
        expect(await store.leaseHolders([name])).toEqual([undefined]);
        expect(await store.renew(first, 60_000)).toBe(false);
        expect(await store.settle(first, { partition: 0, done: [], add: [] })).toBe('fenced');
        const second = (await store.acquire(name, next, 60_000)) as Lease;
        expect(second).toMatchObject({ owner: next, epoch: first.epoch + 1, clean: false });
        await store.release(second);
        expect(await store.acquire(name, 'c', 1)).toMatchObject({ clean: true });
        await until(async () => (await store.leaseHolders([name]))[0] === undefined);
      }
    });

    it('tells who holds what now', async () => {
      const names = ['x', 'y', 'z'].map((name) => `holders:${name}:${counter++}`);
      await store.acquire(names[0] as string, 'a', 60_000);
      await store.acquire(names[1] as string, 'b', 20);
      await store.release((await store.acquire(names[2] as string, 'c', 60_000)) as Lease);
      await until(async () => (await store.leaseHolders(names))[1] === undefined, 'the second lease to run out');
      expect(await store.leaseHolders(names)).toEqual(['a', undefined, undefined]);
    });

    it('does not release what somebody else holds', async () => {
      const name = `release:${counter++}`;
      const old = (await store.acquire(name, 'a', 20)) as Lease;
      await until(async () => (await store.acquire(name, 'b', 60_000)) !== undefined);
      await store.release(old);
      expect(await store.acquire(name, 'c', 1000)).toBeUndefined();
    });
  });

  describe('counting', () => {
    it('counts throws and deaths durably and apart, and resends of a reply', async () => {
      const lane = laneOf('count');
      const lease = await owned(store);
      const first = follow(store, lease);
      await store.accept([newEvent(lane, 'x')]);
      await until(() => first.of(lane).length === 1);
      const event = first.of(lane)[0] as StoredEvent;
      expect([await store.noteThrow(lease, event), await store.noteThrow(lease, event)]).toEqual([1, 2]);
      expect(await store.noteDeath(lease, event)).toBe(1);
      first.feed.stop();
      const second = follow(store, lease);
      await until(() => second.of(lane).length === 1);
      expect(second.of(lane)[0]).toMatchObject({ throws: 2, deaths: 1 });
      const reply = item(lane, `${lane}#0`, 1);
      await store.commit(lease, turn(event, { outbox: [reply] }));
      expect([await store.noteResend(lease, reply), await store.noteResend(lease, reply)]).toEqual([1, 2]);
      const left = (await store.unsettled(lease, 0)).find(({ id }) => id === reply.id);
      expect(left?.resends).toBe(2);
      second.feed.stop();
    });
  });

  describe('outbox', () => {
    it('replaces settled items by the ones added, in one write', async () => {
      const lane = laneOf('settle');
      const lease = await owned(store);
      const reply = item(lane, `${lane}#0`, 1);
      await store.settle(lease, { partition: 0, done: [], add: [reply] });
      await store.settle(lease, { partition: 0, done: [reply], add: [item(lane, `${lane}#0~dead`, 1, 'record')] });
      const left = (await store.unsettled(lease, 0)).filter((left) => left.lane === lane);
      expect(left).toMatchObject([{ id: `${lane}#0~dead`, kind: 'record', laneSeq: 1 }]);
      expect(left[0]?.payload.toString()).toBe(`${lane}#0~dead`);
    });
  });

  describe('timers', () => {
    it('keeps the newest generation of a name, in order of due time, and drops only the generation it was given', async () => {
      const lane = laneOf('timers');
      const lease = await owned(store);
      const { of, feed } = follow(store, lease);
      await store.accept([newEvent(lane, 'a'), newEvent(lane, 'b')]);
      await until(() => of(lane).length === 2);
      const set = (name: string, generation: number, dueAt: number) =>
        ({ type: 'set', name, generation, dueAt, payload: Buffer.from(`${name}${generation}`) }) as const;
      await store.commit(
        lease,
        turn(of(lane)[0] as StoredEvent, { timers: [set('late', 1, T0 + 90), set('soon', 1, T0 + 10)] }),
      );
      const [old] = (await store.dueTimers(0, T0 + 10, 1000)).filter((timer) => timer.lane === lane);
      await store.commit(lease, turn(of(lane)[1] as StoredEvent, { timers: [set('soon', 2, T0 + 50)] }));
      await store.dropTimer(old as NonNullable<typeof old>);
      const due = (await store.dueTimers(0, T0 + MINUTE, 1000)).filter((timer) => timer.lane === lane);
      expect(due.map(({ name, generation }) => `${name}${generation}`)).toEqual(['soon2', 'late1']);
      expect(due[0]?.payload.toString()).toBe('soon2');
      feed.stop();
    });

    it('cancels a timer', async () => {
      const lane = laneOf('cancel');
      const lease = await owned(store);
      const { of, feed } = follow(store, lease);
      await store.accept([newEvent(lane, 'a'), newEvent(lane, 'b')]);
      await until(() => of(lane).length === 2);
      const timers = [{ type: 'set', name: 'nap', generation: 1, dueAt: T0, payload: Buffer.alloc(0) }] as const;
      await store.commit(lease, turn(of(lane)[0] as StoredEvent, { timers }));
      await store.commit(lease, turn(of(lane)[1] as StoredEvent, { timers: [{ type: 'cancel', name: 'nap' }] }));
      expect((await store.dueTimers(0, T0 + HOUR, 1000)).filter((timer) => timer.lane === lane)).toEqual([]);
      feed.stop();
    });
  });

  describe('echoes', () => {
    it('takes an echo once, by any of its keys, and none from before', async () => {
      const lane = laneOf('echo');
      await store.noteEchoes([{ lane, keys: ['ref:1', 'text:abc'], at: T0 }]);
      expect(await store.takeEcho(lane, ['ref:1'], T0 + 1)).toBe(false);
      expect(await store.takeEcho(laneOf('other'), ['ref:1'], T0)).toBe(false);
      expect(await store.takeEcho(lane, ['ref:2', 'text:abc'], T0)).toBe(true);
      expect(await store.takeEcho(lane, ['text:abc'], T0)).toBe(false);
      expect(await store.takeEcho(lane, ['ref:1'], T0)).toBe(false);
    });

    it('keeps echoes of the same words apart', async () => {
      const lane = laneOf('same');
      await store.noteEchoes([
        { lane, keys: ['id:1', 'text:same'], at: T0 },
        { lane, keys: ['id:2', 'text:same'], at: T0 },
      ]);
      expect(await store.takeEcho(lane, ['text:same'], T0)).toBe(true);
      expect(await store.takeEcho(lane, ['text:same'], T0)).toBe(true);
      expect(await store.takeEcho(lane, ['text:same'], T0)).toBe(false);
    });

    it.each([
      ['before', true],
      ['after', false],
    ])('does not take the echo of what the platform confirmed by its id, come %s it', async (_when, first) => {
      const lane = laneOf('confirmed');
      const lease = await owned(store);
      const reply = item(lane, `${lane}#0`, 1);
      await store.settle(lease, { partition: 0, done: [], add: [reply] });
      const echo = () => store.noteEchoes([{ lane, keys: ['id:1', 'text:same'], at: T0 }]);
      if (first) await echo();
      const confirmed = [{ lane, key: 'id:1', at: T0 }];
      expect(await store.settle(lease, { partition: 0, done: [reply], add: [], confirmed })).toBe('committed');
      if (!first) await echo();
      expect(await store.takeEcho(lane, ['text:same'], T0)).toBe(false);
      await store.noteEchoes([{ lane, keys: ['id:2', 'text:same'], at: T0 }]);
      expect(await store.takeEcho(lane, ['text:same'], T0)).toBe(true);
    });

    it('confirms nothing for an owner who lost its lease', async () => {
      const lane = laneOf('unconfirmed');
      const lease = await owned(store);
      const reply = item(lane, `${lane}#0`, 1);
      await store.settle(lease, { partition: 0, done: [], add: [reply] });
      await store.release(lease);
      const confirmed = [{ lane, key: 'id:1', at: T0 }];
      expect(await store.settle(lease, { partition: 0, done: [reply], add: [], confirmed })).toBe('fenced');
      await store.noteEchoes([{ lane, keys: ['id:1', 'text:same'], at: T0 }]);
      expect(await store.takeEcho(lane, ['text:same'], T0)).toBe(true);
    });
  });

  describe('sweeping', () => {
    it('forgets ids past their time and idle states, and keeps what still waits', async () => {
      const idle = laneOf('idle');
      const waiting = laneOf('waiting');
      const staffed = laneOf('staffed');
      const lease = await owned(store);
      const { of, feed } = follow(store, lease);
      // Short lives instead of a moved clock: a home may measure them by a clock of its own.
      const now = Date.now();
      for (const lane of [idle, waiting, staffed]) {
        await store.accept([{ ...newEvent(lane, 'a'), acceptedAt: now, keepIdUntil: now + 200 }]);
      }
      await until(() => [idle, waiting, staffed].every((lane) => of(lane).length === 1));
      const state = { payload: Buffer.from('s'), mode: 'bot', expiresAt: now + 500 } as const;
      const reply = item(waiting, `${waiting}#0`, 1);
      await store.commit(lease, turn(of(idle)[0] as StoredEvent, { state }));
      await store.commit(lease, turn(of(waiting)[0] as StoredEvent, { state, outbox: [reply] }));
      await store.commit(lease, turn(of(staffed)[0] as StoredEvent, { state: { ...state, mode: 'staff' } }));
      const gone = async (lane: LaneId) => {
        await store.sweep(Date.now());
        return (await store.readState(lane)) === undefined;
      };
      await until(() => gone(idle), 'the idle state to go');
      expect(await store.readState(waiting)).toBeDefined();
      expect(await store.readState(staffed)).toBeDefined();
      expect(await store.accept([newEvent(idle, 'a')])).toEqual(['accepted']);
      await store.settle(lease, { partition: 0, done: [reply], add: [] });
      await until(() => gone(waiting), 'the state to go that waited for its reply');
      expect(await store.readState(staffed)).toBeDefined();
      feed.stop();
    });
  });

  it('answers a ping and counts what waits', async () => {
    await store.ping();
    const lane = laneOf('backlog');
    const before = await store.backlog();
    await store.accept([newEvent(lane, 'a')]);
    const after = await store.backlog();
    expect(after.events).toBe(before.events + 1);
    expect(after.oldestEventAt).toBeLessThanOrEqual(T0);
  });
}
