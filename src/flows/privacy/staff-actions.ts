// What staff do about a citizen's request about their data, in that citizen's lane: say that it was carried out. What they carried
// out themselves, such as taking reports down at the portal, happens there.
import { z } from 'zod';
import { DATA_REQUEST } from '../../records/data-request.js';
import { putDocument } from '../../records/documents.js';
import { audited, outcomeOf } from '../../turns/desk-action.js';
import type { DeskActionBody, Effect } from '../../turns/turn.js';
import { deskAgency } from '../feedback/staff-actions.js';
import type { Turn } from '../flow.js';

/** `of`: the agency for which the desk checked the permission. */
const done = z.strictObject({ id: z.string().min(1).max(40), of: z.string().min(1).max(100) });

export type DataRequestRefusal =
  | 'action.unreadable'
  /** No such request here. */
  | 'data-request.unknown'
  /** Said before. */
  | 'data-request.done';

export function isDataRequestAction(action: string): boolean {
  return action === 'data-request.done';
}

/** The effects of the turn: the outcome, and where it is done the request and the audit line. */
export async function dataRequestAction(turn: Turn, { action, by: { user }, data }: DeskActionBody): Promise<Effect[]> {
  const { lane, now, eventId: id } = turn;
  const refused = (code: DataRequestRefusal) => [outcomeOf({ id }, now, code)];
  const read = done.safeParse(data);
  if (!read.success) return refused('action.unreadable');
  await turn.recordsSettled();
  const found = await turn.services.documents.get(DATA_REQUEST, read.data.id);
  const agency = deskAgency(turn);
  if (found === undefined || found.lane !== lane || agency !== read.data.of) return refused('data-request.unknown');
  if (found.body.doneAt !== undefined) return refused('data-request.done');
  return [
    { type: 'record', change: putDocument(DATA_REQUEST, found.id, { ...found.body, doneAt: now }) },
    outcomeOf({ id }, now, 'done'),
    audited(now, { agency, by: user, action, object: `data-request:${found.id}` }),
  ];
}
