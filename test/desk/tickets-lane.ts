// A citizen's lane for tests of the desk's routes: tickets go through their real machine, and what staff send becomes a reply and an
// entry of the transcript. The bot itself is not there.
import { eventOf, readTicketAction } from '../../src/flows/handover/actions.js';
import { changeTicket } from '../../src/flows/handover/machine.js';
import { type Documents, putDocument } from '../../src/records/documents.js';
import { TICKET } from '../../src/records/ticket.js';
import { entryId, TRANSCRIPT, type TranscriptEntry, type TranscriptLine } from '../../src/records/transcript.js';
import { audited, outcomeOf } from '../../src/turns/desk-action.js';
import type { DeskActionBody, Effect, TurnHandler, TurnRequest } from '../../src/turns/turn.js';
import { outcome, replies } from '../turns/workshop.js';
import { AGENCIES } from './office-stage.js';

/** `documents`: where the stage has put the tickets. */
export function ticketsLane(documents: () => Pick<Documents, 'get'>): TurnHandler {
  return async (request) => {
    const { body } = request.event;
    if (body.kind !== 'desk-action') return outcome(request);
    await request.recordsSettled();
    const { effects, said } = await act(documents(), request, body);
    return outcome(request, { effects, ...(said === undefined ? {} : replies(said)) });
  };
}

async function act(
  documents: Pick<Documents, 'get'>,
  { event, now }: TurnRequest,
  body: DeskActionBody,
): Promise<{ effects: Effect[]; said?: string }> {
  const refused = (code: string) => ({ effects: [outcomeOf(event, now, code)] });
  const read = readTicketAction(body.action, body.data);
  if (read === undefined) return refused('action.unreadable');
  const ticket = await documents.get(TICKET, read.data.ticket);
  const agency = AGENCIES.get(ticket?.body.agency ?? '');
  if (ticket === undefined || agency === undefined) return refused('ticket.closed');
  if (agency.id !== read.data.agency) return refused('ticket.moved');
  const happens = eventOf(read, body.by.user, AGENCIES);
  if (happens === 'unknown-agency') return refused('agency.unknown');
  const changed = happens === 'note' ? { ticket: ticket.body } : changeTicket(ticket.body, happens, agency, now);
  if ('refused' in changed) return refused(changed.refused);
  const after = changed.ticket;
  const said = read.action === 'ticket.reply' ? (read.data.text ?? JSON.stringify(read.data)) : undefined;
  const line: TranscriptLine =
    said === undefined
      ? { by: 'system', step: after.history.at(-1)?.action ?? 'opened', user: body.by.user }
      : { by: 'staff', user: body.by.user, text: said };
  const entry: TranscriptEntry = {
    at: now,
    ticket: ticket.id,
    agency: after.agency,
    lines: [line],
    sends: said === undefined ? 0 : 1,
  };
  return {
    effects: [
      outcomeOf(event, now, 'done', { revision: after.revision }),
      { type: 'record', change: putDocument(TICKET, ticket.id, after) },
      { type: 'record', change: putDocument(TRANSCRIPT, entryId(event.id), entry) },
      audited(now, { agency: agency.id, by: body.by.user, action: body.action, object: `ticket:${ticket.id}` }),
    ],
    ...(said === undefined ? {} : { said }),
  };
}
