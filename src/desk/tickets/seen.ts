// Who sees what of conversations: a ticket by its agency, an entry of its transcript by whose conversation it was then.
import type { Documents, StoredDocument } from '../../records/documents.js';
import { TICKET } from '../../records/ticket.js';
import { TRANSCRIPT, type TranscriptEntry } from '../../records/transcript.js';
import { can, type Permission } from '../permissions.js';
import { FORBIDDEN, NOT_FOUND } from '../refusals.js';
import type { DeskAnswer, SignedIn } from '../route.js';
import type { StoredTicket } from './rows.js';

/** Ids of what is looked up by an address: anything longer is none of ours. */
const LONGEST_ID = 400;

export function sees({ grants }: Pick<SignedIn, 'grants'>, { body }: Pick<StoredTicket, 'body'>): boolean {
  return can(grants, 'tickets.read', body.agency);
}

export async function ticketSeen(
  documents: Pick<Documents, 'get'>,
  who: Pick<SignedIn, 'grants'>,
  id: string | undefined,
): Promise<StoredTicket | undefined> {
  if (id === undefined || id.length > LONGEST_ID) return undefined;
  const ticket = await documents.get(TICKET, id);
  return ticket !== undefined && sees(who, ticket) ? ticket : undefined;
}

/**
 * The ticket, or the answer that there is none to see, or that this is not theirs to do. `permission` counts in the ticket's agency.
 */
export async function ticketFor(
  documents: Pick<Documents, 'get'>,
  who: Pick<SignedIn, 'grants'>,
  id: string | undefined,
  permission: Permission,
): Promise<StoredTicket | { refused: DeskAnswer }> {
  const ticket = await ticketSeen(documents, who, id);
  if (ticket === undefined) return { refused: NOT_FOUND };
  return can(who.grants, permission, ticket.body.agency) ? ticket : { refused: FORBIDDEN };
}

/**
 * What stands in the ticket's conversation: its own entries, the talk with the bot around it, and of other tickets only what was
 * said in agencies that this officer sees.
 */
export function seesEntry(
  { grants }: Pick<SignedIn, 'grants'>,
  ticket: Pick<StoredTicket, 'id' | 'lane'>,
  { lane, body }: Pick<StoredDocument<TranscriptEntry>, 'lane' | 'body'>,
): boolean {
  if (lane !== ticket.lane) return false;
  return body.ticket === undefined || body.ticket === ticket.id || can(grants, 'tickets.read', body.agency);
}

export async function entrySeen(
  documents: Pick<Documents, 'get'>,
  who: Pick<SignedIn, 'grants'>,
  ticket: Pick<StoredTicket, 'id' | 'lane'>,
  id: string | undefined,
): Promise<StoredDocument<TranscriptEntry> | undefined> {
  if (id === undefined || id.length > LONGEST_ID) return undefined;
  const entry = await documents.get(TRANSCRIPT, id);
  return entry !== undefined && seesEntry(who, ticket, entry) ? entry : undefined;
}
