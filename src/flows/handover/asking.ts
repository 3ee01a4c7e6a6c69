// A citizen asks for staff, again or anew, leaves them a message, or no longer wants them: what becomes of the ticket, and what
// the citizen hears of it.
import { HOUR } from '../../lib/clock.js';
import { addressOf } from '../../lib/ids.js';
import type { HandoverReason, Ticket } from '../../records/ticket.js';
import type { StepResult, Turn } from '../flow.js';
import { menuChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import type { TextKey } from '../texts.js';
import type { Agency } from './agencies.js';
import type { LaneTicket, TicketEvent } from './events.js';
import { changeTicket } from './machine.js';
import { openTicket } from './opening.js';
import type { HandoverServices } from './services.js';
import { placeWords, type Standing, standingOf, whenWords } from './standing.js';
import { HANDOVER } from './texts.js';
import { freeTicketCode } from './ticket-code.js';

/** Who was angry so long ago wants people for another reason. */
const ANGRY_FOR = HOUR;

export interface Wish {
  reason: HandoverReason;
  about?: Ticket['about'];
}

/** An agency that is no longer in the list keeps its tickets: they count by the hours of the account's. */
export function agencyOf({ lane }: Pick<Turn, 'lane'>, { agencies }: HandoverServices, id?: string): Agency {
  const named = id === undefined ? undefined : agencies.get(id);
  if (named !== undefined) return named;
  const address = addressOf(lane);
  return agencies.ofAccount(address?.channel ?? '', address?.account ?? '');
}

export function isWaiting({ ticket }: Pick<Turn, 'ticket'>): boolean {
  return ticket?.body.status === 'waiting';
}

export async function askForStaff(turn: Turn, handover: HandoverServices, wish: Wish): Promise<StepResult> {
  const { ticket } = turn;
  if (ticket !== undefined && ticket.body.status !== 'closed') return stands(turn, handover, ticket);
  const again = ticket === undefined ? undefined : await reopen(turn, handover, ticket);
  return again === undefined ? opens(turn, handover, wish) : again;
}

/** Asked again: where they stand now. */
async function stands(turn: Turn, handover: HandoverServices, { id: code, body }: LaneTicket): Promise<StepResult> {
  const { texts } = turn.services;
  const standing = await standingOf(handover, agencyOf(turn, handover, body.agency), body, turn.now);
  const text = standing.there
    ? texts.format(HANDOVER.still, { code, place: placeWords(texts, standing) })
    : orUnknown(turn, standing, HANDOVER.stillAway, HANDOVER.stillUnknown, code);
  return { say: [say(text, waitingChoices(turn))] };
}

async function opens(turn: Turn, handover: HandoverServices, wish: Wish): Promise<StepResult> {
  const { now, at, preview, facts, services } = turn;
  const agency = agencyOf(turn, handover);
  const { about, reason } = { about: aboutOf(turn), ...wish, reason: reasonOf(turn, wish.reason) };
  const opening = openTicket({
    agency,
    reason,
    at,
    now,
    ...(about === undefined ? {} : { about }),
    ...(facts.report?.name === undefined ? {} : { name: facts.report.name }),
    ...(preview === undefined ? {} : { preview }),
  });
  const standing = await standingOf(handover, agency, opening, now);
  const body = standing.there || standing.from === undefined ? opening : { ...opening, answerFrom: standing.from };
  const code = await freeTicketCode(turn.eventId, services.documents);
  const ticket: LaneTicket = { id: code, body };
  if (!standing.there) return { say: [say(awayWords(turn, standing, code), waitingChoices(turn))], ticket, wait: {} };
  const text = services.texts.format(HANDOVER.queued, { code, place: placeWords(services.texts, standing) });
  return { say: [say(text, waitingChoices(turn))], ticket };
}

/** Undefined when the time for it is over. */
async function reopen(turn: Turn, handover: HandoverServices, before: LaneTicket): Promise<StepResult | undefined> {
  const { now, at, preview, services } = turn;
  const { texts } = services;
  const agency = agencyOf(turn, handover, before.body.agency);
  const standing = await standingOf(handover, agency, { priority: before.body.priority, waitingSince: now }, now);
  const answerFrom = standing.there ? undefined : standing.from;
  const event: TicketEvent = {
    type: 'reopened',
    at,
    ...(answerFrom === undefined ? {} : { answerFrom }),
    ...(preview === undefined ? {} : { preview }),
  };
  const changed = changeTicket(before.body, event, agency, now);
  if ('refused' in changed) return undefined;
  const text = standing.there
    ? texts.format(HANDOVER.reopened, { code: before.id, place: placeWords(texts, standing) })
    : orUnknown(turn, standing, HANDOVER.reopenedAway, HANDOVER.reopenedUnknown, before.id);
  return { say: [say(text, waitingChoices(turn))], ticket: { id: before.id, body: changed.ticket } };
}

/** The message they were asked for; undefined when nobody waits for one any more. */
export async function leaveMessage(turn: Turn, handover: HandoverServices): Promise<StepResult | undefined> {
  const left = changeOwn(turn, handover, { type: 'left-message', at: turn.at, ...previewOf(turn) });
  if (left === undefined) return undefined;
  const { answerFrom } = left.body;
  const standing: Standing = { there: false, why: 'nobody', ...(answerFrom === undefined ? {} : { from: answerFrom }) };
  const text = orUnknown(turn, standing, HANDOVER.messageKept, HANDOVER.messageKeptUnknown, left.id);
  return { say: [say(text, waitingChoices(turn))], ticket: left };
}

/**
 * What the bot does not understand while somebody waits for staff, or shortly after staff were done: it is theirs. `told`: the
 * citizen has just heard so. Undefined when no case is there for it.
 */
export async function leaveToStaff(turn: Turn, told: boolean): Promise<StepResult | undefined> {
  const { handover, texts } = turn.services;
  const { ticket } = turn;
  if (handover === undefined || ticket === undefined) return undefined;
  if (ticket.body.status === 'closed')
    return ticket.body.resolution === 'left' || ticket.body.resolution === 'spam'
      ? undefined
      : reopen(turn, handover, ticket);
  const kept = changeOwn(turn, handover, { type: 'said', at: turn.at, asks: true, ...previewOf(turn) });
  if (kept === undefined) return undefined;
  return { ticket: kept, say: told ? [] : [say(texts.format(HANDOVER.takenDown))] };
}

export function giveUp(turn: Turn, handover: HandoverServices): StepResult {
  const { texts } = turn.services;
  const left = isWaiting(turn) ? changeOwn(turn, handover, { type: 'gave-up' }) : undefined;
  if (left === undefined) return { go: 'talk.nothing-open' };
  return { say: [say(texts.format(HANDOVER.left, { code: left.id }), [menuChoice(texts)])], ticket: left };
}

function changeOwn(turn: Turn, handover: HandoverServices, event: TicketEvent): LaneTicket | undefined {
  const { ticket, now } = turn;
  if (ticket === undefined || ticket.body.status === 'closed') return undefined;
  const changed = changeTicket(ticket.body, event, agencyOf(turn, handover, ticket.body.agency), now);
  return 'refused' in changed ? undefined : { id: ticket.id, body: changed.ticket };
}

function reasonOf({ facts, misses, now }: Turn, reason: HandoverReason): HandoverReason {
  if (reason !== 'asked') return reason;
  if (facts.angered !== undefined && now - facts.angered <= ANGRY_FOR) return 'anger';
  return misses > 1 ? 'not-understood' : 'asked';
}

/** What the conversation is about right now. */
function aboutOf({ facts: { shown, dossier, procedure } }: Turn): Ticket['about'] {
  if (shown === 'dossier' && dossier !== undefined) return { dossier };
  return shown === undefined && procedure !== undefined ? { procedure } : undefined;
}

function awayWords(turn: Turn, standing: Extract<Standing, { there: false }>, code: string): string {
  const known = standing.why === 'closed' ? HANDOVER.closedNow : HANDOVER.nobodyNow;
  return orUnknown(turn, standing, known, HANDOVER.closedUnknown, code);
}

function orUnknown(
  { now, services: { texts } }: Turn,
  { from }: Extract<Standing, { there: false }>,
  known: TextKey<'code' | 'when'>,
  unknown: TextKey<'code'>,
  code: string,
): string {
  return from === undefined || from < now
    ? texts.format(unknown, { code })
    : texts.format(known, { code, when: whenWords(texts, from, now) });
}

function waitingChoices({ services: { texts } }: Turn) {
  return [choice(texts.format(HANDOVER.noMore), 'staff.leave'), menuChoice(texts)];
}

function previewOf({ preview }: Turn): { preview?: string } {
  return preview === undefined ? {} : { preview };
}
