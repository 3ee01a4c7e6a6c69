// What citizens said is told the portal: in order, again and again, exactly once, and not for ever.
import { DAY, MINUTE, SECOND } from '../../src/lib/clock.js';
import { eventId, systemLane } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import {
  GIVE_UP_AFTER,
  RETRY,
  type TaskLaneServices,
  takeTasks,
} from '../../src/notices/portal-tasks/portal-task-lane.js';
import { PORTAL_TASKS } from '../../src/notices/portal-tasks/tasks.js';
import type { FeedbackReport, FeedbackStatus, PortalReports, WriteAnswer } from '../../src/portal/portal.js';
import type { Blobs } from '../../src/records/blobs.js';
import type { Effect, EventBody, TurnRequest } from '../../src/turns/turn.js';

const NOW = Date.UTC(2026, 10, 9, 3);
const LANE = systemLane('portal', 'PA-7K3F-92');
const CITIZEN = 'zalo:oa:u1';
const down = { result: 'unavailable', reason: 'network' } as const;

class FakeReports implements PortalReports {
  readonly configured = true;
  readonly sent: [key: string, report: FeedbackReport][] = [];
  readonly photos: string[] = [];
  next: WriteAnswer<FeedbackStatus>[] = [];
  photoAnswers: WriteAnswer<{ id: string }>[] = [];

  async sendFeedback(report: FeedbackReport, key: string) {
    this.sent.push([key, report]);
    return (
      this.next.shift() ??
      ({ result: 'accepted', value: { code: 'PAKN-1', status: 'received', updatedAt: 5 } } as const)
    );
  }
  async sendPhoto(_jpeg: Buffer, key: string) {
    this.photos.push(key);
    return this.photoAnswers.shift() ?? ({ result: 'accepted', value: { id: `id of ${key}` } } as const);
  }
  async reopenFeedback(): Promise<WriteAnswer<FeedbackStatus>> {
    return this.next.shift() ?? { result: 'rejected', code: 'reopening-window-passed' };
  }
  async feedback() {
    return { result: 'not-found' } as const;
  }
  ratingAnswer: WriteAnswer<undefined> = { result: 'accepted', value: undefined };
  async sendRating() {
    return this.ratingAnswer;
  }
}

/** A lane as the engine keeps it: its state, its timer, and a clock. */
class Lane {
  readonly reports = new FakeReports();
  readonly effects: Effect[] = [];
  readonly letters: string[] = [];
  readonly lost = new Set<string>();
  data: JsonObject = {};
  now = NOW;
  dueAt: number | undefined;
  private events = 0;

  private readonly blobs: Pick<Blobs, 'get'> = {
    get: async (id) =>
      this.lost.has(id)
        ? undefined
        : { info: { id, lane: CITIZEN, mimeType: 'image/jpeg', sizeBytes: 1, createdAt: 0 }, bytes: Buffer.from(id) },
  };

  private get services(): TaskLaneServices {
    return {
      tasks: PORTAL_TASKS,
      reports: this.reports,
      blobs: this.blobs,
      random: () => 0.5,
      letter: ({ id, lane }, reason, at) => {
        this.letters.push(reason);
        return { type: 'dead-letter', letter: { id: `event:${id}`, lane, source: 'event', reason, at, payload: '' } };
      },
    };
  }

  async takes(body: EventBody): Promise<void> {
    this.events += 1;
    const event = { id: eventId(`e${this.events}`), lane: LANE, at: this.now, acceptedAt: this.now, late: false, body };
    const request: TurnRequest = {
      event,
      mode: 'bot',
      data: this.data,
      now: this.now,
      throws: 0,
      signal: new AbortController().signal,
      recordsSettled: async () => undefined,
    };
    const { data, effects, timers } = await takeTasks(request, this.services);
    this.data = JSON.parse(JSON.stringify(data));
    this.effects.push(...effects);
    this.dueAt = undefined;
    for (const timer of timers) if (timer.type === 'set') this.dueAt = timer.dueAt;
  }

  /** Lets the timer fall due; the time waited. */
  async falls(): Promise<number> {
    if (this.dueAt === undefined) throw new Error('no timer is set');
    const waited = this.dueAt - this.now;
    this.now = this.dueAt;
    await this.takes({ kind: 'timer', name: RETRY, generation: 1, payload: null });
    return waited;
  }

  get notices(): unknown[] {
    return this.effects.flatMap((effect) => (effect.type === 'append' ? [[effect.lane, effect.body]] : []));
  }
}

const report = { category: 'Khác', content: 'Rác đổ đầy đường', publishConsent: false, createdAt: NOW };
const task = (photos: string[] = []): EventBody => ({
  kind: 'portal-task',
  task: 'send-feedback',
  data: { code: 'PA-7K3F-92', lane: CITIZEN, photos, report },
});

it('tells the portal under our code, and the citizen what it answered', async () => {
  const lane = new Lane();
  await lane.takes(task());
  expect(lane.reports.sent).toEqual([['PA-7K3F-92', { clientCode: 'PA-7K3F-92', ...report }]]);
  expect(lane.notices).toEqual([
    [
      CITIZEN,
      {
        kind: 'notice',
        name: 'feedback.accepted',
        data: { code: 'PA-7K3F-92', status: { code: 'PAKN-1', status: 'received', updatedAt: 5 } },
      },
    ],
  ]);
  expect([lane.data, lane.dueAt]).toEqual([{}, undefined]);
});

it('tries again later and later, with the same key and the same words, until the portal answers', async () => {
  const lane = new Lane();
  lane.reports.next = Array.from({ length: 9 }, () => down);
  await lane.takes(task());
  const waits: number[] = [];
  while (lane.dueAt !== undefined) waits.push(await lane.falls());
  expect(waits.slice(0, 3)).toEqual([10 * SECOND, 20 * SECOND, 40 * SECOND]);
  expect(Math.max(...waits)).toBe(15 * MINUTE);
  expect(new Set(lane.reports.sent.map((sent) => JSON.stringify(sent))).size).toBe(1);
  expect(lane.notices).toHaveLength(1);
});

it('waits as long as a busy portal asks', async () => {
  const lane = new Lane();
  lane.reports.next = [{ result: 'rate-limited', retryAfterMs: 5 * MINUTE }];
  await lane.takes(task());
  expect(await lane.falls()).toBe(5 * MINUTE);
  expect(lane.notices).toHaveLength(1);
});

it('says so when the portal will not take it', async () => {
  const lane = new Lane();
  lane.reports.next = [{ result: 'rejected', code: 'invalid' }];
  await lane.takes(task());
  expect(lane.notices).toEqual([
    [CITIZEN, { kind: 'notice', name: 'feedback.rejected', data: { code: 'PA-7K3F-92', reason: 'invalid' } }],
  ]);
});

it('gives up after seven days: a dead letter for staff, and the truth for the citizen', async () => {
  const lane = new Lane();
  lane.reports.next = Array.from({ length: 2000 }, () => down);
  await lane.takes(task());
  while (lane.dueAt !== undefined) await lane.falls();
  expect(lane.now - NOW).toBeGreaterThanOrEqual(GIVE_UP_AFTER);
  expect(lane.now - NOW).toBeLessThan(GIVE_UP_AFTER + DAY);
  expect(lane.letters).toEqual(['portal-task.network']);
  expect(lane.notices).toEqual([
    [CITIZEN, { kind: 'notice', name: 'feedback.undelivered', data: { code: 'PA-7K3F-92' } }],
  ]);
});

it('sends photos first, each once, and does without those that are gone or refused', async () => {
  const lane = new Lane();
  lane.lost.add('b2');
  lane.reports.photoAnswers = [
    down,
    { result: 'accepted', value: { id: 'f1' } },
    { result: 'rejected', code: 'too-large' },
  ];
  await lane.takes(task(['b1', 'b2', 'b3', 'b4']));
  while (lane.dueAt !== undefined) await lane.falls();
  expect(lane.reports.photos).toEqual([
    'PA-7K3F-92:photo:1',
    'PA-7K3F-92:photo:1',
    'PA-7K3F-92:photo:3',
    'PA-7K3F-92:photo:4',
  ]);
  expect(lane.reports.sent).toHaveLength(1);
  expect(lane.reports.sent[0]?.[1].photoIds).toEqual(['f1', 'id of PA-7K3F-92:photo:4']);
});

it('keeps the order: what comes later waits for what is before it', async () => {
  const lane = new Lane();
  lane.reports.next = [down];
  await lane.takes(task());
  const { dueAt } = lane;
  lane.now += SECOND;
  const data = { code: 'PA-7K3F-92', portalCode: 'PAKN-1', lane: CITIZEN, key: 'k' };
  await lane.takes({ kind: 'portal-task', task: 'reopen-feedback', data });
  expect(lane.notices).toEqual([]);
  lane.dueAt = dueAt;
  lane.reports.next = [
    { result: 'accepted', value: { code: 'PAKN-1', status: 'received' } },
    { result: 'rejected', code: 'reopening-window-passed' },
  ];
  await lane.falls();
  expect(lane.notices).toMatchObject([
    [CITIZEN, { name: 'feedback.accepted' }],
    [CITIZEN, { name: 'feedback.reopen-refused', data: { reason: 'reopening-window-passed' } }],
  ]);
});

it.each([
  ['an unknown task', { kind: 'portal-task', task: 'dance', data: {} }, 'portal-task.unknown-task'],
  ['data of no task', { kind: 'portal-task', task: 'send-feedback', data: { code: 7 } }, 'portal-task.bad-data'],
] as const)('lays %s aside for staff and goes on', async (_what, body, reason) => {
  const lane = new Lane();
  await lane.takes(body);
  expect(lane.letters).toEqual([reason]);
  await lane.takes(task());
  expect(lane.notices).toHaveLength(1);
});

it('shows staff a rating that the portal does not take, with its reason', async () => {
  const lane = new Lane();
  lane.reports.ratingAnswer = { result: 'rejected', code: 'not-finished' };
  const rating = { subject: { kind: 'dossier', code: 'H01' }, score: 2, createdAt: NOW };
  await lane.takes({ kind: 'portal-task', task: 'send-rating', data: { key: 'k', rating } });
  expect(lane.letters).toEqual(['portal-task.rejected.not-finished']);
  expect([lane.data, lane.dueAt, lane.notices]).toEqual([{}, undefined, []]);
});

describe('what a citizen takes back', () => {
  const amends = (take: string): EventBody => ({
    kind: 'portal-task',
    task: 'amend-feedback',
    data: { code: 'PA-7K3F-92', take },
  });
  const agreed = (): EventBody => ({
    kind: 'portal-task',
    task: 'send-feedback',
    data: { code: 'PA-7K3F-92', lane: CITIZEN, photos: [], report: { ...report, publishConsent: true } },
  });

  async function waits(): Promise<Lane> {
    const lane = new Lane();
    lane.reports.next = [down];
    await lane.takes(agreed());
    return lane;
  }

  /** The timer of what waited is still set: an amendment sets none. */
  async function afterwards(lane: Lane, body: EventBody): Promise<void> {
    const { dueAt } = lane;
    await lane.takes(body);
    lane.dueAt = dueAt;
    await lane.falls();
  }

  it('is not said to the portal: the consent to show a report that waits', async () => {
    const lane = await waits();
    await afterwards(lane, amends('consent'));
    expect(lane.reports.sent.map(([, { publishConsent }]) => publishConsent)).toEqual([true, false]);
    expect(lane.letters).toEqual([]);
  });

  it('is not said to the portal: a report that waits', async () => {
    const lane = await waits();
    await afterwards(lane, amends('all'));
    expect(lane.reports.sent).toHaveLength(1);
    expect([lane.data, lane.letters, lane.notices]).toEqual([{}, [], []]);
  });

  it.each([
    ['the consent', 'consent', ['portal-task.too-late']],
    ['everything', 'all', []],
  ])('and has left already: staff learn of %s as far as it is theirs to do', async (_what, take, letters) => {
    const lane = new Lane();
    await lane.takes(agreed());
    await lane.takes(amends(take));
    expect(lane.letters).toEqual(letters);
  });
});
