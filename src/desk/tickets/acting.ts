// Doing something with a ticket: permission in its agency, an event in its lane, and the ticket as it then is.
import { sleep } from '../../lib/backoff.js';
import type { JsonObject } from '../../lib/json.js';
import type { Documents } from '../../records/documents.js';
import { TICKET } from '../../records/ticket.js';
import { entryId } from '../../records/transcript.js';
import { actionEvent } from '../actions.js';
import type { ActionResult } from '../api.js';
import { can, type Permission } from '../permissions.js';
import type { DeskAnswer, DeskRequest } from '../route.js';
import type { TicketParts } from './parts.js';
import type { StoredTicket } from './rows.js';
import { ticketFor } from './seen.js';

const FIRST_LOOK_MS = 5;
const LAST_PAUSE_MS = 320;

export interface TicketAct {
  action: string;
  /** Beside the ticket and its agency. */
  data?: JsonObject;
  /** What the page chose, so that the same is done once. */
  key?: string;
}

/** Says whether the desk found them to be in charge of what others have: the turn asks for it. */
export function supervises({ who }: Pick<DeskRequest, 'who'>, { body }: StoredTicket): boolean {
  return can(who.grants, 'tickets.supervise', body.agency);
}

/** `prepare` checks what the request brings, and gives the event or the answer that refuses it. Throws ZodError, StorageUnavailable. */
export async function actOn(
  { documents, actions, rows }: TicketParts,
  request: DeskRequest,
  permission: Permission,
  prepare: (ticket: StoredTicket) => Promise<TicketAct | DeskAnswer> | TicketAct | DeskAnswer,
): Promise<DeskAnswer> {
  const { who, params } = request;
  const ticket = await ticketFor(documents, who, params.id, permission);
  if ('refused' in ticket) return ticket.refused;
  const prepared = await prepare(ticket);
  if ('status' in prepared) return prepared;
  const { action, data = {}, key } = prepared;
  const { id, lane, body } = ticket;
  const by = { user: who.id, name: who.name };
  const named = key === undefined ? undefined : `${id}:${key}`;
  const performed = await actions.perform(lane, action, by, { ticket: id, agency: body.agency, ...data }, named);
  if (performed === 'slow') return { status: 503, error: 'desk.slow' };
  const { outcome, detail } = performed;
  if (outcome !== 'done') return { status: 409, error: outcome, ...(detail === undefined ? {} : { detail }) };
  // After a transfer it may be another agency's: what is answered is the ticket that they just had.
  const after = await asLeft(documents, ticket, detail?.revision);
  const result: ActionResult = {
    ticket: await rows.of(after),
    ...(named === undefined ? {} : { entry: entryId(actionEvent(named)) }),
  };
  return { status: 200, json: result };
}

/** The outcome may be there before the ticket: both are written after the turn. */
async function asLeft(
  documents: Pick<Documents, 'get'>,
  before: StoredTicket,
  revision: string | number | boolean | undefined,
): Promise<StoredTicket> {
  let ticket = before;
  for (let pause = FIRST_LOOK_MS; pause <= LAST_PAUSE_MS; pause *= 2) {
    ticket = (await documents.get(TICKET, before.id)) ?? ticket;
    if (typeof revision !== 'number' || ticket.body.revision >= revision) break;
    await sleep(pause);
  }
  return ticket;
}
