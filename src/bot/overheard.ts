// What staff are shown of what a citizen does: how the bot understands it, whether it wants an answer, its pictures. The bot itself
// stays silent here.
import type { CitizenBody, FlowServices, Turn } from '../flows/flow.js';
import { agencyOf } from '../flows/handover/asking.js';
import type { LaneTicket, TicketEvent } from '../flows/handover/events.js';
import { changeTicket } from '../flows/handover/machine.js';
import type { Intent, Understanding } from '../language/language.js';
import type { Understood } from '../records/transcript.js';
import type { TurnRequest } from '../turns/turn.js';

const PROCEDURES_SHOWN = 3;
/** "vâng", "cảm ơn": the end of a talk, not a question. */
const NO_QUESTION: ReadonlySet<Intent> = new Set<Intent>(['thanks', 'goodbye', 'affirm', 'deny']);

/** `services`: to look for procedures as well; staff want them, and nobody else. */
export function forStaff(
  { intent, confidence, query }: Understanding,
  services?: Pick<FlowServices, 'catalogue'>,
): Understood {
  const procedures = query === '' ? [] : (services?.catalogue.search(query, PROCEDURES_SHOWN) ?? []);
  return { intent, confidence, ...(procedures.length === 0 ? {} : { procedures }) };
}

/** An act of the citizen while an officer has the conversation. */
export async function heardByStaff(
  turn: Turn,
  body: CitizenBody,
): Promise<{ ticket?: LaneTicket; understood?: Understood }> {
  const { language } = turn.services;
  const meaning = body.kind === 'text' ? language.understand(body.text) : undefined;
  const ticket = changed(turn, {
    ...said(turn),
    ...(wantsAnswer(body, meaning) ? { type: 'said', asks: true } : { type: 'acted' }),
  });
  return {
    ...(ticket === undefined ? {} : { ticket }),
    ...(meaning === undefined ? {} : { understood: forStaff(meaning, turn.services) }),
  };
}

/** The ticket of somebody who waits for staff, after something that the bot could answer. */
export function seenWaiting(turn: Turn): LaneTicket | undefined {
  return turn.ticket?.body.status === 'waiting' ? changed(turn, { type: 'acted', ...said(turn) }) : undefined;
}

function said({ at, preview }: Turn): { at: number; preview?: string } {
  return { at, ...(preview === undefined ? {} : { preview }) };
}

function changed(turn: Turn, event: TicketEvent): LaneTicket | undefined {
  const { ticket, now, services } = turn;
  const { handover } = services;
  if (ticket === undefined || handover === undefined) return undefined;
  const result = changeTicket(ticket.body, event, agencyOf(turn, handover, ticket.body.agency), now);
  return 'refused' in result ? undefined : { id: ticket.id, body: result.ticket };
}

function wantsAnswer(body: CitizenBody, meaning: Understanding | undefined): boolean {
  if (body.kind === 'entry') return false;
  if (body.kind === 'media' && body.text === undefined) return body.attachments.some(({ kind }) => kind !== 'sticker');
  return meaning === undefined || !meaning.certain || !NO_QUESTION.has(meaning.intent);
}

/** Pictures in what the citizen sent, kept for staff: ids of blobs by the number of the attachment. */
export async function keptPictures(
  { pictures }: Pick<FlowServices, 'pictures'>,
  { event, signal }: Pick<TurnRequest, 'event' | 'signal'>,
): Promise<Map<number, string> | undefined> {
  const { id, lane, body } = event;
  if (pictures === undefined || body.kind !== 'media') return undefined;
  const kept = new Map<number, string>();
  await Promise.all(
    body.attachments.map(async (attachment, i) => {
      if (attachment.kind !== 'image') return;
      const picture = await pictures.keep(lane, attachment, `${id}:${i}`, signal, 'chat');
      if (picture.result === 'kept') kept.set(i, picture.blobId);
    }),
  );
  return kept.size === 0 ? undefined : kept;
}
