// The lane of an officer's duty, `desk:duty:<user>`: `duty.on` begins or renews it, `duty.off` ends it. Unrenewed it is over after
// three minutes: a browser that went away gets no conversations.
import { z } from 'zod';
import { MINUTE } from '../../lib/clock.js';
import type { JsonObject } from '../../lib/json.js';
import { putDocument, removeDocument } from '../../records/documents.js';
import { DUTY, type Duty } from '../../records/staff.js';
import { outcomeOf } from '../../turns/desk-action.js';
import { type DeskLaneOutcome, type DeskLaneTurn, done, read, refused } from './turn.js';

const DUTY_LASTS_MS = 3 * MINUTE;
export const MOST_ROOM = 50;

const on = z.strictObject({
  agencies: z.array(z.string().min(1).max(100)).min(1).max(50),
  name: z.string().min(1).max(100),
  room: z.number().int().min(1).max(MOST_ROOM),
});

/** The duty that runs; kept in the lane's state. */
type Running = { since: number; until: number; agencies: string[] };

export async function takeDuty(turn: DeskLaneTurn): Promise<DeskLaneOutcome> {
  const { request, id, action } = turn;
  const { now, event } = request;
  const running = runningIn(request.data, now);
  const object = `staff:${id}`;
  if (action.action === 'duty.off') {
    const change = [{ type: 'record' as const, change: removeDocument(DUTY, id) }];
    const outcome =
      running === undefined
        ? { effects: [...change, outcomeOf(event, now, 'done')] }
        : done(turn, change, { agencies: running.agencies, object });
    return { ...outcome, data: {} };
  }
  const wanted = action.action === 'duty.on' ? read(on, turn) : undefined;
  if (wanted === undefined) return refused(turn, 'desk.bad-data');
  const duty: Duty = { ...wanted, since: running?.since ?? now, until: now + DUTY_LASTS_MS };
  const change = [{ type: 'record' as const, change: putDocument(DUTY, id, duty) }];
  const detail = { until: duty.until, room: duty.room };
  const data = { since: duty.since, until: duty.until, agencies: duty.agencies };
  // Its beginning is worth a line in the audit trail, each minute of it is not.
  const outcome =
    running === undefined
      ? done(turn, change, { agencies: duty.agencies, object }, detail)
      : { effects: [...change, outcomeOf(event, now, 'done', detail)] };
  return { ...outcome, data };
}

function runningIn(data: JsonObject, now: number): Running | undefined {
  // Written by this file alone: its shape is known.
  const running = data as Partial<Running>;
  return running.until !== undefined && running.until > now ? (running as Running) : undefined;
}
