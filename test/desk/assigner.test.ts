// Who is given what waits: over a real engine, with tickets in their real machine.
import { DeskActions } from '../../src/desk/actions.js';
import { Assigner } from '../../src/desk/assigner.js';
import { StaffDirectory } from '../../src/desk/staff-directory.js';
import { staffLane } from '../../src/desk/staff-ids.js';
import { MINUTE } from '../../src/lib/clock.js';
import { silentLog } from '../../src/lib/log.js';
import type { Documents } from '../../src/records/documents.js';
import { DUTY, STAFF_MEMBER } from '../../src/records/staff.js';
import { TICKET, type Ticket } from '../../src/records/ticket.js';
import { exclusively } from '../../src/turns/singleton.js';
import { until } from '../storage/until.js';
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
import { ticketsLane } from './tickets-lane.js';

let stage: OfficeStage;
let assigner: Assigner;
let number = 0;

beforeEach(async () => {
  let documents: Documents | undefined;
  stage = await officeStage(
    ticketsLane(() => {
      if (documents === undefined) throw new Error('the stage is not set');
      return documents;
    }),
  );
  documents = stage.shop.home.documents;
  assigner = assignerOf('one');
}, 60_000);
afterEach(async () => {
  await assigner.stop();
  await closeStages();
});

function assignerOf(owner: string): Assigner {
  const { home, engine } = stage.shop;
  const { documents } = home;
  const clock = Date.now;
  return new Assigner({
    documents,
    staff: new StaffDirectory(documents, clock),
    actions: new DeskActions({ acceptor: engine.acceptor, documents, clock }),
    exclusively: (work) => exclusively(home.turns, 'singleton:assigner', owner, work),
    clock,
    log: silentLog,
    everyMs: 10,
  });
}

async function waits(agency: string, change: Partial<Ticket> = {}): Promise<string> {
  number += 1;
  const id = `HT-WAIT-${number}`;
  const since = Date.now() - MINUTE + number;
  await stage.put(TICKET, id, ticket(agency, { openedAt: since, ...change }), laneIn(agency, `w${number}`));
  return id;
}

async function onDuty(name: string, room: number, ...agencies: string[]): Promise<Browser> {
  const who = await stage.signIn(name, ...agencies.map((agency) => ({ agency, role: 'officer' as const })));
  await stage.put(DUTY, who.id, { agencies, name, room, since: 1, until: Date.now() + MINUTE });
  return who;
}

async function assigneeOf(id: string): Promise<string | undefined> {
  return (await stage.shop.home.documents.get(TICKET, id))?.body.assignee;
}

async function assignees(tickets: readonly string[]): Promise<(string | undefined)[]> {
  return Promise.all(tickets.map(assigneeOf));
}

it('goes round among those on duty, the most urgent first, until nobody has room', async () => {
  const [a, b] = [await onDuty('an', 2, ALPHA), await onDuty('bao', 1, ALPHA)];
  const normal = [await waits(ALPHA), await waits(ALPHA), await waits(ALPHA)];
  const urgent = await waits(ALPHA, { priority: 0 });
  expect(await assigner.round()).toBe(3);
  await until(async () => (await assigneeOf(normal[1] ?? '')) !== undefined);
  expect(await assignees([urgent, ...normal])).toEqual([a.id, b.id, a.id, undefined]);
  expect(await assigner.round()).toBe(0);
});

it('goes on after whoever was given the last one', async () => {
  const [a, b] = [await onDuty('an', 5, ALPHA), await onDuty('bao', 5, ALPHA)];
  const tickets: string[] = [];
  for (let i = 0; i < 4; i += 1) {
    tickets.push(await waits(ALPHA));
    expect(await assigner.round()).toBe(1);
    const last = tickets.at(-1) ?? '';
    await until(async () => (await assigneeOf(last)) !== undefined);
  }
  expect(await assignees(tickets)).toEqual([a.id, b.id, a.id, b.id]);
});

it('leaves a conversation to be taken by hand at first, and never takes one from who has it', async () => {
  const a = await onDuty('an', 5, ALPHA);
  const b = await onDuty('bao', 5, ALPHA);
  const fresh = await waits(ALPHA, { waitingSince: Date.now() });
  const taken = await waits(ALPHA);
  expect((await b.send('post', `/tickets/${taken}/claim`)).status).toBe(200);
  await assigner.round();
  expect(await assignees([fresh, taken])).toEqual([undefined, b.id]);
  expect(a.id).not.toBe(b.id);
});

it('gives to nobody of another agency, off duty, or without the right any more', async () => {
  await onDuty('beta', 5, BETA);
  const over = await stage.signIn('het', { agency: ALPHA, role: 'officer' });
  await stage.put(DUTY, over.id, { agencies: [ALPHA], name: 'het', room: 5, since: 1, until: Date.now() - 1 });
  const lost = await onDuty('mat', 5, ALPHA);
  const member = (await stage.shop.home.documents.get(STAFF_MEMBER, lost.id))?.body;
  if (member === undefined) throw new Error('the member is not there');
  await stage.put(STAFF_MEMBER, lost.id, { ...member, disabled: true }, staffLane(lost.id));
  const id = await waits(ALPHA);
  expect(await assigner.round()).toBe(0);
  expect(await assigneeOf(id)).toBeUndefined();
});

it('counts the room of who stands in two agencies once', async () => {
  const one = await onDuty('hai', 1, ALPHA, BETA);
  const tickets = [await waits(ALPHA), await waits(BETA)];
  expect(await assigner.round()).toBe(1);
  await until(async () => (await assignees(tickets)).includes(one.id));
  expect((await assignees(tickets)).filter((id) => id === undefined)).toHaveLength(1);
});

it('runs in one process at a time, and a ticket is given once by two', async () => {
  await onDuty('an', 3, ALPHA);
  const tickets = [await waits(ALPHA), await waits(ALPHA)];
  const other = assignerOf('two');
  assigner.start();
  other.start();
  try {
    await until(async () => (await assignees(tickets)).every((id) => id !== undefined));
    const trail = () => stage.trail(ALPHA);
    await until(async () => (await trail()).length >= 2);
    expect((await trail()).map(({ action, by }) => [action, by])).toEqual([
      ['ticket.assign', 'system'],
      ['ticket.assign', 'system'],
    ]);
  } finally {
    await other.stop();
  }
});
