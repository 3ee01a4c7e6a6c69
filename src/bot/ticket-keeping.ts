// What a changed ticket leaves behind in the turn that changed it: its record, who speaks from now on, the timer of silence, steps in
// the transcript, the day's figures. What changed is read from the ticket before and after.
import type { Agency } from '../flows/handover/agencies.js';
import { type LaneTicket, SYSTEM } from '../flows/handover/events.js';
import { putDocument } from '../records/documents.js';
import { TICKET, type Ticket, type TicketStatus, type TicketStep } from '../records/ticket.js';
import { audited, counted } from '../turns/desk-action.js';
import type { Effect, LaneMode } from '../turns/turn.js';
import { stepLine } from './transcript.js';
import type { TurnWork } from './turn-adapter.js';

/** Timer that falls due after a silence under staff. */
export const HAND_BACK = 'hand-back';

const MODES: Readonly<Record<TicketStatus, LaneMode>> = { waiting: 'waiting', open: 'staff', closed: 'bot' };

/** Call it once a turn, with the ticket as the turn leaves it; `agency` is the ticket's. */
export function keepTicket(work: TurnWork, before: LaneTicket | undefined, after: LaneTicket, agency: Agency): void {
  const old = before?.id === after.id ? before.body : undefined;
  const { id, body } = after;
  if (old?.revision === body.revision) return;
  const { now } = work.request;
  work.mode = MODES[body.status];
  work.effects.push({ type: 'record', change: putDocument(TICKET, id, body) });
  if (body.status === 'open') work.timers.push({ type: 'set', name: HAND_BACK, dueAt: now + agency.handBackAfter });
  else if (old?.status === 'open') work.timers.push({ type: 'cancel', name: HAND_BACK });
  const steps = newSteps(old, body);
  work.lines.push(
    ...steps.map(({ action, by, to }) => stepLine(action, to !== undefined && isOfficer(action) ? to : by)),
  );
  count(work, old, body, steps, agency);
}

export function isOpen(ticket: LaneTicket | undefined): ticket is LaneTicket {
  return ticket !== undefined && ticket.body.status !== 'closed';
}

/** What is left of a ticket whose citizen is forgotten: a line that it was, and its place in the figures. */
export function forgotten({ id, body: { agency } }: LaneTicket, now: number): Effect[] {
  const line = { agency, by: SYSTEM, action: 'ticket.forgotten', object: `ticket:${id}` };
  return [audited(now, line), counted(now, agency, 'closed')];
}

/** Of an assignment the transcript names who has it now. */
function isOfficer(action: TicketStep['action']): boolean {
  return action === 'assigned';
}

/** The history is cut at its old end: what is new follows the last step that was there before. */
function newSteps(before: Ticket | undefined, after: Ticket): TicketStep[] {
  const last = before?.history.at(-1);
  if (last === undefined) return after.history;
  return after.history.slice(after.history.lastIndexOf(last) + 1);
}

function count(
  { effects, request: { now } }: TurnWork,
  before: Ticket | undefined,
  after: Ticket,
  steps: readonly TicketStep[],
  { hours }: Agency,
): void {
  const did = (action: TicketStep['action']) => steps.some((step) => step.action === action);
  if (did('opened')) effects.push(counted(now, after.agency, 'opened'));
  if (did('reopened')) effects.push(counted(now, after.agency, 'reopened'));
  const { firstAnsweredAt, openedAt, reason } = after;
  // Nobody waited for an officer who wrote first.
  if (firstAnsweredAt !== undefined && before?.firstAnsweredAt === undefined && reason !== 'platform')
    effects.push(counted(now, after.agency, 'answered', hours.between(openedAt, firstAnsweredAt)));
  if (!did('closed')) return;
  effects.push(counted(now, after.agency, 'closed'));
  if (isBreached(after, now)) effects.push(counted(now, after.agency, 'breached'));
}

/** A time was missed, as far as the ticket still knows at its end. */
function isBreached({ targets: { firstAnswer, resolution } }: Ticket, now: number): boolean {
  return (firstAnswer.metAt ?? now) > firstAnswer.dueAt || (resolution.metAt ?? now) > resolution.dueAt;
}
