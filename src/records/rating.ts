// A citizen's rating of a dossier, an agency, an answered feedback, a talk with staff or the bot: what is kept of it.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { HOUR } from '../lib/clock.js';
import type { LaneId } from '../lib/ids.js';
import type { DocumentKind } from './documents.js';
import { keptUntil } from './retention.js';

export const RATED_KINDS = ['dossier', 'agency', 'feedback', 'handover', 'bot'] as const;
export type RatedKind = (typeof RATED_KINDS)[number];

/** What is rated. `code`: the dossier's or the feedback's, the agency's name, a talk's id, the month of the bot's. */
export type RatingSubject = { kind: RatedKind; code: string };

export type Rating = {
  subject: RatingSubject;
  /** Who handled a rated dossier. */
  agency?: string;
  /** 1 (worst) to 5, like those of `criteria`. */
  score: number;
  /** By the questionnaire's keys. */
  criteria: Record<string, number>;
  comment?: string;
  /** Version of the questionnaire that was asked. */
  questionnaire: string;
  /** Of the first score, ms: changes are taken for 24 hours from here. */
  at: number;
  changedAt: number;
  /** Counts the changes, from 1. */
  revision: number;
  /** The revision handed over for the portal; 0: none yet. */
  sent: number;
  /** What it is kept under; missing where that is `plainRatingId`. */
  id?: string;
};

export const CHANGEABLE_FOR = 24 * HOUR;
export const COMMENT_LENGTH = 1000;
export const SUBJECT_LENGTH = 120;

const score = z.int().min(1).max(5);

const body = z.strictObject({
  subject: z.strictObject({ kind: z.enum(RATED_KINDS), code: z.string().min(1).max(SUBJECT_LENGTH) }),
  agency: z.string().max(300).optional(),
  score,
  criteria: z.record(z.string().max(40), score),
  comment: z.string().max(COMMENT_LENGTH).optional(),
  questionnaire: z.string().max(40),
  at: z.number(),
  changedAt: z.number(),
  revision: z.int().min(1),
  sent: z.int().min(0),
  id: z.string().max(60).optional(),
}) as z.ZodType<Rating>;

export const RATING: DocumentKind<Rating> = {
  name: 'rating',
  body,
  indexes: {
    lane: ({ at }, { lane }) => [lane, at],
    time: ({ at }) => [at],
  },
  keepUntil: ({ changedAt }) => keptUntil('rating', changedAt),
};

/** What makes a rating the one it is: one per conversation and subject. It goes into the id as a keyed hash only. */
export function ratedBy(lane: LaneId, { kind, code }: RatingSubject): string {
  return `${lane}\n${kind}\n${code}`;
}

export function ratingId(hash: string): string {
  return `rating-${hash}`;
}

/** Of ratings that were begun before ids were keyed: anybody can make it for a lane and a code. */
export function plainRatingId(lane: LaneId, subject: RatingSubject): string {
  return ratingId(createHash('sha256').update(ratedBy(lane, subject)).digest('hex').slice(0, 24));
}
