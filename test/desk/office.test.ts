// The desk's routes around the conversations, over real HTTP and an embedded home: what each shows, changes and writes down. Who may
// use them is rights.test.ts, the tables office-exports.test.ts.

import { parse } from 'yaml';
import type {
  AuditView,
  Canned,
  DataRequestView,
  DeadLetterView,
  FeedbackView,
  NotUnderstoodView,
  Page,
  Statistics,
  Supervision,
} from '../../src/desk/api.js';
import { eventId, systemLane } from '../../src/lib/ids.js';
import { Sealer } from '../../src/lib/sealing.js';
import { DATA_REQUEST, type DataRequest } from '../../src/records/data-request.js';
import { DAY_FIGURES } from '../../src/records/desk-records.js';
import { FEEDBACK, type Report } from '../../src/records/feedback.js';
import { RATING, type Rating } from '../../src/records/rating.js';
import { DUTY } from '../../src/records/staff.js';
import { TICKET } from '../../src/records/ticket.js';
import { Codec } from '../../src/turns/codec.js';
import { outcomeOf } from '../../src/turns/desk-action.js';
import { until } from '../storage/until.js';
import { KEY, outcome, textOf } from '../turns/workshop.js';
import {
  ALPHA,
  BETA,
  type Browser,
  closeStages,
  laneIn,
  type OfficeStage,
  officeStage,
  ticket,
} from './office-stage.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

let stage: OfficeStage;
let supervisor: Browser;
let editor: Browser;
let now: number;
/** What citizens' lanes were given. */
const taken: { lane: string; action: string; data: unknown }[] = [];
const heard: string[] = [];
let refusal: string | undefined;

beforeAll(async () => {
  stage = await officeStage(async (request) => {
    const { body, lane } = request.event;
    if (body.kind !== 'desk-action') {
      heard.push(textOf(request));
      return outcome(request);
    }
    taken.push({ lane, action: body.action, data: body.data });
    return outcome(request, { effects: [outcomeOf(request.event, request.now, refusal ?? 'done')] });
  });
  supervisor = await stage.signIn('sau', { agency: ALPHA, role: 'supervisor' });
  editor = await stage.signIn('tam', { agency: ALPHA, role: 'content-editor' });
  now = Date.now();
});
afterAll(closeStages);

async function read<T>(who: Browser, path: string): Promise<T> {
  const answer = await who.get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return (await answer.json()) as T;
}

const report = (change: Partial<Report> = {}): Report => ({
  event: 'e',
  category: 'ha-tang',
  content: 'Đường trước nhà hỏng, gọi tôi 0912345678',
  place: { latitude: 10.03, longitude: 105.78 },
  photos: [],
  publishConsent: true,
  createdAt: now,
  delivery: 'undelivered',
  reopened: 0,
  agency: ALPHA,
  changedAt: now,
  ...change,
});

describe('answers kept ready', () => {
  it('are written, found by their agency’s staff in the order of their titles, changed and taken away', async () => {
    const officer = await stage.signIn('chin', { agency: ALPHA, role: 'officer' });
    const body = { agency: ALPHA, title: 'Giờ làm việc', text: 'Chào {name}, chúng tôi làm việc từ 7 giờ 30.' };
    expect((await editor.send('PUT', '/canned/b', body)).status).toBe(200);
    expect((await editor.send('PUT', '/canned/a', { ...body, title: 'Chào', text: ' Xin chào ' })).status).toBe(200);
    const { items } = await read<Page<Canned>>(officer, '/canned');
    expect(items.map(({ id, text }) => [id, text])).toEqual([
      ['a', 'Xin chào'],
      ['b', body.text],
    ]);
    expect((await officer.send('PUT', '/canned/b', body)).status).toBe(403);
    expect((await editor.send('DELETE', '/canned/b')).status).toBe(200);
    expect((await editor.send('DELETE', '/canned/b')).status).toBe(404);
    expect((await read<Page<Canned>>(officer, '/canned')).items.map(({ id }) => id)).toEqual(['a']);
    await until(
      async () => (await stage.trail(ALPHA)).filter(({ object }) => object.startsWith('canned:')).length === 3,
    );
  });

  it('stay in their agency: nobody else’s is written over, and none goes where one may not write', async () => {
    const other = await stage.signIn('other', { agency: BETA, role: 'content-editor' });
    const body = { agency: BETA, title: 'Của tôi', text: 'Của tôi' };
    expect((await other.send('PUT', '/canned/a', body)).status).toBe(404);
    expect((await editor.send('PUT', '/canned/a', body)).status).toBe(404);
    expect((await read<Page<Canned>>(other, '/canned')).items).toEqual([]);
  });

  it('never hold a number that was shown masked', async () => {
    const body = { agency: ALPHA, title: 'Gọi lại', text: 'Gọi số •••• ••• •••' };
    const answer = await editor.send('PUT', '/canned/c', body);
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'text.masked' }]);
  });
});

describe('supervision', () => {
  it('shows who is on duty with all they have, what waits for longest, and what is late', async () => {
    const at = (minutes: number) => now - minutes * MINUTE;
    const due = (minutes: number) => ({ firstAnswer: { dueAt: at(minutes) }, resolution: { dueAt: now + DAY } });
    const tickets = {
      'HT-S1': ticket(ALPHA, { waitingSince: at(30), priority: 2, targets: due(10) }),
      'HT-S2': ticket(ALPHA, { waitingSince: at(5), priority: 0, targets: due(-5) }),
      'HT-S3': ticket(ALPHA, { status: 'open', assignee: 's-muoi', targets: due(20) }),
      'HT-S4': ticket(BETA, { status: 'open', assignee: 's-muoi', targets: due(60) }),
      'HT-S5': ticket(ALPHA, { status: 'closed', targets: due(70) }),
    };
    for (const [id, body] of Object.entries(tickets)) await stage.put(TICKET, id, body, laneIn(body.agency, id));
    const duty = { name: 'Mười', room: 4, since: at(60) };
    await stage.put(DUTY, 's-muoi', { ...duty, agencies: [ALPHA, BETA], until: now + 3 * MINUTE });
    await stage.put(DUTY, 's-gone', { ...duty, agencies: [ALPHA], until: at(1) });
    await stage.put(DUTY, 's-there', { ...duty, agencies: [BETA], until: now + 3 * MINUTE });
    const view = await read<Supervision>(supervisor, '/supervision');
    expect(view).toMatchObject({ waiting: 2, open: 1, oldestWaitingSince: at(30) });
    expect(view.onDuty).toEqual([{ id: 's-muoi', name: 'Mười', room: 4, open: 2, since: at(60) }]);
    expect(view.breached.map(({ id }) => id)).toEqual(['HT-S3', 'HT-S1']);
  });
});

describe('statistics', () => {
  it('have the days that were asked for, and ratings of the agency’s talks alone', async () => {
    const figures = { opened: 3, closed: 2, reopened: 0, answered: 2, firstAnswerMs: 9, breached: 1 };
    const hours = Array.from({ length: 24 }, () => 0);
    for (const [agency, day] of [
      [ALPHA, '2026-10-31'],
      [ALPHA, '2026-11-01'],
      [ALPHA, '2026-11-30'],
      [ALPHA, '2026-12-01'],
      [BETA, '2026-11-02'],
    ] as const)
      await stage.put(DAY_FIGURES, `${agency}:${day}`, { agency, day, ...figures, hours });
    await stage.put(TICKET, 'HT-R1', ticket(ALPHA, { status: 'closed' }), laneIn(ALPHA, 'r1'));
    await stage.put(TICKET, 'HT-R2', ticket(BETA, { status: 'closed' }), laneIn(BETA, 'r2'));
    const rate = (id: string, code: string, score: number, kind: Rating['subject']['kind'] = 'handover') => {
      const at = Date.UTC(2026, 10, 10);
      const rating: Rating = {
        subject: { kind, code },
        score,
        criteria: {},
        questionnaire: '1',
        at,
        changedAt: at,
        revision: 1,
        sent: 0,
      };
      return stage.put(RATING, id, rating, laneIn(ALPHA, id));
    };
    for (let i = 0; i < 9; i++) await rate(`rating-${i}`, 'HT-R1', i < 6 ? 5 : 2);
    await rate('rating-other', 'HT-R2', 1);
    await rate('rating-bot', '2026-11', 1, 'bot');
    const path = '/statistics?from=2026-11-01&to=2026-11-30';
    const few = await read<Statistics>(supervisor, path);
    expect(few.days.map(({ agency, day }) => [agency, day])).toEqual([
      [ALPHA, '2026-11-01'],
      [ALPHA, '2026-11-30'],
    ]);
    expect(few.ratings).toEqual({ count: 9, byScore: [0, 3, 0, 0, 6], satisfied: { n: 9, part: 6 } });
    await rate('rating-9', 'HT-R1', 4);
    expect((await read<Statistics>(supervisor, path)).ratings).toEqual({
      count: 10,
      mean: 4,
      byScore: [0, 3, 0, 1, 6],
      satisfied: { n: 10, part: 7, percent: 70 },
    });
  });
});

describe('dead letters', () => {
  const lane = laneIn(ALPHA, 'letters');
  const letter = async (id: string, of?: typeof lane, source: 'event' | 'webhook' = 'event') => {
    const body = { kind: 'text', text: `${id} 0912345678`, messageId: id } as const;
    const payload = new Codec(new Sealer([KEY])).sealEvent(eventId(id), { at: now, body }).toString('base64');
    const head = { id: `event:${id}`, source, reason: 'turn.Error', at: now, payload };
    await stage.apply(of ?? systemLane('portal', 'webhook'), [
      { type: 'dead-letter', letter: { ...head, ...(of === undefined ? {} : { lane: of }) } },
    ]);
  };

  it('show a reason and never what is in them, with the conversation’s open ticket', async () => {
    await letter('letter-1', lane);
    await stage.put(TICKET, 'HT-L1', ticket(ALPHA, { status: 'open', assignee: 's-sau' }), lane);
    const answer = await supervisor.get('/dead-letters');
    const text = await answer.text();
    expect(text).not.toContain('0912345678');
    expect((JSON.parse(text) as Page<DeadLetterView>).items).toEqual([
      {
        id: 'event:letter-1',
        source: 'event',
        reason: 'turn.Error',
        at: now,
        status: 'open',
        channel: 'zalo',
        replayable: true,
        ticket: 'HT-L1',
      },
    ]);
  });

  it('are put into their lane once more, once, and that is written down', async () => {
    const path = `/dead-letters/${encodeURIComponent('event:letter-1')}`;
    expect(await (await supervisor.send('POST', `${path}/replay`)).json()).toEqual({ status: 'replayed' });
    await until(() => heard.includes('letter-1 0912345678'));
    const again = await supervisor.send('POST', `${path}/replay`);
    expect([again.status, await again.json()]).toEqual([409, { error: 'dead-letter.not-open' }]);
    await until(async () => (await stage.trail(ALPHA)).some(({ action }) => action === 'dead-letter.replay'));
    const lines = (await stage.trail(ALPHA)).filter(({ action }) => action.startsWith('dead-letter.'));
    expect(lines).toMatchObject([{ by: supervisor.id, object: 'dead-letter:event:letter-1' }]);
    expect((await read<Page<DeadLetterView>>(supervisor, '/dead-letters')).items).toEqual([]);
    expect((await read<Page<DeadLetterView>>(supervisor, '/dead-letters?status=replayed')).items).toHaveLength(1);
  });

  it('that belong to no account are for those alone who may act everywhere', async () => {
    await letter('letter-2', undefined, 'webhook');
    const everywhere = await stage.signIn('chief', { agency: '*', role: 'administrator' });
    const path = `/dead-letters/${encodeURIComponent('event:letter-2')}`;
    expect((await read<Page<DeadLetterView>>(supervisor, '/dead-letters')).items).toEqual([]);
    expect((await supervisor.send('POST', `${path}/drop`)).status).toBe(404);
    const { items } = await read<Page<DeadLetterView>>(everywhere, '/dead-letters');
    expect(items).toMatchObject([{ id: 'event:letter-2', replayable: false }]);
    expect((await everywhere.send('POST', `${path}/replay`)).status).toBe(409);
    expect(await (await everywhere.send('POST', `${path}/drop`)).json()).toEqual({ status: 'dropped' });
    await until(async () => (await stage.trail('*')).some(({ action }) => action === 'dead-letter.drop'));
  });
});

describe('what was not understood', () => {
  const misread = (id: string, text: string, of = ALPHA) =>
    stage.apply(laneIn(of, 'misread'), [
      {
        type: 'not-understood',
        record: { id, at: now, keepUntil: now + DAY, what: { text, guesses: [], offered: ['proc.ask'] } },
      },
    ]);
  const ids = async (view = '') =>
    (await read<Page<NotUnderstoodView>>(editor, `/not-understood${view}`)).items.map(({ id }) => id);

  beforeAll(async () => {
    await misread('m1', 'cho mìh hỏi\ncái gấy tờ');
    await misread('m2', 'làm khai sih "gấp" cho cháu');
    await misread('m3', 'hihi');
    await misread('m4', 'của phường khác', BETA);
  });

  it('is listed until it has a label, which says what it means or that it means nothing', async () => {
    expect(await ids()).toEqual(['m1', 'm2', 'm3']);
    for (const [id, label] of [
      ['m1', { intent: 'procedure.ask' }],
      ['m2', { intent: 'procedure.ask', procedure: '1.001193' }],
      ['m3', { ignored: true }],
    ] as const)
      expect((await editor.send('PUT', `/not-understood/${id}/label`, label)).status).toBe(200);
    expect(await ids()).toEqual([]);
    expect(await ids('?view=all')).toEqual(['m1', 'm2', 'm3']);
  });

  it('takes no label that is none', async () => {
    for (const label of [{}, { intent: 'dance' }, { procedure: 'x' }, { intent: 'greet', ignored: true }])
      expect((await editor.send('PUT', '/not-understood/m1/label', label)).status).toBe(400);
    expect((await editor.send('PUT', '/not-understood/m4/label', { intent: 'greet' })).status).toBe(404);
  });

  it('leaves as lines for the training files: JSON, one object a line', async () => {
    const answer = await editor.get('/not-understood/export');
    expect(answer.headers.get('content-disposition')).toContain('chua-hieu.jsonl');
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { text: 'cho mìh hỏi cái gấy tờ', intent: 'procedure.ask' },
      { text: 'làm khai sih "gấp" cho cháu', intent: 'procedure.ask', procedure: '1.001193' },
    ]);
  });

  it('leaves as YAML whose blocks are pasted into the files of intents', async () => {
    const text = await (await editor.get('/not-understood/export?as=yaml')).text();
    const [intents = '', aliases = ''] = text.split('# intents/aliases/*.yaml\n');
    expect(intents).toContain('# intents/procedure.ask.yaml\nexamples: |\n  cho mìh hỏi cái gấy tờ\n  làm khai sih');
    expect(parse(aliases)).toEqual({ '1.001193': ['làm khai sih "gấp" cho cháu'] });
  });
});

describe('reports of citizens', () => {
  const codes = async (query = '') =>
    (await read<Page<FeedbackView>>(supervisor, `/feedback${query}`)).items.map(({ code }) => code);

  beforeAll(async () => {
    await stage.put(FEEDBACK, 'PA-1', report(), laneIn(ALPHA, 'f1'));
    const answer = { text: 'Đã sửa', at: now, by: 's-sau' };
    await stage.put(FEEDBACK, 'PA-2', report({ answer, changedAt: now + 1 }), laneIn(ALPHA, 'f2'));
    // Sent to Beta's account, and forwarded to Alpha; the other way round.
    await stage.put(FEEDBACK, 'PA-3', report({ changedAt: now - 1 }), laneIn(BETA, 'f3'));
    await stage.put(FEEDBACK, 'PA-4', report({ agency: BETA }), laneIn(ALPHA, 'f4'));
  });

  it('are listed for whom they were forwarded to, changed last first, and by where they stand', async () => {
    expect(await codes()).toEqual(['PA-2', 'PA-1', 'PA-3']);
    expect(await codes('?status=answered')).toEqual(['PA-2']);
    expect((await supervisor.get('/feedback/PA-4')).status).toBe(404);
  });

  it('show no number of a person', async () => {
    expect(await read<FeedbackView>(supervisor, '/feedback/PA-1')).toMatchObject({
      categoryName: 'Hạ tầng, giao thông',
      content: 'Đường trước nhà hỏng, gọi tôi ••••••••••',
      place: '10.03000, 105.78000',
      status: 'undelivered',
      published: false,
    });
  });

  it('are worked on in the lane of the citizen, once for each key, and a refusal is told as it is', async () => {
    taken.length = 0;
    const key = '5f0c2d3e-8a51-4c5e-9a3c-0d3f6b1c2a10';
    for (let i = 0; i < 2; i++)
      expect((await supervisor.send('POST', '/feedback/PA-3/answer', { key, text: 'Đã sửa' })).status).toBe(200);
    expect(taken).toEqual([
      { lane: laneIn(BETA, 'f3'), action: 'feedback.answer', data: { code: 'PA-3', of: ALPHA, text: 'Đã sửa' } },
    ]);
    refusal = 'feedback.no-consent';
    const refused = await supervisor.send('POST', '/feedback/PA-1/publish');
    refusal = undefined;
    expect([refused.status, await refused.json()]).toEqual([409, { error: 'feedback.no-consent' }]);
  });

  it('take no category, agency or text that cannot be', async () => {
    for (const [action, body, error] of [
      ['classify', { category: 'x' }, 'feedback.bad-category'],
      ['forward', { agency: 'nowhere' }, 'agency.unknown'],
      ['answer', { key: '5f0c2d3e-8a51-4c5e-9a3c-0d3f6b1c2a11', text: 'gọi ••••••••••' }, 'text.masked'],
    ] as const) {
      const answer = await supervisor.send('POST', `/feedback/PA-1/${action}`, body);
      expect([action, answer.status, await answer.json()]).toEqual([action, 400, { error }]);
    }
  });
});

describe('requests about data', () => {
  it('are listed open and most urgent first, or all and newest first', async () => {
    const asked = (at: number, doneBy: number, doneAt?: number): DataRequest => ({
      type: 'delete',
      source: 'chat',
      at,
      answerBy: doneBy,
      doneBy,
      ...(doneAt === undefined ? {} : { doneAt }),
    });
    await stage.put(DATA_REQUEST, 'DL-1', asked(now - 2, now + 2 * DAY), laneIn(ALPHA, 'd1'));
    await stage.put(DATA_REQUEST, 'DL-2', asked(now - 1, now + DAY), laneIn(ALPHA, 'd2'));
    await stage.put(DATA_REQUEST, 'DL-3', asked(now, now + DAY, now), laneIn(ALPHA, 'd3'));
    await stage.put(DATA_REQUEST, 'DL-4', asked(now, now + DAY), laneIn(BETA, 'd4'));
    const ids = async (query: string) =>
      (await read<Page<DataRequestView>>(supervisor, `/data-requests${query}`)).items.map(({ id }) => id);
    expect(await ids('')).toEqual(['DL-2', 'DL-1']);
    expect(await ids('?view=all')).toEqual(['DL-3', 'DL-2', 'DL-1']);
  });

  it('name the reports that are to be taken down, and are ended in the lane of the citizen', async () => {
    const withdrawal = { type: 'withdraw', source: 'chat', purpose: 'publish-feedback' } as const;
    const open: DataRequest = { ...withdrawal, at: now, answerBy: now, doneBy: now };
    await stage.put(DATA_REQUEST, 'DL-5', open, laneIn(ALPHA, 'd5'));
    await stage.put(FEEDBACK, 'PA-5', { ...report(), delivery: 'sent' }, laneIn(ALPHA, 'd5'));
    await stage.put(FEEDBACK, 'PA-6', report(), laneIn(ALPHA, 'd5'));
    const { items } = await read<Page<DataRequestView>>(supervisor, '/data-requests');
    expect(items[0]).toEqual({ id: 'DL-5', agency: ALPHA, ...open, reports: ['PA-5'] });
    taken.length = 0;
    expect((await supervisor.send('POST', '/data-requests/DL-5/done')).status).toBe(200);
    expect(taken).toEqual([
      { lane: laneIn(ALPHA, 'd5'), action: 'data-request.done', data: { id: 'DL-5', of: ALPHA } },
    ]);
  });
});

describe('the audit trail', () => {
  it('is read newest first with the names of those who acted, page by page without a gap', async () => {
    for (let i = 0; i < 60; i++) {
      const line = { by: supervisor.id, action: 'test', object: `thing:${i}`, detail: {} };
      const body = {
        kind: 'desk-action',
        action: 'audit.append',
        by: { user: 'system', name: '' },
        data: line,
      } as const;
      await stage.shop.body(systemLane('desk', `audit:${ALPHA}`), body, `line-${i}`);
    }
    await until(async () => (await stage.trail(ALPHA)).at(-1)?.object === 'thing:59');
    const auditor = await stage.signIn('auditor', { agency: ALPHA, role: 'auditor' });
    const seqs: number[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page: Page<AuditView> = await read(
        auditor,
        `/audit?${next === '' ? '' : `after=${encodeURIComponent(next)}`}`,
      );
      seqs.push(...page.items.map(({ seq }) => seq));
      expect(page.items[0]?.byName).toBe('Cán bộ sau');
      next = page.next;
    }
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, i) => seqs.length - i));
    expect(seqs.length).toBeGreaterThan(60);
  });

  it('of what was done to no agency is for those who read them all', async () => {
    const auditor = await stage.signIn('auditor-2', { agency: ALPHA, role: 'auditor' });
    const chief = await stage.signIn('auditor-3', { agency: '*', role: 'auditor' });
    expect((await auditor.get('/audit?agency=*')).status).toBe(404);
    expect((await read<Page<AuditView>>(chief, '/audit?agency=*')).items[0]?.action).toBe('dead-letter.drop');
  });

  it('knows a page’s mark from nonsense', async () => {
    const auditor = await stage.signIn('auditor-4', { agency: ALPHA, role: 'auditor' });
    expect((await auditor.get('/audit?after=nonsense')).status).toBe(400);
  });
});
