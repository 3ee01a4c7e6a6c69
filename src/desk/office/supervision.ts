// GET /supervision: who is on duty with how much, what waits, what is late.
import type { StoredDocument } from '../../records/documents.js';
import { DUTY } from '../../records/staff.js';
import { nextDue, PRIORITIES, TICKET, type Ticket } from '../../records/ticket.js';
import type { Supervision } from '../api.js';
import { NOT_FOUND } from '../refusals.js';
import type { DeskRoute } from '../route.js';
import type { OfficeParts } from './office.js';
import { agenciesAsked } from './scope.js';

/** Counting and listing end here: more is shown as "1000+". */
const MOST_COUNTED = 1000;
const MOST_BREACHED = 50;
const MOST_ON_DUTY = 500;

export function supervisionRoutes(parts: OfficeParts): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/supervision',
      needs: 'tickets.supervise',
      async handle(request) {
        const of = agenciesAsked(request, parts.agencies, 'tickets.supervise');
        if (of === undefined) return NOT_FOUND;
        return { status: 200, json: await supervision(parts, of, request.now) };
      },
    },
  ];
}

async function supervision(parts: OfficeParts, of: readonly string[], now: number): Promise<Supervision> {
  const { documents, rows } = parts;
  const each = await Promise.all(
    of.map(async (agency) => ({
      waiting: await documents.count(TICKET, { index: 'queue', under: [agency, 'waiting'] }, MOST_COUNTED),
      open: await documents.count(TICKET, { index: 'queue', under: [agency, 'open'] }, MOST_COUNTED),
      oldest: await oldestWaiting(parts, agency),
      breached: await breached(parts, agency, now),
    })),
  );
  const oldest = each.flatMap((one) => (one.oldest === undefined ? [] : [one.oldest]));
  const late = each
    .flatMap((one) => one.breached)
    .sort((a, b) => a.due - b.due)
    .slice(0, MOST_BREACHED);
  return {
    onDuty: await onDuty(parts, of, now),
    waiting: sum(each.map(({ waiting }) => waiting)),
    open: sum(each.map(({ open }) => open)),
    ...(oldest.length === 0 ? {} : { oldestWaitingSince: Math.min(...oldest) }),
    breached: await rows.all(late.map(({ ticket }) => ticket)),
  };
}

/** The queue is sorted by priority first: the oldest of each, and of these the oldest. */
async function oldestWaiting({ documents }: OfficeParts, agency: string): Promise<number | undefined> {
  const first = await Promise.all(
    PRIORITIES.map((priority) =>
      documents.find(TICKET, { index: 'queue', under: [agency, 'waiting', priority], limit: 1 }),
    ),
  );
  const since = first.flatMap(({ documents: found }) => found.map(({ body }) => body.waitingSince));
  return since.length === 0 ? undefined : Math.min(...since);
}

async function breached(
  { documents }: OfficeParts,
  agency: string,
  now: number,
): Promise<{ ticket: StoredDocument<Ticket>; due: number }[]> {
  const page = await documents.find(TICKET, { index: 'due', under: [agency], to: now, limit: MOST_BREACHED });
  return page.documents.flatMap((ticket) => {
    const due = nextDue(ticket.body);
    return due === undefined ? [] : [{ ticket, due }];
  });
}

/** Who is on duty for one of these agencies, with all they have: room is for everything. */
async function onDuty({ documents }: OfficeParts, of: readonly string[], now: number): Promise<Supervision['onDuty']> {
  const page = await documents.find(DUTY, { index: 'until', from: now, limit: MOST_ON_DUTY });
  const here = page.documents.filter(({ body }) => body.agencies.some((agency) => of.includes(agency)));
  const all = await Promise.all(
    here.map(async ({ id, body: { name, room, since } }) => ({
      id,
      name,
      room,
      open: await documents.count(TICKET, { index: 'mine', under: [id, 'open'] }, MOST_COUNTED),
      since,
    })),
  );
  return all.sort((a, b) => a.name.localeCompare(b.name, 'vi'));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
