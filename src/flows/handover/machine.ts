// The ticket as a pure machine: a ticket, what happens to it, its agency and the time → the ticket after it, or why not. What
// citizens hear of it and what is written down is decided elsewhere.
import {
  MOST_HISTORY,
  MOST_TAGS,
  type Priority,
  type Resolution,
  TAG_LENGTH,
  type Target,
  type Ticket,
  type TicketAction,
  type TicketStep,
} from '../../records/ticket.js';
import type { Agency } from './agencies.js';
import { type Changed, SYSTEM, type TicketEvent } from './events.js';
import { previewed } from './opening.js';

/** `agency` is the ticket's own. The same ticket, not a copy, where nothing changes. */
export function changeTicket(ticket: Ticket, event: TicketEvent, agency: Agency, now: number): Changed {
  const closed = ticket.status === 'closed';
  switch (event.type) {
    case 'reopened':
      return closed ? reopened(ticket, event, agency, now) : { ticket };
    case 'taken-there':
      return takenThere(ticket, event, agency, now);
    case 'tagged':
      return tagged(ticket, event, now);
    default:
      return closed ? { refused: 'ticket.closed' } : changeOpen(ticket, event, agency, now);
  }
}

type OpenEvent = Exclude<TicketEvent, { type: 'reopened' | 'taken-there' | 'tagged' }>;

function changeOpen(ticket: Ticket, event: OpenEvent, agency: Agency, now: number): Changed {
  switch (event.type) {
    case 'said':
      return next(ticket, now, said(ticket, event, agency, now));
    case 'acted':
      return event.at <= ticket.lastCitizenAt && event.preview === undefined
        ? { ticket }
        : next(ticket, now, said(ticket, { ...event, asks: false }, agency, now));
    case 'left-message':
      return next(ticket, now, said(ticket, { ...event, asks: true }, agency, now), { action: 'message-left' });
    case 'claimed':
      if (ticket.assignee === event.by) return { ticket };
      if (ticket.assignee !== undefined) return { refused: 'ticket.taken' };
      return given(ticket, event.by, now, { action: 'claimed', by: event.by });
    case 'assigned':
      if (event.by === SYSTEM && ticket.status !== 'waiting') return { refused: 'ticket.taken' };
      if (!mayTurn(ticket, event)) return { refused: 'ticket.not-yours' };
      if (ticket.assignee === event.to) return { ticket };
      return given(ticket, event.to, now, { action: 'assigned', by: event.by, to: event.to });
    case 'transferred':
      if (!mayTurn(ticket, event)) return { refused: 'ticket.not-yours' };
      return transferred(ticket, event, now);
    case 'released':
      if (ticket.status === 'waiting') return { ticket };
      if (!mayTurn(ticket, event)) return { refused: 'ticket.not-yours' };
      return queued(ticket, now, {}, { action: 'released', by: event.by });
    case 'replied':
      return ticket.assignee === event.by ? next(ticket, now, answered(ticket, now)) : { refused: 'ticket.not-yours' };
    case 'prioritised':
      if (!mayTurn(ticket, event)) return { refused: 'ticket.not-yours' };
      return prioritised(ticket, event, agency, now);
    case 'closed':
      if (!mayTurn(ticket, event)) return { refused: 'ticket.not-yours' };
      return closedAs(ticket, event.resolution, now, event.by);
    case 'gave-up':
      return closedAs(ticket, 'left', now);
    case 'fell-silent':
      if (ticket.status !== 'open') return { ticket };
      // Who wrote in the platform's own inbox answers there again, or not at all.
      return ticket.unanswered > 0 && ticket.assignee !== undefined
        ? queued(ticket, now, {}, { action: 'released', by: SYSTEM })
        : closedAs(ticket, 'hand-back', now, SYSTEM);
  }
}

/** What nobody has is everybody's who works in the agency; what somebody has is theirs and their supervisor's. */
function mayTurn({ assignee }: Ticket, { by, supervise }: { by: string; supervise: boolean }): boolean {
  return assignee === undefined || assignee === by || supervise;
}

function said(
  ticket: Ticket,
  { at, asks, preview }: Pick<Extract<TicketEvent, { type: 'said' }>, 'at' | 'asks' | 'preview'>,
  agency: Agency,
  now: number,
): Partial<Ticket> {
  const before = { lastCitizenAt: Math.max(ticket.lastCitizenAt, at), ...previewed(preview) };
  if (!asks) return before;
  const { nextAnswer } = agency.targets[ticket.priority];
  // Until the first answer, that one is owed.
  const owed = ticket.firstAnsweredAt === undefined || ticket.targets.nextAnswer !== undefined;
  return {
    ...before,
    unanswered: ticket.unanswered + 1,
    ...(ticket.unanswered === 0 ? { waitingSince: now } : {}),
    ...(owed ? {} : { targets: { ...ticket.targets, nextAnswer: { dueAt: agency.hours.add(now, nextAnswer) } } }),
  };
}

function given({ answerFrom: _answerFrom, ...ticket }: Ticket, to: string, now: number, step: Step): Changed {
  return next(ticket, now, { status: 'open', assignee: to }, step);
}

/** Into the queue, where whoever waited for an answer goes on waiting. */
function queued({ assignee: _assignee, ...ticket }: Ticket, now: number, change: Partial<Ticket>, step: Step): Changed {
  const waitingSince = ticket.unanswered > 0 ? ticket.waitingSince : now;
  return next(ticket, now, { status: 'waiting', waitingSince, ...change }, step);
}

function transferred(
  ticket: Ticket,
  { by, agency, team }: Extract<TicketEvent, { type: 'transferred' }>,
  now: number,
): Changed {
  const { team: _team, ...rest } = ticket;
  const moved: Ticket = { ...rest, agency: agency.id, ...(team === undefined ? {} : { team }) };
  const to = team === undefined ? agency.id : `${agency.id}/${team}`;
  return queued(
    moved,
    now,
    { targets: targetsAnew(moved, agency, ticket.priority) },
    { action: 'transferred', by, to },
  );
}

/** The answer is met late all the same: when it was met stands beside when it was due. */
function answered(ticket: Ticket, now: number): Partial<Ticket> {
  const { nextAnswer: _met, ...targets } = ticket.targets;
  const firstAnswer: Target = { ...targets.firstAnswer, metAt: targets.firstAnswer.metAt ?? now };
  return {
    lastStaffAt: now,
    firstAnsweredAt: ticket.firstAnsweredAt ?? now,
    unanswered: 0,
    waitingSince: now,
    targets: { ...targets, firstAnswer },
  };
}

function takenThere(
  ticket: Ticket,
  { wrote }: Extract<TicketEvent, { type: 'taken-there' }>,
  agency: Agency,
  now: number,
): Changed {
  if (ticket.status !== 'closed') {
    const { answerFrom: _answerFrom, ...rest } = ticket;
    return next(rest, now, { status: 'open', ...(wrote ? answered(ticket, now) : {}) });
  }
  if (!mayReopen(ticket, agency, now)) return { refused: 'ticket.reopening-over' };
  const { resolution: _resolution, closedAt: _closedAt, ...rest } = ticket;
  const resolution: Target = { dueAt: agency.hours.add(now, agency.targets[ticket.priority].resolution) };
  const again: Ticket = { ...rest, targets: { ...ticket.targets, resolution } };
  const change: Partial<Ticket> = { status: 'open', reopened: ticket.reopened + 1, waitingSince: now };
  return next(again, now, { ...change, ...(wrote ? answered(again, now) : {}) }, { action: 'reopened' });
}

function mayReopen({ closedAt }: Ticket, { reopenWithin }: Agency, now: number): boolean {
  return closedAt !== undefined && now - closedAt <= reopenWithin;
}

function prioritised(
  ticket: Ticket,
  { by, priority }: Extract<TicketEvent, { type: 'prioritised' }>,
  agency: Agency,
  now: number,
): Changed {
  if (ticket.priority === priority) return { ticket };
  const targets = targetsAnew(ticket, agency, priority);
  return next(ticket, now, { priority, targets }, { action: 'priority', by, to: String(priority) });
}

/** What is not met yet is due by this agency's time for this priority, from when it was first owed. */
function targetsAnew(ticket: Ticket, { hours, targets: times }: Agency, priority: Priority): Ticket['targets'] {
  const { firstAnswer, nextAnswer, resolution } = ticket.targets;
  const since = ticket.history.findLast(({ action }) => action === 'reopened')?.at ?? ticket.openedAt;
  const time = times[priority];
  return {
    firstAnswer: firstAnswer.metAt === undefined ? { dueAt: hours.add(since, time.firstAnswer) } : firstAnswer,
    ...(nextAnswer === undefined ? {} : { nextAnswer: { dueAt: hours.add(ticket.waitingSince, time.nextAnswer) } }),
    resolution: resolution.metAt === undefined ? { dueAt: hours.add(since, time.resolution) } : resolution,
  };
}

function tagged(ticket: Ticket, { by, tags }: Extract<TicketEvent, { type: 'tagged' }>, now: number): Changed {
  const clean = [...new Set(tags.map((tag) => tag.normalize('NFC').trim()).filter((tag) => tag !== ''))];
  if (clean.length > MOST_TAGS || clean.some((tag) => tag.length > TAG_LENGTH)) return { refused: 'ticket.bad-tags' };
  const same = clean.length === ticket.tags.length && clean.every((tag, i) => tag === ticket.tags[i]);
  return same ? { ticket } : next(ticket, now, { tags: clean }, { action: 'tagged', by });
}

function closedAs(
  { assignee: _assignee, answerFrom: _answerFrom, ...ticket }: Ticket,
  resolution: Resolution,
  now: number,
  by?: string,
): Changed {
  const { nextAnswer: _nextAnswer, ...targets } = ticket.targets;
  return next(
    ticket,
    now,
    {
      status: 'closed',
      resolution,
      closedAt: now,
      targets: { ...targets, resolution: { ...targets.resolution, metAt: now } },
    },
    { action: 'closed', ...(by === undefined ? {} : { by }) },
  );
}

function reopened(
  before: Ticket,
  { at, answerFrom, preview }: Extract<TicketEvent, { type: 'reopened' }>,
  agency: Agency,
  now: number,
): Changed {
  if (!mayReopen(before, agency, now)) return { refused: 'ticket.reopening-over' };
  const { resolution: _resolution, closedAt: _closedAt, ...ticket } = before;
  const { firstAnswer, nextAnswer, resolution } = agency.targets[ticket.priority];
  const due = (time: number): Target => ({ dueAt: agency.hours.add(now, time) });
  return next(
    ticket,
    now,
    {
      status: 'waiting',
      ...(answerFrom === undefined ? {} : { answerFrom }),
      ...previewed(preview),
      waitingSince: now,
      lastCitizenAt: Math.max(ticket.lastCitizenAt, at),
      unanswered: ticket.unanswered + 1,
      reopened: ticket.reopened + 1,
      targets: {
        firstAnswer: ticket.firstAnsweredAt === undefined ? due(firstAnswer) : ticket.targets.firstAnswer,
        ...(ticket.firstAnsweredAt === undefined ? {} : { nextAnswer: due(nextAnswer) }),
        resolution: due(resolution),
      },
    },
    { action: 'reopened' },
  );
}

type Step = { action: TicketAction; by?: string; to?: string };

function next(ticket: Ticket, now: number, change: Partial<Ticket>, step?: Step): Changed {
  return { ticket: changed(ticket, now, change, step) };
}

function changed(ticket: Ticket, now: number, change: Partial<Ticket>, step?: Step): Ticket {
  // Clocks of two processes differ: what happens later is never earlier.
  const changedAt = Math.max(now, ticket.changedAt);
  const steps: TicketStep[] = step === undefined ? ticket.history : [...ticket.history, { at: changedAt, ...step }];
  return { ...ticket, ...change, history: steps.slice(-MOST_HISTORY), changedAt, revision: ticket.revision + 1 };
}
