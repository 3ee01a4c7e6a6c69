// A portal that tells of no changes is asked for the reports that still wait for their answer, and for no others.
import { DAY } from '../../src/lib/clock.js';
import { citizenLane } from '../../src/lib/ids.js';
import { feedbackPoll } from '../../src/notices/feedback-poll.js';
import type { FeedbackAnswer, FeedbackStatus } from '../../src/portal/portal.js';
import { putDocument } from '../../src/records/documents.js';
import { FEEDBACK, type Report } from '../../src/records/feedback.js';
import { FakeDocuments, NOW } from '../flows/town.js';

const AT = NOW - DAY;

function desk(answer: (code: string) => FeedbackAnswer) {
  const documents = new FakeDocuments();
  const asked: string[] = [];
  const events = new Map<string, [subject: string, body: unknown]>();
  const round = feedbackPoll({
    documents,
    reports: {
      async feedback(code) {
        asked.push(code);
        return answer(code);
      },
    },
    acceptor: {
      async acceptPortalEvent(id, subject, body) {
        if (!events.has(id)) events.set(id, [subject, body]);
      },
    },
    clock: () => NOW,
  });
  const poll = () => round.once(async () => undefined, new AbortController().signal);
  return { documents, asked, events, poll };
}

function reported(documents: FakeDocuments, code: string, status: string | undefined, more: Partial<Report> = {}) {
  const lane = citizenLane({ channel: 'zalo', account: '1', user: code });
  const report: Report = {
    event: 'e',
    category: 'khac',
    content: 'Rác đổ đầy đường',
    photos: [],
    publishConsent: false,
    createdAt: AT,
    delivery: status === undefined ? 'queued' : 'sent',
    ...(status === undefined ? {} : { progress: { code: `PAKN-${code}`, status, updatedAt: AT } }),
    reopened: 0,
    changedAt: AT,
    ...more,
  };
  documents.apply(lane, putDocument(FEEDBACK, code, report));
}

const found = (code: string, status: FeedbackStatus['status'], updatedAt?: number): FeedbackAnswer => ({
  result: 'found',
  feedback: { code, status, ...(updatedAt === undefined ? {} : { updatedAt }) },
});

it('asks for what waits for an answer, and announces what is new', async () => {
  const { documents, asked, events, poll } = desk((code) => found(code, 'answered', AT + 1));
  reported(documents, 'A', 'processing');
  for (const settled of ['answered', 'published', 'closed', 'returned']) reported(documents, settled, settled);
  reported(documents, 'Q', undefined);
  reported(documents, 'OLD', 'received', { changedAt: NOW - 200 * DAY });
  expect(await poll()).toBeUndefined();
  expect(asked).toEqual(['PAKN-A']);
  expect([...events.values()]).toMatchObject([
    [
      'PAKN-A',
      {
        type: 'feedback.status-changed',
        occurredAt: NOW,
        data: { code: 'PAKN-A', status: 'answered', updatedAt: AT + 1 },
      },
    ],
  ]);
  // Not told yet: the same difference is the same event.
  await poll();
  expect(events.size).toBe(1);
});

it.each([
  ['what is known', found('PAKN-A', 'processing', AT)],
  ['what is older', found('PAKN-A', 'assigned', AT - 1)],
  ['what the portal does not know', { result: 'not-found' } as const],
])('announces nothing of %s', async (_what, answer) => {
  const { documents, asked, events, poll } = desk(() => answer);
  reported(documents, 'A', 'processing');
  expect(await poll()).toBeUndefined();
  expect([asked.length, events.size]).toEqual([1, 0]);
});

it('goes through all pages', async () => {
  const { documents, asked, poll } = desk((code) => found(code, 'processing', AT));
  for (let n = 0; n < 230; n += 1) reported(documents, `R${n}`, 'processing');
  await poll();
  expect(new Set(asked).size).toBe(230);
});

it('stops at a portal in trouble, and says for how long', async () => {
  const { documents, asked, poll } = desk(() => ({ result: 'rate-limited', retryAfterMs: 60_000 }));
  reported(documents, 'A', 'received');
  reported(documents, 'B', 'received');
  expect(await poll()).toEqual({ reason: 'rate-limited', afterMs: 60_000 });
  expect(asked).toHaveLength(1);
});
