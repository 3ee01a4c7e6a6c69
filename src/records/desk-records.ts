// Small records of the desk: what became of an action, answers kept ready, labels for messages that were not understood, the day's
// figures. Written by lanes of the desk or of citizens, see each.
import { z } from 'zod';
import { DAY, HOUR } from '../lib/clock.js';
import type { DocumentKind } from './documents.js';

/** What became of an action at the desk; its id is the action's event. Written by the lane that the action changed. */
export type DeskOutcome = {
  /** `done`, or the stable code of a refusal such as `ticket.taken`. */
  outcome: string;
  /** What the desk shows of it: ids and codes, nothing personal. */
  detail?: Record<string, string | number | boolean>;
  at: number;
};

export const DESK_OUTCOME: DocumentKind<DeskOutcome> = {
  name: 'desk-outcome',
  body: z.object({
    outcome: z.string().max(80),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    at: z.number(),
  }) as unknown as z.ZodType<DeskOutcome>,
  indexes: {},
  keepUntil: ({ at }) => at + HOUR,
};

/** An answer kept ready. `{ten}` and the like are filled in at the desk. Lane `desk:canned:<id>`. */
export type CannedAnswer = { agency: string; title: string; text: string; changedAt: number };

export const CANNED_ANSWER: DocumentKind<CannedAnswer> = {
  name: 'canned-answer',
  body: z.object({
    agency: z.string().max(100),
    title: z.string().min(1).max(100),
    text: z.string().min(1).max(2000),
    changedAt: z.number(),
  }) as unknown as z.ZodType<CannedAnswer>,
  indexes: { title: ({ agency, title }) => [agency, title] },
};

/** What a message that was not understood means, said by staff. Its id is that of the record. Lane `desk:label:<id>`. */
export type MeaningLabel = { intent?: string; procedure?: string; ignored?: true; by: string; at: number };

export const MEANING_LABEL: DocumentKind<MeaningLabel> = {
  name: 'meaning-label',
  body: z.object({
    intent: z.string().max(60).optional(),
    procedure: z.string().max(80).optional(),
    ignored: z.literal(true).optional(),
    by: z.string().max(100),
    at: z.number(),
  }) as unknown as z.ZodType<MeaningLabel>,
  indexes: { time: ({ at }) => [at] },
  keepUntil: ({ at }) => at + 90 * DAY,
};

/** A day of an agency in figures; `day` is 2026-11-21 in Vietnam. Lane `desk:figures:<agency>`. */
export type DayFigures = {
  agency: string;
  day: string;
  opened: number;
  closed: number;
  reopened: number;
  answered: number;
  /** Sum over first answers, working ms. */
  firstAnswerMs: number;
  breached: number;
  /** By hour of the day, 24 numbers: opened. */
  hours: number[];
};

export const DAY_FIGURES: DocumentKind<DayFigures> = {
  name: 'day-figures',
  body: z.object({
    agency: z.string().max(100),
    day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    opened: z.number().int(),
    closed: z.number().int(),
    reopened: z.number().int(),
    answered: z.number().int(),
    firstAnswerMs: z.number(),
    breached: z.number().int(),
    hours: z.array(z.number().int()).length(24),
  }) as unknown as z.ZodType<DayFigures>,
  indexes: { day: ({ agency, day }) => [agency, day] },
};
