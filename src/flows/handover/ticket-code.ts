// The code of a ticket, `HT-7K3F-92`: what citizens are told and staff say to each other.
import { shortCode } from '../../lib/short-codes.js';
import type { Documents } from '../../records/documents.js';
import { TICKET } from '../../records/ticket.js';

const MOST_TRIED = 5;

/** One that no other ticket has; the same for the same event. */
export async function freeTicketCode(eventId: string, documents: Pick<Documents, 'get'>): Promise<string> {
  for (let attempt = 0; attempt < MOST_TRIED; attempt += 1) {
    const code = shortCode('HT', 'ticket', eventId, attempt);
    if ((await documents.get(TICKET, code)) === undefined) return code;
  }
  return shortCode('HT', 'ticket', eventId, MOST_TRIED);
}
