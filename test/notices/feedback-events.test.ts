// The portal announces a new state of a report: into which lane the news goes, whatever came first.
import { eventId, type LaneId, systemLane } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import { followFeedback, LOOK_AGAIN } from '../../src/notices/feedback-events.js';
import { putDocument } from '../../src/records/documents.js';
import { FEEDBACK, type Report } from '../../src/records/feedback.js';
import type { EventBody } from '../../src/turns/turn.js';
import { FakeDocuments, NOW } from '../flows/town.js';

const CITIZEN = 'zalo:oa:u1' as LaneId;
const report: Report = {
  event: 'e',
  category: 'khac',
  content: 'Rác',
  photos: [],
  publishConsent: false,
  createdAt: NOW,
  delivery: 'sent',
  progress: { code: 'PAKN-1', status: 'received', updatedAt: NOW },
  reopened: 0,
  changedAt: NOW,
};
const event = (code: string, status: string): EventBody => ({
  kind: 'portal-event',
  type: 'feedback.status-changed',
  occurredAt: NOW,
  data: { code, status },
});
const lookAgain: EventBody = { kind: 'timer', name: LOOK_AGAIN, generation: 1, payload: null };

const follow = (documents: FakeDocuments, body: EventBody, data: JsonObject = {}) =>
  followFeedback(
    {
      event: { id: eventId('p'), lane: systemLane('portal', 'x'), at: NOW, acceptedAt: NOW, late: false, body },
      mode: 'bot',
      data,
      now: NOW,
      throws: 0,
      signal: new AbortController().signal,
      recordsSettled: async () => undefined,
    },
    documents,
  );

function stored(): FakeDocuments {
  const documents = new FakeDocuments();
  documents.apply(CITIZEN, putDocument(FEEDBACK, 'PA-7K3F-92', report));
  return documents;
}

it.each(['PAKN-1', 'PA-7K3F-92'])('finds the report by %s', async (code) => {
  const { effects, timers } = await follow(stored(), event(code, 'answered'));
  expect(timers).toEqual([]);
  expect(effects).toMatchObject([
    {
      lane: CITIZEN,
      body: { kind: 'notice', name: 'feedback.status', data: { code: 'PA-7K3F-92', status: { status: 'answered' } } },
    },
  ]);
});

it('looks again for a report that is not known yet, keeps all that comes meanwhile, and forgets a stranger’s', async () => {
  const documents = new FakeDocuments();
  const first = await follow(documents, event('PAKN-1', 'processing'));
  expect(first.timers).toMatchObject([{ type: 'set', name: LOOK_AGAIN }]);
  const second = await follow(documents, event('PAKN-1', 'answered'), first.data);
  const found = await follow(stored(), lookAgain, second.data);
  expect(found.effects).toHaveLength(2);
  expect(found.data).toEqual({});
  let { data } = second;
  for (let looks = 0; looks < 10; looks += 1) ({ data } = await follow(documents, lookAgain, data));
  expect(data).toEqual({});
});

it('stays away from what is no state of a report', async () => {
  const odd = await follow(stored(), {
    kind: 'portal-event',
    type: 'feedback.status-changed',
    occurredAt: 1,
    data: {},
  });
  expect(odd).toEqual({ data: {}, effects: [], timers: [] });
});
