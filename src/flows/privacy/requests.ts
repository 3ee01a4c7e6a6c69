// The record of a request about one's data, with its due dates: the proof that the citizen gets the code of.
import type { Purpose } from '../../records/consent.js';
import {
  DATA_REQUEST,
  type DataRequest,
  type DataRequestType,
  dataRequestId,
  dueDates,
} from '../../records/data-request.js';
import { putDocument } from '../../records/documents.js';
import type { Effect } from '../../turns/turn.js';
import type { Turn } from '../flow.js';

export interface Requested {
  id: string;
  request: DataRequest;
  effect: Effect;
}

interface About {
  source?: DataRequest['source'];
  purpose?: Purpose;
  /** Staff have to act before it is done. */
  open?: boolean;
  /** What the code is made from, where asking again is the same request. */
  from?: string;
}

export function requested(
  {
    now,
    eventId,
    services: { workingDays },
  }: Pick<Turn, 'now' | 'eventId'> & { services: Pick<Turn['services'], 'workingDays'> },
  type: DataRequestType,
  { source = 'chat', purpose, open = false, from = eventId }: About = {},
): Requested {
  const id = dataRequestId(from);
  const request: DataRequest = {
    type,
    source,
    ...(purpose === undefined ? {} : { purpose }),
    at: now,
    ...dueDates(type, now, workingDays),
    ...(open ? {} : { doneAt: now }),
  };
  return { id, request, effect: { type: 'record', change: putDocument(DATA_REQUEST, id, request) } };
}
