import type { EventId, LaneId } from '../../src/lib/ids.js';
import { EmbeddedFeed } from '../../src/storage/embedded/event-feed.js';
import type { StoredEvent } from '../../src/turns/turn-store.js';
import { until } from './until.js';

const event = (position: number): StoredEvent => ({
  position: String(position),
  id: `e${position}` as EventId,
  lane: 'zalo:1:2' as LaneId,
  partition: 0,
  payload: Buffer.alloc(0),
  acceptedAt: 0,
  throws: 0,
  deaths: 0,
});

it('hands an event out once, also when the reader saw its row before the writer’s answer arrived', async () => {
  const handed: string[] = [];
  const rows = [event(1), event(2)];
  let reads = 0;
  const feed = new EmbeddedFeed(
    (events) => handed.push(...events.map(({ position }) => position)),
    async (after) => {
      reads += 1;
      return rows.filter(({ position }) => Number(position) > after);
    },
  );
  feed.resume();
  await until(() => reads === 2, 'the feed to be level');
  feed.accepted(2, event(2));
  feed.accepted(3, event(3));
  expect(handed).toEqual(['1', '2', '3']);
});
