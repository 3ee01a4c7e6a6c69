// Who runs next when more wait than may run: what somebody waits for first, the others never for good.
import { eventId, type LaneId } from '../../src/lib/ids.js';
import { Lanes } from '../../src/turns/lanes.js';
import { TurnSlots } from '../../src/turns/turn-slots.js';
import type { StoredEvent } from '../../src/turns/turn-store.js';
import { until } from '../storage/until.js';

function event(lane: string, id: string): StoredEvent {
  const shared = { partition: 0, payload: Buffer.alloc(0), acceptedAt: 0, throws: 0, deaths: 0 };
  return { position: id, id: eventId(id), lane: lane as LaneId, ...shared };
}

it('lets citizens go before the portal, other lanes and timers, which get their turn all the same', async () => {
  const ran: string[] = [];
  const lanes = new Lanes(
    async ({ id }) => {
      ran.push(id);
      await new Promise((resolve) => setImmediate(resolve));
      return { done: true };
    },
    { slots: new TurnSlots(1) },
  );
  const patient = [
    event('portal:a', 'portal:1'),
    event('zalo:1:an', 'portal:1#0'),
    event('zalo:1:binh', 'zalo:1:x#3~failed'),
    event('zalo:1:chi', 'timer:zalo:1:chi:notices:1:5'),
  ];
  const citizens = Array.from({ length: 20 }, (_, index) => event(`zalo:1:u${index}`, `zalo:1:m${index}`));
  lanes.add([...patient, ...citizens]);
  await until(() => lanes.depth === 0, 'all turns');
  const places = patient.map(({ id }) => ran.indexOf(id));
  expect(places).toEqual([8, 17, 22, 23]);
  expect(ran.filter((id) => id.startsWith('zalo:1:m'))).toEqual(citizens.map(({ id }) => id));
});
