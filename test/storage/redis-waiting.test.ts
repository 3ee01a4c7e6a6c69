// Whatever happens in whatever order, and repeated as often as lost answers make it: what waits in a lane is counted right,
// and its state expires exactly when nothing waits and the bot has the word.
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import type { LaneId } from '../../src/lib/ids.js';
import { partitionKeys } from '../../src/storage/cluster/redis/keys.js';
import type { Lease, OutboxItem, StoredEvent, TimerWrite, TurnStore } from '../../src/turns/turn-store.js';
import { describeWithRedis, RedisServer } from './redis-server.js';
import { closeHomes, follow, newEvent, newItem, newLane, openHome, own, turnOf } from './redis-stage.js';
import { removeTemporaryFolders } from './temporary.js';
import { until } from './until.js';

const keys = partitionKeys(0);

const step = fc.oneof(
  fc.record({ kind: fc.constant('accept' as const), lane: fc.nat(1) }),
  fc.record({
    kind: fc.constant('commit' as const),
    items: fc.nat(2),
    mode: fc.constantFrom('bot' as const, 'staff' as const),
    forget: fc.boolean(),
    timer: fc.constantFrom('none' as const, 'set' as const, 'cancel' as const),
  }),
  fc.record({ kind: fc.constant('settle' as const), replace: fc.boolean() }),
  fc.record({ kind: fc.constant('drop' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer Known> ? Known : never;

describeWithRedis('what waits in a lane', () => {
  let server: RedisServer;
  let client: Redis;
  let store: TurnStore;
  let lease: Lease;

  beforeAll(async () => {
    server = await RedisServer.start();
    client = server.client();
    store = (await openHome(server.url)).turns;
    lease = await own(store, 'owner');
  });

  afterAll(async () => {
    closeHomes();
    client.disconnect();
    await server.kill();
    removeTemporaryFolders();
  });

  async function play(steps: readonly Step[], lanes: readonly LaneId[]): Promise<Map<LaneId, 'bot' | 'staff'>> {
    const { seen, feed } = follow(store, lease);
    const modes = new Map<LaneId, 'bot' | 'staff'>();
    const generations = new Map<LaneId, number>();
    let texts = 0;
    let done = 0;
    const twice = async <T>(work: () => Promise<T>): Promise<T> => {
      await work();
      return work();
    };
    const commit = async (event: StoredEvent, { items, mode, forget, timer }: Extract<Step, { kind: 'commit' }>) => {
      const outbox = Array.from({ length: items }, (_, index) => newItem(event.lane, `${event.id}#${index}`));
      const generation = (generations.get(event.lane) ?? 0) + 1;
      generations.set(event.lane, generation);
      const set: TimerWrite = { type: 'set', name: 'nap', generation, dueAt: 5, payload: Buffer.from('z') };
      const timers = { none: [], set: [set], cancel: [{ type: 'cancel', name: 'nap' } as const] }[timer];
      const turn = turnOf(event, { outbox, timers });
      const state = forget || turn.state === null ? null : { ...turn.state, mode };
      expect(await twice(() => store.commit(lease, { ...turn, state }))).toBe('committed');
      if (state === null) modes.delete(event.lane);
      else modes.set(event.lane, mode);
    };
    for (const next of steps) {
      if (next.kind === 'accept') {
        texts += 1;
        const event = newEvent(lanes[next.lane] as LaneId, String(texts));
        await twice(() => store.accept([event]));
      } else if (next.kind === 'commit' && done < texts) {
        await until(() => seen.length > done);
        await commit(seen[done] as StoredEvent, next);
        done += 1;
      } else if (next.kind === 'settle') {
        const items: OutboxItem[] = (await store.unsettled(lease, 0)).slice(0, 2);
        const add = next.replace ? items.slice(0, 1).map((item) => ({ ...item, id: `${item.id}~` })) : [];
        await twice(() => store.settle(lease, { partition: 0, done: items, add }));
      } else if (next.kind === 'drop') {
        const [timer] = await store.dueTimers(0, 5, 1);
        if (timer !== undefined) await twice(() => store.dropTimer(timer));
      }
    }
    feed.stop();
    return modes;
  }

  it('is counted right, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        await client.del(...(await client.keys('{p:0}:*')).filter((key) => !key.endsWith(':lease')), 'none');
        const lanes = [newLane(), newLane()];
        const modes = await play(steps, lanes);
        const events = (await client.xrange(keys.events, '-', '+')).map(([, fields]) => fields[3]);
        const items = (await store.unsettled(lease, 0)).map(({ lane }) => lane);
        const timers = (await store.dueTimers(0, 5, 100)).map(({ lane }) => lane);
        for (const lane of lanes) {
          const waits = [...events, ...items, ...timers].filter((of) => of === lane).length;
          expect(Number((await client.hget(keys.waiting, lane)) ?? 0)).toBe(waits);
          const lasts = waits > 0 || modes.get(lane) === 'staff';
          const expiry = await client.pttl(keys.state(lane));
          if (!modes.has(lane)) expect(expiry).toBe(-2);
          else if (lasts) expect(expiry).toBe(-1);
          else expect(expiry).toBeGreaterThan(0);
        }
        expect(await client.zcard(keys.outboxAge)).toBe(items.length);
        expect(await client.hlen(keys.timers)).toBe(timers.length);
      }),
      { numRuns: 60 },
    );
  });
});
