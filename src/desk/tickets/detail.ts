// GET /tickets/:id: everything about one conversation but its lines.
import { windowAt } from '../../channels/windows.js';
import type { Agencies, Agency } from '../../flows/handover/agencies.js';
import { addressOf } from '../../lib/ids.js';
import type { Documents } from '../../records/documents.js';
import { FEEDBACK, reportStatus } from '../../records/feedback.js';
import { SUBSCRIPTION } from '../../records/subscription.js';
import { type Target, TICKET, type Ticket, type TicketStep } from '../../records/ticket.js';
import type { LaneMode } from '../../turns/turn.js';
import type { TargetView, TicketDetail } from '../api.js';
import { can } from '../permissions.js';
import type { SignedIn } from '../route.js';
import type { StaffDirectory } from '../staff-directory.js';
import { allowedIn } from './allowed.js';
import type { StoredTicket, TicketRows } from './rows.js';
import { sees } from './seen.js';

const MOST_EARLIER = 10;
const MOST_DOSSIERS = 20;
const MOST_REPORTS = 20;

const MODES: Readonly<Record<Ticket['status'], LaneMode>> = { waiting: 'waiting', open: 'staff', closed: 'bot' };

export interface DetailParts {
  documents: Pick<Documents, 'find'>;
  agencies: Agencies;
  staff: Pick<StaffDirectory, 'nameOf'>;
  rows: TicketRows;
}

export async function ticketDetail(
  parts: DetailParts,
  ticket: StoredTicket,
  who: SignedIn,
  now: number,
): Promise<TicketDetail> {
  const { rows, agencies } = parts;
  const { body, lane } = ticket;
  const channel = addressOf(lane)?.channel ?? 'zalo';
  const window = windowAt(channel, body.lastCitizenAt, now);
  const [row, history, earlier, dossiers, feedback] = await Promise.all([
    rows.of(ticket),
    Promise.all(body.history.map((step) => named(parts, step))),
    earlierOf(parts, ticket, who),
    dossiersOf(parts, ticket),
    reportsOf(parts, ticket),
  ]);
  return {
    ...row,
    mode: MODES[body.status],
    window,
    allowed: allowedIn(channel, window.state),
    targets: targetsOf(body, agencies.get(body.agency), now),
    history,
    earlier,
    dossiers,
    feedback,
    may: mayOf(body, who),
  };
}

function mayOf({ agency, status, assignee }: Ticket, { id, grants }: SignedIn): TicketDetail['may'] {
  const works = can(grants, 'tickets.work', agency);
  return {
    claim: works && status !== 'closed' && assignee === undefined,
    work: works && status === 'open' && assignee === id,
    supervise: can(grants, 'tickets.supervise', agency),
    reveal: can(grants, 'personal.reveal', agency),
  };
}

function targetsOf(
  { targets: { firstAnswer, nextAnswer, resolution } }: Ticket,
  agency: Agency | undefined,
  now: number,
): TicketDetail['targets'] {
  const view = (target: Target): TargetView => {
    const left = target.metAt === undefined ? workingTimeTo(target.dueAt, agency, now) : undefined;
    return { ...target, ...(left === undefined ? {} : { left }) };
  };
  return {
    firstAnswer: view(firstAnswer),
    ...(nextAnswer === undefined ? {} : { nextAnswer: view(nextAnswer) }),
    resolution: view(resolution),
  };
}

/** Below zero once it has passed. */
function workingTimeTo(dueAt: number, agency: Agency | undefined, now: number): number | undefined {
  if (agency === undefined) return undefined;
  return now <= dueAt ? agency.hours.between(now, dueAt) : -agency.hours.between(dueAt, now);
}

async function named(parts: DetailParts, step: TicketStep): Promise<TicketDetail['history'][number]> {
  const byName = step.by === undefined ? undefined : await parts.staff.nameOf(step.by);
  const toName = step.to === undefined ? undefined : await nameOf(parts, step.to);
  return { ...step, ...(byName === undefined ? {} : { byName }), ...(toName === undefined ? {} : { toName }) };
}

/** An officer, an agency, or `<agency>/<team>`. */
async function nameOf({ staff, agencies }: DetailParts, to: string): Promise<string | undefined> {
  const [id = '', teamId] = to.split('/');
  const agency = agencies.get(id);
  if (agency === undefined) return staff.nameOf(to);
  const team = agency.teams.find((one) => one.id === teamId);
  return team === undefined ? agency.name : `${agency.name} – ${team.name}`;
}

/** Of agencies that this officer sees. */
async function earlierOf({ documents, rows }: DetailParts, ticket: StoredTicket, who: SignedIn) {
  const found = await documents.find(TICKET, {
    index: 'lane',
    under: [ticket.lane],
    order: 'down',
    // Some are of other agencies.
    limit: 2 * MOST_EARLIER,
  });
  const others = found.documents.filter((one) => one.id !== ticket.id && sees(who, one));
  return rows.all(others.slice(0, MOST_EARLIER));
}

async function dossiersOf({ documents }: DetailParts, { lane, body }: StoredTicket): Promise<string[]> {
  const found = await documents.find(SUBSCRIPTION, {
    index: 'lane',
    under: [lane],
    order: 'down',
    limit: MOST_DOSSIERS,
  });
  const codes = found.documents.map((one) => one.body.code);
  return [...new Set([...(body.about?.dossier === undefined ? [] : [body.about.dossier]), ...codes])];
}

async function reportsOf({ documents }: DetailParts, { lane }: StoredTicket): Promise<TicketDetail['feedback']> {
  const found = await documents.find(FEEDBACK, { index: 'lane', under: [lane], order: 'down', limit: MOST_REPORTS });
  return found.documents.map(({ id, body }) => ({
    code: id,
    status: reportStatus(body),
    at: body.createdAt,
  }));
}
