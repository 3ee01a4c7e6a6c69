// The routes of conversations over real HTTP: who sees what, what staff do, and what is shown masked.
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { ActionResult, Entries, Queue, QueueView, Revealed, TicketDetail, Uploaded } from '../../src/desk/api.js';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.js';
import type { LaneId } from '../../src/lib/ids.js';
import type { Documents } from '../../src/records/documents.js';
import { FEEDBACK } from '../../src/records/feedback.js';
import { TICKET, type Ticket } from '../../src/records/ticket.js';
import { DELIVERY, TRANSCRIPT, type TranscriptEntry } from '../../src/records/transcript.js';
import { until } from '../storage/until.js';
import {
  AGENCIES,
  ALPHA,
  BETA,
  type Browser,
  closeStages,
  laneIn,
  type OfficeStage,
  officeStage,
  ticket,
} from './office-stage.js';
import { ticketsLane } from './tickets-lane.js';

let stage: OfficeStage;
let anh: Browser;
let binh: Browser;
let supervisor: Browser;
let beta: Browser;
let province: Browser;
let number = 0;

beforeAll(async () => {
  let documents: Documents | undefined;
  stage = await officeStage(
    ticketsLane(() => {
      if (documents === undefined) throw new Error('the stage is not set');
      return documents;
    }),
    { catalogue: { search: () => [], get: (code) => (code === birth.code ? birth : undefined) } },
  );
  documents = stage.shop.home.documents;
  anh = await stage.signIn('anh', { agency: ALPHA, role: 'officer' });
  binh = await stage.signIn('binh', { agency: ALPHA, role: 'officer' });
  supervisor = await stage.signIn('chi', { agency: ALPHA, role: 'supervisor' });
  beta = await stage.signIn('dung', { agency: BETA, role: 'officer' });
  province = await stage.signIn('tinh', { agency: '*', role: 'supervisor' });
}, 60_000);
afterAll(closeStages);

const birth = {
  code: '1.001193',
  name: 'Thủ tục đăng ký khai sinh',
  field: 'Hộ tịch',
  levels: [],
  onlineLevel: 'full' as const,
  methods: [],
  cases: [],
  results: [],
  legalBasis: [],
  updatedAt: '2026-11-01T00:00:00Z',
};

/** A ticket in a conversation of its own; opened just now. */
async function opened(agency: string, change: Partial<Ticket> = {}): Promise<{ id: string; lane: LaneId }> {
  number += 1;
  const id = `HT-TEST-${number}`;
  const lane = laneIn(agency, `citizen-${number}`);
  await stage.put(TICKET, id, ticket(agency, { openedAt: Date.now() - MINUTE, ...change }), lane);
  return { id, lane };
}

async function said(lane: LaneId, id: string, entry: Partial<TranscriptEntry>): Promise<string> {
  const whole = { at: Date.now(), agency: ALPHA, lines: [], sends: 0, ...entry };
  await stage.put(TRANSCRIPT, id, whole, lane);
  return id;
}

const json = async <T>(response: Promise<Response>): Promise<T> => {
  const answer = await response;
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};
const problem = async (response: Promise<Response>) => {
  const answer = await response;
  return { status: answer.status, ...((await answer.json()) as { error: string }) };
};
const done = async (response: Promise<Response>) => (await json<ActionResult>(response)).ticket;
const detail = (who: Browser, id: string) => json<TicketDetail>(who.get(`/tickets/${id}`));

describe('the queue', () => {
  const clear = async () => {
    const { documents } = stage.shop.home;
    for (const agency of [ALPHA, BETA])
      for (const { id, lane } of (await documents.find(TICKET, { index: 'opened', under: [agency], limit: 500 }))
        .documents)
        await stage.apply(lane, [{ type: 'document-remove', kind: TICKET.name, id }]);
  };
  beforeEach(clear);

  const queue = (who: Browser, view: QueueView, more = '') => json<Queue>(who.get(`/queue?view=${view}${more}`));
  const ids = ({ items }: Queue) => items.map(({ id }) => id);

  it('lists the most urgent first and those who wait longest before others', async () => {
    const at = Date.now();
    const late = await opened(ALPHA, { waitingSince: at - 1 });
    const early = await opened(ALPHA, { waitingSince: at - 10 });
    const urgent = await opened(ALPHA, { waitingSince: at, priority: 0 });
    expect(ids(await queue(anh, 'waiting'))).toEqual([urgent.id, early.id, late.id]);
  });

  it('shows each agency its own, and whoever sees all everything', async () => {
    const [a, b] = [await opened(ALPHA), await opened(BETA)];
    expect(ids(await queue(anh, 'waiting'))).toEqual([a.id]);
    expect(ids(await queue(beta, 'waiting'))).toEqual([b.id]);
    expect(new Set(ids(await queue(province, 'waiting')))).toEqual(new Set([a.id, b.id]));
    expect(ids(await queue(province, 'waiting', `&agency=${BETA}`))).toEqual([b.id]);
    expect(await problem(anh.get(`/queue?view=waiting&agency=${BETA}`))).toMatchObject({ status: 404 });
    expect((await queue(anh, 'waiting')).counts.waiting).toBe(1);
  });

  it('counts its views and shows in each what belongs there', async () => {
    const past = Date.now() - HOUR;
    const targets = { firstAnswer: { dueAt: past, metAt: past }, resolution: { dueAt: past } };
    const mine = await opened(ALPHA, { status: 'open', assignee: anh.id, waitingSince: past });
    const late = await opened(ALPHA, { status: 'open', assignee: binh.id, targets });
    const closed = await opened(ALPHA, { status: 'closed', resolution: 'answered', closedAt: past });
    const waiting = await opened(ALPHA);
    const views = await queue(anh, 'mine');
    expect(ids(views)).toEqual([mine.id]);
    expect(views.counts).toEqual({ waiting: 1, mine: 1, open: 2, breached: 1, closed: 1 });
    expect(ids(await queue(anh, 'open'))).toEqual([mine.id, late.id]);
    expect(ids(await queue(anh, 'breached'))).toEqual([late.id]);
    expect(ids(await queue(anh, 'closed'))).toEqual([closed.id]);
    expect(ids(await queue(anh, 'waiting'))).toEqual([waiting.id]);
  });

  it.each([
    ['one agency', () => supervisor],
    ['several agencies', () => both],
    ['all agencies', () => province],
  ] as const)('is paged over %s: each once and in order, while tickets come and go', async (_name, reader) => {
    const who = reader();
    const at = Date.now() - HOUR;
    const known: string[] = [];
    // Many of the same time, of two priorities and (where they are seen) two agencies.
    for (let i = 0; i < 110; i += 1) {
      const priority = i % 2 === 0 ? 1 : 2;
      const agency = who !== supervisor && i % 3 === 0 ? BETA : ALPHA;
      known.push((await opened(agency, { priority, waitingSince: at + Math.floor(i / 20) })).id);
    }
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page: Queue = await queue(who, 'waiting', after === undefined ? '' : `&after=${after}`);
      seen.push(...ids(page));
      after = page.next;
      // One more urgent than all that is still to come, and one that was read already goes.
      if (after !== undefined) {
        await opened(ALPHA, { priority: 0, waitingSince: at });
        await stage.put(TICKET, seen[0] ?? '', ticket(ALPHA, { status: 'closed' }), laneIn(ALPHA, 'citizen-gone'));
      }
    } while (after !== undefined);
    expect(seen).toHaveLength(known.length);
    expect(new Set(seen)).toEqual(new Set(known));
  });

  let both: Browser;
  beforeAll(async () => {
    both = await stage.signIn('hai', { agency: ALPHA, role: 'officer' }, { agency: BETA, role: 'officer' });
  });

  it('refuses the mark of another list and what is no view', async () => {
    expect(await problem(anh.get('/queue?view=closed&after=bm9uc2Vuc2U'))).toMatchObject({ status: 400 });
    expect(await problem(anh.get('/queue?view=everything'))).toMatchObject({ status: 400, error: 'bad-request' });
  });

  it('names persons by a mark, never by their id on the platform', async () => {
    const { lane } = await opened(ALPHA, { citizen: { name: 'Chị Hoa 0912345678' }, preview: 'sổ đỏ của tôi' });
    const { items } = await queue(anh, 'waiting');
    expect(items[0]).toMatchObject({ preview: 'sổ đỏ của tôi', channel: 'zalo', name: 'Chị Hoa ••••••••••' });
    expect(items[0]?.person).toMatch(/^[a-z2-9]{4}$/);
    expect(JSON.stringify(items)).not.toContain(lane.split(':')[2]);
  });
});

describe('a conversation', () => {
  it('is not there for another agency, whatever is asked of it', async () => {
    const { id, lane } = await opened(ALPHA);
    const entry = await said(lane, `t-hidden-${id}`, { ticket: id, lines: [{ by: 'citizen', text: 'xin chào' }] });
    const key = randomUUID();
    const all: Promise<Response>[] = [
      beta.get(`/tickets/${id}`),
      beta.get(`/tickets/${id}/entries`),
      beta.get(`/tickets/${id}/entries/${entry}/files/any`),
      beta.send('post', `/tickets/${id}/claim`),
      beta.send('post', `/tickets/${id}/release`),
      beta.send('post', `/tickets/${id}/assign`, { to: beta.id }),
      beta.send('post', `/tickets/${id}/transfer`, { agency: BETA }),
      beta.send('post', `/tickets/${id}/reply`, { key, text: 'chào' }),
      beta.send('post', `/tickets/${id}/notes`, { key, text: 'chào' }),
      beta.send('put', `/tickets/${id}/tags`, { tags: [] }),
      beta.send('put', `/tickets/${id}/priority`, { priority: 0 }),
      beta.send('post', `/tickets/${id}/close`, { resolution: 'answered' }),
      beta.get(`/dossiers/H01.01-261120-0001?ticket=${id}`),
    ];
    for (const one of all) expect(await problem(one)).toMatchObject({ status: 404, error: 'not-found' });
    expect((await detail(anh, id)).status).toBe('waiting');
  });

  it('tells what may be done with it now', async () => {
    const { id } = await opened(ALPHA, { lastCitizenAt: Date.now() - 50 * HOUR });
    expect(await detail(anh, id)).toMatchObject({
      mode: 'waiting',
      window: { state: 'billed' },
      allowed: { text: 2000, images: true, files: true },
      may: { claim: true, work: false, supervise: false, reveal: false },
    });
    await done(anh.send('post', `/tickets/${id}/claim`));
    expect((await detail(anh, id)).may).toMatchObject({ claim: false, work: true });
    expect((await detail(supervisor, id)).may).toEqual({ claim: false, work: false, supervise: true, reveal: true });
    const { id: old } = await opened(ALPHA, { lastCitizenAt: Date.now() - 8 * 24 * HOUR });
    expect(await detail(anh, old)).toMatchObject({ window: { state: 'closed' }, allowed: { text: 0, images: false } });
  });

  it('counts working time until a target, and below zero after it', async () => {
    const now = Date.now();
    const [coming, past] = [now + 10 * DAY, now - 10 * DAY];
    const { id } = await opened(ALPHA, {
      targets: {
        firstAnswer: { dueAt: past, metAt: now },
        nextAnswer: { dueAt: past },
        resolution: { dueAt: coming },
      },
    });
    const { targets } = await detail(anh, id);
    const hours = AGENCIES.get(ALPHA)?.hours;
    const near = (left = 0, expected = 0) => Math.abs(left - expected) < MINUTE;
    expect(targets.firstAnswer.left).toBeUndefined();
    expect(near(targets.nextAnswer?.left, -(hours?.between(past, now) ?? 0))).toBe(true);
    expect(near(targets.resolution.left, hours?.between(now, coming))).toBe(true);
    expect(targets.nextAnswer?.left).toBeLessThan(0);
  });

  it('shows earlier tickets of the conversation that this officer sees, and its reports', async () => {
    const { id, lane } = await opened(ALPHA);
    const before = Date.now() - HOUR;
    await stage.put(TICKET, `${id}-before`, ticket(ALPHA, { status: 'closed', openedAt: before }), lane);
    await stage.put(TICKET, `${id}-theirs`, ticket(BETA, { status: 'closed', openedAt: before }), lane);
    const report = {
      event: 'e1',
      category: 'road',
      content: 'ổ gà',
      photos: [],
      publishConsent: false,
      createdAt: before,
      delivery: 'sent' as const,
      reopened: 0,
      changedAt: before,
    };
    await stage.put(FEEDBACK, `PA-${id}`, report, lane);
    const { earlier, feedback } = await detail(anh, id);
    expect(earlier.map((one) => one.id)).toEqual([`${id}-before`]);
    expect(feedback).toEqual([{ code: `PA-${id}`, status: 'sent', at: before }]);
  });

  it('shows its lines oldest first in pages, with names, masks and what became of each message', async () => {
    const { id, lane } = await opened(ALPHA);
    const at = Date.now() - HOUR;
    for (let i = 0; i < 45; i += 1)
      await said(lane, `t-${id}-${i}`, { at: at + i, ticket: id, lines: [{ by: 'citizen', text: `tin ${i}` }] });
    await said(lane, `t-${id}-45`, {
      at: at + 45,
      ticket: id,
      lines: [{ by: 'citizen', text: 'số tôi là ••••••••••', original: 'số tôi là 0912345678' }],
    });
    await said(lane, `t-${id}-46`, {
      at: at + 46,
      ticket: id,
      sends: 2,
      lines: [{ by: 'staff', user: anh.id, text: 'Chào chị' }],
    });
    const entries = (more = '') => json<Entries>(anh.get(`/tickets/${id}/entries${more}`));
    const first = await entries();
    const last = first.entries.at(-1);
    expect(last).toMatchObject({ lines: [{ userName: 'Cán bộ anh' }], delivery: { state: 'sending' } });
    expect(first.entries.at(-2)?.lines[0]).toMatchObject({ text: 'số tôi là ••••••••••', masked: true });
    expect(JSON.stringify(first)).not.toContain('0912345678');
    expect(first.entries.map((one) => one.at)).toEqual([...first.entries.map((one) => one.at)].sort((a, b) => a - b));
    const rest = await entries(`?before=${first.before}`);
    expect([...rest.entries, ...first.entries].map((one) => one.id)).toEqual(
      Array.from({ length: 47 }, (_, i) => `t-${id}-${i}`),
    );
    expect(rest.before).toBeUndefined();

    const fate = { entry: `t-${id}-46`, at: at + 50 };
    await stage.put(DELIVERY, `${id}-send-1`, { ...fate, state: 'sent' }, lane);
    expect((await entries()).entries.at(-1)?.delivery).toEqual({ state: 'sending' });
    await stage.put(DELIVERY, `${id}-send-2`, { ...fate, state: 'failed', reason: 'zalo.-230' }, lane);
    expect((await entries()).entries.at(-1)?.delivery).toEqual({ state: 'failed', reason: 'zalo.-230' });
  });

  it('leaves out what was said in a ticket of another agency', async () => {
    const { id, lane } = await opened(ALPHA);
    await said(lane, `t-${id}-bot`, { lines: [{ by: 'citizen', text: 'với bot' }] });
    await said(lane, `t-${id}-other`, { ticket: 'HT-OTHER', agency: BETA, lines: [{ by: 'citizen', text: 'kín' }] });
    await said(lane, `t-${id}-own`, { ticket: id, agency: ALPHA, lines: [{ by: 'citizen', text: 'ở đây' }] });
    const { entries } = await json<Entries>(anh.get(`/tickets/${id}/entries`));
    expect(entries.map((one) => one.id)).toEqual([`t-${id}-bot`, `t-${id}-own`]);
    expect(await problem(supervisor.send('post', `/tickets/${id}/reveal`, { entry: `t-${id}-other` }))).toMatchObject({
      status: 404,
    });
  });
});

describe('what was masked', () => {
  it('is shown to whoever may, once it stands in the audit trail', async () => {
    const { id, lane } = await opened(ALPHA);
    const lines = [
      { by: 'citizen' as const, text: 'số ••••••••••', original: 'số 0912345678' },
      { by: 'bot' as const, text: 'dạ' },
    ];
    const entry = await said(lane, `t-reveal-${id}`, { ticket: id, lines });
    const reveal = (who: Browser) => who.send('post', `/tickets/${id}/reveal`, { entry });
    expect(await problem(reveal(anh))).toMatchObject({ status: 403 });
    expect(await json<Revealed>(reveal(supervisor))).toEqual({ lines: ['số 0912345678', null] });
    const line = () => stage.trail(ALPHA).then((trail) => trail.find(({ object }) => object === `ticket:${id}`));
    await until(async () => (await line()) !== undefined, 'the audit line');
    expect(await line()).toMatchObject({ by: supervisor.id, action: 'personal.reveal', detail: { entry } });
  });

  it.each([
    ['a reply', 'post', 'reply', (text: string) => ({ key: randomUUID(), text })],
    ['a note', 'post', 'notes', (text: string) => ({ key: randomUUID(), text })],
    ['a tag', 'put', 'tags', (text: string) => ({ tags: [text] })],
    ['the note of a transfer', 'post', 'transfer', (text: string) => ({ agency: BETA, note: text })],
  ])('is never written back by %s', async (_name, method, path, body) => {
    const { id } = await opened(ALPHA, { status: 'open', assignee: anh.id });
    for (const text of ['gọi ••••••••••', 'CCCD •••• •••• ••••']) {
      expect(await problem(anh.send(method, `/tickets/${id}/${path}`, body(text)))).toEqual({
        status: 400,
        error: 'text.masked',
      });
    }
    expect((await anh.send(method, `/tickets/${id}/${path}`, body('• bản sao • tờ khai'))).status).toBe(200);
  });
});

describe('what staff do', () => {
  it('gives a ticket to one of fifty who claim it at once', async () => {
    const { id } = await opened(ALPHA);
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? anh : binh)).map((who) =>
        who.send('post', `/tickets/${id}/claim`),
      ),
    );
    const { assignee } = await detail(anh, id);
    const winner = assignee?.id === anh.id ? 0 : 1;
    for (const [i, { status }] of claims.entries()) expect(status).toBe(i % 2 === winner ? 200 : 409);
    expect(await problem((winner === 0 ? binh : anh).send('post', `/tickets/${id}/claim`))).toEqual({
      status: 409,
      error: 'ticket.taken',
    });
  }, 60_000);

  it('answers with the ticket as it then is', async () => {
    const { id } = await opened(ALPHA);
    expect(await done(anh.send('post', `/tickets/${id}/claim`))).toMatchObject({
      status: 'open',
      assignee: { id: anh.id, name: 'Cán bộ anh' },
      revision: 2,
    });
    expect(await done(anh.send('put', `/tickets/${id}/tags`, { tags: ['sổ đỏ'] }))).toMatchObject({ tags: ['sổ đỏ'] });
    expect(await done(anh.send('put', `/tickets/${id}/priority`, { priority: 0 }))).toMatchObject({ priority: 0 });
    expect(await done(anh.send('post', `/tickets/${id}/release`))).toMatchObject({ status: 'waiting' });
    expect(await done(binh.send('post', `/tickets/${id}/claim`))).toMatchObject({ assignee: { id: binh.id } });
    expect(await done(binh.send('post', `/tickets/${id}/close`, { resolution: 'answered' }))).toMatchObject({
      status: 'closed',
      resolution: 'answered',
    });
    expect(await problem(binh.send('post', `/tickets/${id}/release`))).toEqual({ status: 409, error: 'ticket.closed' });
  });

  it('sends a reply with the same key once', async () => {
    const { id, lane } = await opened(ALPHA, { status: 'open', assignee: anh.id });
    const reply = { key: randomUUID(), text: 'Chào chị, em kiểm tra ngay.' };
    const [first, second] = await Promise.all([
      done(anh.send('post', `/tickets/${id}/reply`, reply)),
      done(anh.send('post', `/tickets/${id}/reply`, reply)),
    ]);
    expect([first.unanswered, second.unanswered]).toEqual([0, 0]);
    const { entries } = await json<Entries>(anh.get(`/tickets/${id}/entries`));
    expect(entries.filter(({ lines }) => lines[0]?.text === reply.text)).toHaveLength(1);
    expect(lane).toContain('zalo:');
  });

  it('lets only the officer who has it answer, and only a supervisor act on what others have', async () => {
    const { id } = await opened(ALPHA, { status: 'open', assignee: anh.id });
    const reply = { key: randomUUID(), text: 'chào' };
    expect(await problem(binh.send('post', `/tickets/${id}/reply`, reply))).toEqual({
      status: 409,
      error: 'ticket.not-yours',
    });
    expect(await problem(binh.send('post', `/tickets/${id}/assign`, { to: binh.id }))).toMatchObject({ status: 409 });
    expect(await problem(binh.send('post', `/tickets/${id}/close`, { resolution: 'spam' }))).toMatchObject({
      status: 409,
    });
    expect(await done(supervisor.send('post', `/tickets/${id}/assign`, { to: binh.id }))).toMatchObject({
      assignee: { id: binh.id },
    });
  });

  it('gives nothing to somebody who cannot work there', async () => {
    const { id } = await opened(ALPHA);
    for (const to of [beta.id, 'nobody'])
      expect(await problem(supervisor.send('post', `/tickets/${id}/assign`, { to }))).toEqual({
        status: 400,
        error: 'staff.cannot-work',
      });
  });

  it('moves a conversation to another agency, which then has it alone', async () => {
    const { id } = await opened(ALPHA, { status: 'open', assignee: anh.id });
    expect(await problem(anh.send('post', `/tickets/${id}/transfer`, { agency: 'nowhere' }))).toMatchObject({
      status: 400,
    });
    expect(await problem(anh.send('post', `/tickets/${id}/transfer`, { agency: ALPHA, team: 'none' }))).toMatchObject({
      error: 'team.unknown',
    });
    expect(
      await done(anh.send('post', `/tickets/${id}/transfer`, { agency: BETA, note: 'thuộc địa bàn Beta' })),
    ).toMatchObject({
      agency: BETA,
      status: 'waiting',
    });
    expect(await problem(anh.get(`/tickets/${id}`))).toMatchObject({ status: 404 });
    expect((await detail(beta, id)).history.at(-1)).toMatchObject({ action: 'transferred', toName: 'Phường Beta' });
  });

  it('refuses cards and files that are not there, and bodies that say too much', async () => {
    const { id } = await opened(ALPHA, { status: 'open', assignee: anh.id });
    const reply = (body: object) => problem(anh.send('post', `/tickets/${id}/reply`, { key: randomUUID(), ...body }));
    expect(await reply({ card: { procedure: '9.999999' } })).toMatchObject({ status: 400, error: 'procedure.unknown' });
    expect(await reply({ file: 'desk-none.dGVw' })).toMatchObject({ status: 400, error: 'file.unknown' });
    expect(await reply({})).toMatchObject({ status: 400, error: 'bad-request' });
    expect(await reply({ text: 'a', phone: '0912345678' })).toMatchObject({ status: 400, error: 'bad-request' });
    await done(anh.send('post', `/tickets/${id}/reply`, { key: randomUUID(), card: { procedure: birth.code } }));
  });
});

describe('pictures and files', () => {
  const upload = async (who: Browser, id: string, name: string, bytes: Buffer, type = 'application/octet-stream') =>
    who.upload(`/tickets/${id}/files`, bytes, type, name);

  it('are told by their bytes, made fit, and sent by their id in their own conversation alone', async () => {
    const { id } = await opened(ALPHA, { status: 'open', assignee: anh.id });
    const { id: other } = await opened(ALPHA, { status: 'open', assignee: anh.id });
    const png = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#c00' } })
      .png()
      .toBuffer();
    const picture = await json<Uploaded>(upload(anh, id, '../ảnh hồ sơ.png', png));
    expect(picture).toMatchObject({ kind: 'image', name: 'ảnh hồ sơ.jpg' });
    const pdf = await json<Uploaded>(upload(anh, id, 'to-khai.pdf', Buffer.from('%PDF-1.4\n…\n%%EOF\n')));
    expect(pdf).toMatchObject({ kind: 'file', name: 'to-khai.pdf' });
    expect(
      await problem(upload(anh, id, 'a.pdf', Buffer.from('<script>alert(1)</script>'), 'application/pdf')),
    ).toMatchObject({
      status: 400,
      error: 'file.type',
    });
    expect(await problem(upload(binh, id, 'a.pdf', Buffer.from('%PDF-1.4\n%%EOF')))).toMatchObject({ status: 409 });
    const send = (ticket: string, file: string) =>
      anh.send('post', `/tickets/${ticket}/reply`, { key: randomUUID(), file });
    expect(await problem(send(other, picture.file))).toMatchObject({ status: 400, error: 'file.unknown' });
    expect(
      await problem(send(id, `${picture.file.split('.')[0]}.${Buffer.from('x.exe').toString('base64url')}`)),
    ).toMatchObject({
      error: 'file.unknown',
    });
    await done(send(id, picture.file));
  });

  it('of an entry are shown to those who see it, with nothing that a browser would run', async () => {
    const { id, lane } = await opened(ALPHA);
    const { blobs } = stage.shop.home;
    await blobs.put({ id: `pic-${id}`, lane, mimeType: 'image/jpeg', createdAt: 1 }, Buffer.from('jpeg'));
    await blobs.put({ id: `doc-${id}`, lane, mimeType: 'text/html', createdAt: 1 }, Buffer.from('<script>'));
    await blobs.put({ id: `loose-${id}`, lane, mimeType: 'image/jpeg', createdAt: 1 }, Buffer.from('jpeg'));
    const files = [
      { kind: 'image' as const, blob: `pic-${id}` },
      { kind: 'file' as const, blob: `doc-${id}`, name: 'trang.html' },
    ];
    const entry = await said(lane, `t-files-${id}`, { ticket: id, lines: [{ by: 'citizen', files }] });
    const file = (blob: string, who = anh) => who.get(`/tickets/${id}/entries/${entry}/files/${blob}`);
    const picture = await file(`pic-${id}`);
    expect(await picture.text()).toBe('jpeg');
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect(picture.headers.get('content-disposition')).toBeNull();
    const page = await file(`doc-${id}`);
    await page.text();
    expect(page.headers.get('content-disposition')).toContain('attachment');
    for (const { headers } of [picture, page]) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain('sandbox');
    }
    expect((await file(`loose-${id}`)).status).toBe(404);
    expect((await file(`pic-${id}`, beta)).status).toBe(404);
  });
});
