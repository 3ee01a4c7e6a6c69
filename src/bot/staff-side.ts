// The side of staff in a citizen's lane: what they do at the desk, what they write in the platform's own inbox, and their silence.
// Who may do what was checked by the desk; what becomes of it is decided by the ticket's machine.
import type { OutgoingActivity } from '../channels/activity.js';
import type { InboundBody } from '../channels/channel.js';
import { windowAt } from '../channels/windows.js';
import type { Turn } from '../flows/flow.js';
import { eventOf, readTicketAction, type TicketActionData } from '../flows/handover/actions.js';
import { agencyOf } from '../flows/handover/asking.js';
import { type LaneTicket, SYSTEM, type TicketEvent } from '../flows/handover/events.js';
import { changeTicket } from '../flows/handover/machine.js';
import { openTicket } from '../flows/handover/opening.js';
import type { HandoverServices } from '../flows/handover/services.js';
import { HANDOVER } from '../flows/handover/texts.js';
import { freeTicketCode } from '../flows/handover/ticket-code.js';
import { menuChoice } from '../flows/home/choices.js';
import { say } from '../flows/message.js';
import { handoverSubject } from '../flows/rating/subject.js';
import { TALK } from '../flows/talk/texts.js';
import { addressOf } from '../lib/ids.js';
import type { AuditLine } from '../records/audit.js';
import type { DeskOutcome } from '../records/desk-records.js';
import type { Ticket, TicketAction } from '../records/ticket.js';
import { audited, outcomeOf } from '../turns/desk-action.js';
import type { DeskActionBody, Effect } from '../turns/turn.js';
import { staffReply } from './staff-reply.js';
import { spokenLine } from './transcript.js';
import type { TurnWork } from './turn-adapter.js';

/** What the turn says to the citizen, and the ticket as it leaves it. */
export interface StaffTurn {
  say: OutgoingActivity[];
  ticket?: LaneTicket;
  /** The turn's last effect: who sees it at the desk finds everything else in its place. */
  outcome?: Effect;
}

const SILENT: StaffTurn = { say: [] };

export class StaffSide {
  constructor(private readonly handover: HandoverServices) {}

  /** Something staff did at the desk. Leaves the outcome, and the audit line of what was done. */
  async act(work: TurnWork, turn: Turn, body: DeskActionBody): Promise<StaffTurn> {
    const { event, now } = work.request;
    const done = await this.decide(work, turn, body);
    if ('refused' in done) {
      const { refused, detail } = done;
      return { say: [], outcome: outcomeOf(event, now, refused, detail) };
    }
    const { ticket, say: said, detail } = done;
    const { agency } = turn.ticket?.body ?? ticket.body;
    const { revision, status } = ticket.body;
    const line = { agency, by: body.by.user, action: body.action, object: `ticket:${ticket.id}`, detail };
    work.effects.push(audited(now, line));
    return { say: said, ticket, outcome: outcomeOf(event, now, 'done', { ticket: ticket.id, status, revision }) };
  }

  private async decide(work: TurnWork, turn: Turn, { action, by: { user }, data }: DeskActionBody): Promise<Decided> {
    const read = readTicketAction(action, data);
    if (read === undefined) return { refused: 'action.unreadable' };
    const { ticket } = turn;
    // The lane's last ticket is another one: the one that is meant was closed.
    if (ticket === undefined || ticket.id !== read.data.ticket) return { refused: 'ticket.closed' };
    if (ticket.body.agency !== read.data.agency) return { refused: 'ticket.moved' };
    const happens = eventOf(read, user, this.handover.agencies);
    if (happens === 'unknown-agency') return { refused: 'agency.unknown' };
    if (happens === 'note') {
      if (read.action === 'ticket.note') work.lines.push(spokenLine('note', read.data.text, { user }));
      return { ticket, say: [], detail: {} };
    }
    const changed = this.change(turn, ticket, happens);
    if ('refused' in changed) {
      const { assignee } = ticket.body;
      return { refused: changed.refused, ...(assignee === undefined ? {} : { detail: { assignee } }) };
    }
    const words = await this.words(work, turn, read, { before: ticket, after: changed, user, data });
    if ('refused' in words) return words;
    return { ticket: changed, say: words.say, detail: detailOf(read) };
  }

  /** What the citizen hears of it. */
  private async words(
    work: TurnWork,
    turn: Turn,
    read: TicketActionData,
    {
      before,
      after,
      user,
      data,
    }: { before: LaneTicket; after: LaneTicket; user: string; data: DeskActionBody['data'] },
  ): Promise<{ say: OutgoingActivity[] } | Refused> {
    const { texts } = turn.services;
    switch (read.action) {
      case 'ticket.reply': {
        const reply = await staffReply(turn, data, { user, lastCitizenAt: before.body.lastCitizenAt });
        if ('refused' in reply) return reply;
        work.lines.push(reply.line);
        return { say: reply.activities };
      }
      case 'ticket.claim':
      case 'ticket.assign': {
        // From here on the bot is silent: a last sentence says who reads now.
        const taken = before.body.status === 'waiting' && after.body.status === 'open' && !knowsTaken(before.body);
        return { say: taken ? heard(turn, before, texts.format(HANDOVER.claimed, { code: after.id }), []) : [] };
      }
      case 'ticket.transfer': {
        if (read.data.note !== undefined) work.lines.push(spokenLine('note', read.data.note, { user }));
        const { agency } = after.body;
        if (agency === before.body.agency) return { say: [] };
        const { name } = agencyOf(turn, this.handover, agency);
        return { say: heard(turn, before, texts.format(HANDOVER.transferred, { code: after.id, agency: name })) };
      }
      case 'ticket.close':
        return { say: this.ended(work, turn, after, texts.format(HANDOVER.closed, { code: after.id })) };
      default:
        return { say: [] };
    }
  }

  /** An officer is at it in the platform's own inbox: the conversation is theirs. `lastCitizenAt`: platform time of the citizen's last act. */
  async takenThere(
    turn: Turn,
    { text, attachments = [] }: Extract<InboundBody, { kind: 'staff-message' }>,
    lastCitizenAt: number,
  ): Promise<StaffTurn> {
    const { ticket, now, eventId, services } = turn;
    const wrote = text !== undefined || attachments.length > 0;
    const taken = ticket === undefined ? undefined : this.change(turn, ticket, { type: 'taken-there', wrote });
    if (taken !== undefined && !('refused' in taken)) return { say: [], ticket: taken };
    const agency = agencyOf(turn, this.handover);
    const body = openTicket({ agency, reason: 'platform', at: lastCitizenAt, now });
    return { say: [], ticket: { id: await freeTicketCode(eventId, services.documents), body } };
  }

  /** The platform's own inbox gave the conversation back; what an officer of the desk has stays theirs. */
  leftThere(work: TurnWork, turn: Turn): StaffTurn {
    const { ticket, services } = turn;
    if (ticket?.body.status !== 'open' || ticket.body.assignee !== undefined) return SILENT;
    const event: TicketEvent = { type: 'closed', by: SYSTEM, resolution: 'hand-back', supervise: true };
    const after = this.surely(turn, ticket, event);
    return { say: this.ended(work, turn, after, services.texts.format(TALK.handBack)), ticket: after };
  }

  /** Nobody has written for a while. */
  fellSilent(work: TurnWork, turn: Turn): StaffTurn {
    const { ticket, services } = turn;
    if (ticket?.body.status !== 'open') return SILENT;
    const after = this.surely(turn, ticket, { type: 'fell-silent' });
    const { texts } = services;
    const code = after.id;
    if (after.body.status === 'waiting')
      return {
        say: apologised(ticket.body) ? [] : heard(turn, ticket, texts.format(HANDOVER.backInQueue, { code })),
        ticket: after,
      };
    return { say: this.ended(work, turn, after, texts.format(HANDOVER.fellSilent, { code })), ticket: after };
  }

  /** The end of the talk: one sentence, and an invitation to rate where somebody had answered. */
  private ended(work: TurnWork, turn: Turn, ticket: LaneTicket, text: string): OutgoingActivity[] {
    const { resolution, firstAnsweredAt } = ticket.body;
    if (firstAnsweredAt !== undefined && resolution !== 'spam') {
      // By way of a notice: whether this is a good time to ask is decided as for all of them.
      const body = {
        kind: 'notice',
        name: 'rating.invite',
        data: handoverSubject({ ticket: ticket.id, event: turn.eventId }),
      } as const;
      work.effects.push({ type: 'append', lane: turn.lane, at: turn.now, body });
    }
    return heard(turn, ticket, text);
  }

  private change(turn: Turn, { id, body }: LaneTicket, event: TicketEvent): LaneTicket | { refused: string } {
    const changed = changeTicket(body, event, agencyOf(turn, this.handover, body.agency), turn.now);
    return 'refused' in changed ? changed : { id, body: changed.ticket };
  }

  /** For what the machine never refuses on an open ticket. */
  private surely(turn: Turn, ticket: LaneTicket, event: TicketEvent): LaneTicket {
    const changed = this.change(turn, ticket, event);
    return 'refused' in changed ? ticket : changed;
  }
}

type Refused = { refused: string; detail?: NonNullable<DeskOutcome['detail']> };
type Decided = Refused | { ticket: LaneTicket; say: OutgoingActivity[]; detail: NonNullable<AuditLine['detail']> };

/** What the bot may say by itself while the window is open; beyond it every message costs or fails. */
function heard(
  { lane, now, services: { texts } }: Turn,
  { body }: { body: Ticket },
  text: string,
  choices = [menuChoice(texts)],
): OutgoingActivity[] {
  const channel = addressOf(lane)?.channel;
  const open = channel !== undefined && windowAt(channel, body.lastCitizenAt, now).state === 'open';
  return open ? [say(text, choices)] : [];
}

/** Somebody had it before, for the same question: that it changes hands is no news. */
function knowsTaken({ history }: Ticket): boolean {
  const asked = history.findLastIndex(({ action }) => ASKED.has(action));
  return history.slice(asked + 1).some(({ action }) => action === 'claimed' || action === 'assigned');
}

const ASKED: ReadonlySet<TicketAction> = new Set<TicketAction>(['opened', 'reopened', 'transferred']);

/** It went back into the queue before, and nobody has answered since: the citizen knows. */
function apologised({ history, lastStaffAt = 0 }: Ticket): boolean {
  return history.some(({ action, by, at }) => action === 'released' && by === SYSTEM && at >= lastStaffAt);
}

/** Ids and codes only. */
function detailOf({ action, data }: TicketActionData): NonNullable<AuditLine['detail']> {
  switch (action) {
    case 'ticket.assign':
      return { to: data.to };
    case 'ticket.transfer':
      return { to: data.toAgency, ...(data.team === undefined ? {} : { team: data.team }) };
    case 'ticket.tag':
      return { tags: data.tags.length };
    case 'ticket.priority':
      return { priority: data.priority };
    case 'ticket.close':
      return { resolution: data.resolution };
    default:
      return {};
  }
}
