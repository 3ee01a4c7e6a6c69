// What every action of staff leaves beside its own change: the outcome that the desk waits for, and a line in the audit trail.

import { systemLane } from '../lib/ids.js';
import type { AuditLine } from '../records/audit.js';
import { DESK_OUTCOME, type DeskOutcome } from '../records/desk-records.js';
import { putDocument } from '../records/documents.js';
import type { Effect, TurnEvent } from './turn.js';

/** The lane in which an agency's audit lines are chained. */
export const auditLane = (agency: string) => systemLane('desk', `audit:${agency}`);
/** The lane in which an agency's figures are counted. */
export const figuresLane = (agency: string) => systemLane('desk', `figures:${agency}`);

export function outcomeOf(
  { id }: Pick<TurnEvent, 'id'>,
  now: number,
  outcome: DeskOutcome['outcome'],
  detail?: DeskOutcome['detail'],
): Effect {
  const body: DeskOutcome = { outcome, at: now, ...(detail === undefined ? {} : { detail }) };
  return { type: 'record', change: putDocument(DESK_OUTCOME, id, body) };
}

/** Ids and codes only. */
export function audited(
  now: number,
  line: Pick<AuditLine, 'agency' | 'by' | 'action' | 'object'> & { detail?: AuditLine['detail'] },
): Effect {
  const { agency, detail = {}, ...rest } = line;
  const data = { ...rest, detail };
  return {
    type: 'append',
    lane: auditLane(agency),
    at: now,
    body: { kind: 'desk-action', action: 'audit.append', by: { user: 'system', name: '' }, data },
  };
}

export const FIGURES = ['opened', 'closed', 'reopened', 'answered', 'breached'] as const;
export type Figure = (typeof FIGURES)[number];

/** One more for the day's figures; `firstAnswerMs` beside `answered`: working time until the first answer. */
export function counted(now: number, agency: string, figure: Figure, firstAnswerMs = 0): Effect {
  return {
    type: 'append',
    lane: figuresLane(agency),
    at: now,
    body: {
      kind: 'desk-action',
      action: 'figures.count',
      by: { user: 'system', name: '' },
      data: { figure, firstAnswerMs },
    },
  };
}
