// What the Redis tests stand on: homes that are closed at the end, and short ways to make events and follow them.
import { randomBytes } from 'node:crypto';
import { HOUR } from '../../src/lib/clock.js';
import { eventId, type LaneId } from '../../src/lib/ids.js';
import { silentLog } from '../../src/lib/log.js';
import { Sealer } from '../../src/lib/sealing.js';
import { openRedis, type RedisHome, type RedisHomeOptions } from '../../src/storage/cluster/redis/open.js';
import type { Lease, NewEvent, OutboxItem, StoredEvent, TurnCommit, TurnStore } from '../../src/turns/turn-store.js';
import { until } from './until.js';

const KEY = randomBytes(32);
const homes: RedisHome[] = [];
let counter = 0;

export async function openHome(url: string, more: Partial<RedisHomeOptions> = {}): Promise<RedisHome> {
  const home = await openRedis({
    url,
    minReplicas: 0,
    allowLossy: false,
    partitions: 1,
    clock: Date.now,
    sealer: new Sealer([KEY]),
    log: silentLog,
    ...more,
  });
  homes.push(home);
  return home;
}

export function closeHomes(): void {
  for (const home of homes.splice(0)) home.close();
}

export function newLane(): LaneId {
  counter += 1;
  return `zalo:2000300040005000600:${3_000_000_000_000_000_000n + BigInt(counter)}` as LaneId;
}

export function newEvent(lane: LaneId, text: string, partition = 0): NewEvent {
  const now = Date.now();
  const id = eventId(`${lane}/${text}`);
  return { id, lane, partition, payload: Buffer.from(text), acceptedAt: now, keepIdUntil: now + HOUR };
}

export function newItem(lane: LaneId, id: string, kind: OutboxItem['kind'] = 'send'): OutboxItem {
  const payload = Buffer.from(id);
  return { id, lane, partition: 0, laneSeq: 1, kind, payload, createdAt: Date.now(), resends: 0 };
}

export function turnOf(event: StoredEvent, more: Partial<TurnCommit> = {}): TurnCommit {
  const state = { payload: Buffer.from(`state after ${event.id}`), mode: 'bot', expiresAt: Date.now() + HOUR } as const;
  return { event, state, outbox: [], timers: [], ...more };
}

/** Takes partition 0, also from an owner that died. */
export async function own(store: TurnStore, owner: string, ttlMs = 60_000): Promise<Lease> {
  let lease: Lease | undefined;
  await until(async () => {
    lease = await store.acquire('partition:0', owner, ttlMs).catch(() => undefined);
    return lease !== undefined;
  }, 'the lease');
  return lease as Lease;
}

export function follow(store: TurnStore, lease: Lease) {
  const seen: StoredEvent[] = [];
  const feed = store.follow(lease, 0, (events) => void seen.push(...events));
  const texts = () => seen.map(({ payload }) => payload.toString());
  return { seen, feed, texts };
}

/** As the platforms do: until it is taken. */
export async function acceptInTheEnd(store: TurnStore, event: NewEvent): Promise<void> {
  await until(async () => {
    const outcome = await store.accept([event]).catch(() => undefined);
    return outcome !== undefined;
  }, 'the event to be accepted');
}
