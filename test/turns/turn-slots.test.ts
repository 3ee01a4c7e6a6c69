// The turns of a process share its slots: as many at once as there are, the longest waiting partition first, and no endless row
// of starts in one round of the event loop.
import type { EventId, LaneId } from '../../src/lib/ids.js';
import { type HeadOutcome, Lanes } from '../../src/turns/lanes.js';
import { TurnSlots } from '../../src/turns/turn-slots.js';
import type { StoredEvent } from '../../src/turns/turn-store.js';

const round = () => new Promise((resolve) => setImmediate(resolve));

async function rounds(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await round();
}

function eventOf(lane: string): StoredEvent {
  const id = `e:${lane}`;
  return {
    position: id,
    id: id as EventId,
    lane: `zalo:1:${lane}` as LaneId,
    partition: 0,
    payload: Buffer.alloc(0),
    acceptedAt: 0,
    throws: 0,
    deaths: 0,
  };
}

/** Lanes whose turns run until they are told to end. */
function partition(slots: TurnSlots, started: string[]) {
  const ends: (() => void)[] = [];
  const lanes = new Lanes(
    (event) => {
      started.push(event.lane.slice('zalo:1:'.length));
      return new Promise<HeadOutcome>((resolve) => ends.push(() => resolve({ done: true })));
    },
    { slots },
  );
  return { lanes, endOne: () => ends.shift()?.() };
}

describe('the slots of a process', () => {
  it('run no more turns at once over all partitions than there are slots', async () => {
    const started: string[] = [];
    const slots = new TurnSlots(3);
    const [one, other] = [partition(slots, started), partition(slots, started)];
    one.lanes.add(['a', 'b'].map(eventOf));
    other.lanes.add(['c', 'd'].map(eventOf));
    await rounds(5);
    expect(started).toEqual(['a', 'b', 'c']);

    one.endOne();
    await rounds(5);
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });

  it('go to the partition that has waited longest, not to the one that gave a slot back', async () => {
    const started: string[] = [];
    const slots = new TurnSlots(1);
    const [one, other] = [partition(slots, started), partition(slots, started)];
    one.lanes.add(['a', 'b', 'c'].map(eventOf));
    other.lanes.add(['x', 'y'].map(eventOf));
    for (const next of [one, one, other, one, other]) {
      await rounds(5);
      next.endOne();
    }
    await rounds(5);
    expect(started).toEqual(['a', 'b', 'x', 'c', 'y']);
  });

  it('start four turns in one round of the event loop at most', async () => {
    const started: string[] = [];
    const slots = new TurnSlots(64);
    partition(slots, started).lanes.add(['a', 'b', 'c'].map(eventOf));
    partition(slots, started).lanes.add(['d', 'e', 'f'].map(eventOf));
    expect(started).toEqual(['a', 'b', 'c', 'd']);
    await round();
    expect(started).toHaveLength(6);
  });

  it('are left to citizens for the most part, whatever else comes in', async () => {
    const started: string[] = [];
    const slots = new TurnSlots(16);
    const { lanes, endOne } = partition(slots, started);
    const fromPortal = Array.from({ length: 9 }, (_, n) => ({
      ...eventOf(`p${n}`),
      id: `portal:${n}#0` as EventId,
    }));
    lanes.add(fromPortal);
    await rounds(5);
    expect(started).toEqual(['p0', 'p1']);
    lanes.add(['a', 'b'].map(eventOf));
    await rounds(5);
    expect(started).toEqual(['p0', 'p1', 'a', 'b']);
    endOne();
    await rounds(5);
    expect(started).toEqual(['p0', 'p1', 'a', 'b', 'p2']);
  });
});
