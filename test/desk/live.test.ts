// Live changes over real HTTP: who hears of what, and at which cost.
import { setMaxListeners } from 'node:events';
import { type Change, ChangeReader } from '../../src/desk/live/changes.js';
import { LiveHub, type OpenDesk } from '../../src/desk/live/hub.js';
import type { SignedIn } from '../../src/desk/route.js';
import { staffLane } from '../../src/desk/staff-ids.js';
import { MINUTE } from '../../src/lib/clock.js';
import type { LaneId } from '../../src/lib/ids.js';
import { silentLog } from '../../src/lib/log.js';
import { DUTY, type Grant, STAFF_MEMBER, type StaffMember } from '../../src/records/staff.js';
import type { SessionId } from '../../src/records/staff-sessions.js';
import { TICKET, type Ticket } from '../../src/records/ticket.js';
import { DELIVERY, TRANSCRIPT } from '../../src/records/transcript.js';
import { until } from '../storage/until.js';
import { EventReader } from './event-reader.js';
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

let stage: OfficeStage;
let anh: Browser;
let beta: Browser;
let number = 0;
const open: EventReader[] = [];

beforeAll(async () => {
  stage = await officeStage();
  anh = await stage.signIn('anh', { agency: ALPHA, role: 'officer' });
  beta = await stage.signIn('dung', { agency: BETA, role: 'officer' });
}, 60_000);
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});
afterAll(closeStages);

async function watching(who: Browser): Promise<EventReader> {
  const reader = await EventReader.open((signal) => who.get('/live', signal));
  open.push(reader);
  return reader;
}

async function changed(
  agency: string,
  change: Partial<Ticket> = {},
  id?: string,
): Promise<{ id: string; lane: LaneId }> {
  number += 1;
  const name = id ?? `HT-LIVE-${number}`;
  const lane = laneIn(ALPHA, 'citizen');
  await stage.put(TICKET, name, ticket(agency, { openedAt: Date.now(), ...change }), lane);
  return { id: name, lane };
}

const about = (id: string) => (data: Record<string, unknown>) => data.id === id || data.ticket === id;

it('tells each agency of its own conversations and of no others', async () => {
  const [a, b] = [await watching(anh), await watching(beta)];
  const theirs = await changed(ALPHA, { preview: 'xin chào' });
  expect((await a.has('ticket', about(theirs.id))).data).toMatchObject({ status: 'waiting', preview: 'xin chào' });
  const others = await changed(BETA);
  await b.has('ticket', about(others.id));
  expect(b.events.some(({ data }) => about(theirs.id)(data))).toBe(false);
  expect(a.events.some(({ data }) => about(others.id)(data))).toBe(false);
});

it('tells of a change once, and of the next one again', async () => {
  const a = await watching(anh);
  const { id } = await changed(ALPHA);
  await a.has('ticket', about(id));
  await changed(ALPHA, { revision: 2, tags: ['đất đai'], changedAt: Date.now() }, id);
  await a.has('ticket', ({ revision }) => revision === 2);
  const last = await changed(ALPHA);
  await a.has('ticket', about(last.id));
  expect(a.events.filter(({ data }) => data.id === id)).toHaveLength(2);
});

it('tells an agency that a conversation is gone, and the other one that it is there', async () => {
  const [a, b] = [await watching(anh), await watching(beta)];
  const at = Date.now();
  const history: Ticket['history'] = [
    { at, action: 'opened' },
    { at, action: 'transferred', to: `${BETA}/tiep-nhan` },
  ];
  const { id } = await changed(BETA, { history, revision: 2 });
  expect((await a.has('gone', about(id))).data).toEqual({ ticket: id });
  await b.has('ticket', about(id));
  expect(b.events.some(({ event }) => event === 'gone')).toBe(false);
  expect(a.events.some(({ event, data }) => event === 'ticket' && data.id === id)).toBe(false);
});

it('tells of new lines and of what became of them, to whoever has the conversation now', async () => {
  const [a, b] = [await watching(anh), await watching(beta)];
  const { id, lane } = await changed(ALPHA);
  await a.has('ticket', about(id));
  const at = Date.now();
  const entry = `t-live-${number}`;
  await stage.put(TRANSCRIPT, entry, { at, ticket: id, agency: ALPHA, lines: [], sends: 1 }, lane);
  expect((await a.has('entry')).data).toEqual({ ticket: id, entry });
  await changed(BETA, { revision: 2, changedAt: Date.now() }, id);
  await b.has('ticket', about(id));
  await stage.put(DELIVERY, `${entry}-1`, { entry, state: 'sent', at: Date.now() }, lane);
  expect((await b.has('entry')).data).toEqual({ ticket: id, entry });
  const last = await changed(ALPHA);
  await a.has('ticket', about(last.id));
  expect(a.events.filter(({ event }) => event === 'entry')).toHaveLength(1);
});

it('tells when somebody comes on duty, not when they stay', async () => {
  const a = await watching(anh);
  const duty = { agencies: [ALPHA], name: 'Cán bộ anh', room: 3, since: Date.now() };
  // The first look only learns who is there.
  const first = await changed(ALPHA);
  await a.has('ticket', about(first.id));
  await stage.put(DUTY, anh.id, { ...duty, until: Date.now() + MINUTE });
  await a.has('duty');
  await stage.put(DUTY, anh.id, { ...duty, until: Date.now() + 2 * MINUTE });
  await stage.put(DUTY, beta.id, { ...duty, agencies: [ALPHA, BETA], until: Date.now() + MINUTE });
  await until(() => a.events.filter(({ event }) => event === 'duty').length === 2);
});

it('tells nothing more to whom the right was taken before the change', async () => {
  const gone = await stage.signIn('em', { agency: ALPHA, role: 'officer' });
  const [reader, other] = [await watching(gone), await watching(anh)];
  const before = await changed(ALPHA);
  await reader.has('ticket', about(before.id));
  const member = (await stage.shop.home.documents.get(STAFF_MEMBER, gone.id))?.body;
  if (member === undefined) throw new Error('the member is not there');
  await stage.put(
    STAFF_MEMBER,
    gone.id,
    {
      ...member,
      grants: [{ agency: BETA, role: 'officer' }],
      changedAt: Date.now(),
    },
    staffLane(gone.id),
  );
  const after = await changed(ALPHA);
  await other.has('ticket', about(after.id));
  await until(() => reader.ended, 'the stream to end');
  expect(reader.events.some(({ data }) => about(after.id)(data))).toBe(false);
});

describe('two hundred open desks', () => {
  const desk = (heard: string[], ...grants: Grant[]): OpenDesk => {
    const who: SignedIn = { id: `u${heard.length}`, username: 'u', name: 'U', grants, session: 's' as SessionId };
    return { who, write: (event) => void heard.push(event), end: () => void heard.push('end') };
  };
  const hubOf = (look: ChangeReader['look']) =>
    new LiveHub({ reader: () => ({ look }), clock: Date.now, log: silentLog, pollMs: 1 });

  it('cost one look, and each hears', async () => {
    const change: Change = { event: 'entry', data: { ticket: 'HT-1', entry: 't-1' }, agencies: [ALPHA] };
    let looks = 0;
    const hub = hubOf(async () => {
      looks += 1;
      return { changes: looks === 2 ? [change] : [], staff: [] };
    });
    const heard = Array.from({ length: 200 }, (): string[] => []);
    const aborter = new AbortController();
    setMaxListeners(0, aborter.signal);
    for (const [i, one] of heard.entries())
      hub.join(desk(one, { agency: i % 2 === 0 ? ALPHA : BETA, role: 'officer' }), aborter.signal);
    await until(() => looks >= 4);
    aborter.abort();
    expect(heard.filter((one) => one.join() === 'entry')).toHaveLength(100);
    expect(heard.filter((one) => one.length === 0)).toHaveLength(100);
    const last = looks;
    await stage.shop.home.ping();
    expect(looks - last).toBeLessThanOrEqual(1);
  });

  it('go on hearing after a look that failed', async () => {
    let looks = 0;
    const hub = hubOf(async () => {
      looks += 1;
      if (looks === 1) throw new Error('storage');
      return { changes: [{ event: 'duty', data: {}, agencies: [ALPHA] }], staff: [] };
    });
    const heard: string[] = [];
    const aborter = new AbortController();
    hub.join(desk(heard, { agency: ALPHA, role: 'officer' }), aborter.signal);
    await until(() => heard.includes('duty'));
    aborter.abort();
  });

  it('are ended only where rights changed', async () => {
    const grants: Grant[] = [{ agency: ALPHA, role: 'officer' }];
    const member: StaffMember = {
      username: 'u',
      name: 'U',
      grants,
      password: '',
      mustChange: false,
      disabled: false,
      createdAt: 1,
      changedAt: 2,
    };
    let [looks, disabled] = [0, false];
    const hub = hubOf(async () => {
      looks += 1;
      return { changes: [], staff: [{ id: 'u0', member: { ...member, disabled } }] };
    });
    const heard: string[] = [];
    const aborter = new AbortController();
    hub.join(desk(heard, ...grants), aborter.signal);
    await until(() => looks >= 2);
    expect(heard).toEqual([]);
    disabled = true;
    await until(() => heard.length > 0);
    aborter.abort();
    expect(heard).toEqual(['end']);
  });
});

it('is not stopped by a clock that runs ahead', async () => {
  const { documents } = stage.shop.home;
  const reader = new ChangeReader({
    documents,
    agencies: AGENCIES,
    rows: { of: async ({ id }) => ({ id }) as never },
  });
  const now = Date.now();
  const ahead = await changed(ALPHA, { changedAt: now + 100 * MINUTE });
  const ids = async (at: number) =>
    (await reader.look(at)).changes.flatMap(({ event, data }) => (event === 'ticket' ? [data.id] : []));
  expect(await ids(now)).toContain(ahead.id);
  const next = await changed(ALPHA, { changedAt: now + 1000 });
  expect(await ids(now + 1200)).toEqual([next.id]);
});
