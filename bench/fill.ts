// Fills a home with idle conversations through the store's own contract: an event for each, and the commit of its turn with the
// state that a real conversation left. No replies, no effects; ids of events are forgotten at the end.
import { demoAccounts } from '../simulators/accounts.js';
import { DAY, systemClock } from '../src/lib/clock.js';
import { StorageUnavailable } from '../src/lib/errors.js';
import { citizenLane, eventId, type LaneId } from '../src/lib/ids.js';
import type { Home } from '../src/storage/home.js';
import type { Codec } from '../src/turns/codec.js';
import { leaseName, partitionOf } from '../src/turns/partitions.js';
import type { Lease, NewEvent, StoredEvent, TurnStore } from '../src/turns/turn-store.js';
import { userOf } from './load-run.js';
import { pause, until } from './waiting.js';
import { userId } from './webhook-bodies.js';

const AT_ONCE = 2_048;
const LEASE_MS = 3_600_000;
/** Long enough to repeat what a busy machine was too slow for. */
const ID_LIFE_MS = 10_000;
const TRIES = 10;
/** As conversations come: in no order. */
const WALK = { from: 0, step: 611_953 };
const NOTHING = Buffer.alloc(1);

/** The lane of the load generator's user. */
export function laneOf(user: number): LaneId {
  return citizenLane({ channel: 'zalo', account: demoAccounts.zalo.oaId, user: userId(user) });
}

/** `states`: as JSON, given to the conversations in turn. Returns the mean size of a sealed state, bytes. */
export async function fill(home: Home, codec: Codec, states: readonly string[], count: number): Promise<number> {
  const { turns, partitions } = home;
  let [left, sealedBytes] = [0, 0];
  let failure: unknown;
  const store = async (lease: Lease, event: StoredEvent): Promise<void> => {
    const text = states[Number(event.id) % states.length] ?? '{}';
    const payload = codec.sealState(event.lane, text);
    sealedBytes += payload.length;
    const state = { payload, mode: 'bot', expiresAt: systemClock() + 30 * DAY } as const;
    const outcome = await insist(() => turns.commit(lease, { event, state, outbox: [], timers: [] }));
    if (outcome !== 'committed') throw new Error('a lease was lost while the store was filled');
    left -= 1;
  };
  const held = await Promise.all(Array.from({ length: partitions }, (_, partition) => hold(turns, partition)));
  const feeds = held.map((lease, partition) =>
    turns.follow(lease, partition, (events) => {
      for (const event of events) store(lease, event).catch((error: unknown) => (failure ??= error));
    }),
  );
  for (let from = 0; from < count; from += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - from);
    left = size;
    const events = Array.from({ length: size }, (_, index) => newEvent(from + index, count, partitions));
    await insist(() => turns.accept(events));
    await until(() => left === 0 || failure !== undefined, 'the commits', 60_000, 1);
    if (failure !== undefined) throw failure;
  }
  for (const feed of feeds) feed.stop();
  await Promise.all(held.map((lease) => turns.release(lease)));
  await forgetIds(turns);
  return sealedBytes / count;
}

/** Writing the same once more changes nothing. */
async function insist<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StorageUnavailable) || tries === TRIES) throw error;
      await pause(ID_LIFE_MS / TRIES / 2);
    }
  }
}

async function hold(turns: TurnStore, partition: number): Promise<Lease> {
  const lease = await turns.acquire(leaseName(partition), 'filler', LEASE_MS);
  if (lease === undefined) throw new Error('the store to be filled belongs to somebody');
  return lease;
}

function newEvent(index: number, users: number, partitions: number): NewEvent {
  const lane = laneOf(userOf({ users, walk: WALK }, index));
  const now = systemClock();
  return {
    id: eventId(String(index)),
    lane,
    partition: partitionOf(lane, partitions),
    payload: NOTHING,
    acceptedAt: now,
    keepIdUntil: now + ID_LIFE_MS,
  };
}

/** Redis forgets by itself; the embedded home in slices, a walk over all states at a time. */
async function forgetIds(turns: TurnStore): Promise<void> {
  await pause(ID_LIFE_MS);
  for (let gone = 1; gone > 0; ) gone = await turns.sweep(systemClock());
}
