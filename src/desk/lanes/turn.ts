// What a turn of one of the desk's own lanes is given and returns, and the ends that all of them share.
import type { z } from 'zod';
import type { AuditLine } from '../../records/audit.js';
import type { DeskOutcome } from '../../records/desk-records.js';
import type { Documents } from '../../records/documents.js';
import { ALL_AGENCIES } from '../../records/staff.js';
import { audited, outcomeOf } from '../../turns/desk-action.js';
import type { DeskActionBody, Effect, TurnOutcome, TurnRequest } from '../../turns/turn.js';

export interface DeskLaneServices {
  documents: Pick<Documents, 'get' | 'find'>;
}

export interface DeskLaneTurn {
  request: TurnRequest;
  /** What stands behind the lane's record: an id of staff, an agency. */
  id: string;
  action: DeskActionBody;
  services: DeskLaneServices;
}

/** What the turn changes; the rest stays as it was. */
export type DeskLaneOutcome = Partial<Pick<TurnOutcome, 'data' | 'effects'>>;

/** Only the outcome is written. */
export function refused({ request: { event, now } }: DeskLaneTurn, code: string): DeskLaneOutcome {
  return { effects: [outcomeOf(event, now, code)] };
}

/** The change, its outcome, and a line in the audit trail of each agency that it touches; of all agencies when it touches none. */
export function done(
  { request: { event, now }, action: { by, action } }: DeskLaneTurn,
  change: readonly Effect[],
  line: { agencies: readonly string[]; object: string; detail?: (agency: string) => AuditLine['detail'] },
  detail?: DeskOutcome['detail'],
): DeskLaneOutcome {
  const { object } = line;
  const agencies = line.agencies.length === 0 ? [ALL_AGENCIES] : [...new Set(line.agencies)];
  const lines = agencies.map((agency) => {
    const more = line.detail?.(agency);
    return audited(now, { agency, by: by.user, action, object, ...(more === undefined ? {} : { detail: more }) });
  });
  return { effects: [...change, outcomeOf(event, now, 'done', detail), ...lines] };
}

/** What the desk's own routes wrote; undefined is a fault of ours and refused as `desk.bad-data`. */
export function read<T>(schema: z.ZodType<T>, { action }: DeskLaneTurn): T | undefined {
  const parsed = schema.safeParse(action.data);
  return parsed.success ? parsed.data : undefined;
}
