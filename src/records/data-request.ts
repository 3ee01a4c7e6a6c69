// A citizen's request about their own data: to see, to delete, to withdraw consent. The proof that it was made and
// when it was done; it says nothing of the data, so it stays when they are deleted.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DAY } from '../lib/clock.js';
import type { WorkingDays } from '../lib/working-days.js';
import { PURPOSES, type Purpose } from './consent.js';
import type { DocumentKind } from './documents.js';
import { keptUntil } from './retention.js';

export const DATA_REQUESTS = ['view', 'delete', 'withdraw'] as const;
export type DataRequestType = (typeof DATA_REQUESTS)[number];

export type DataRequest = {
  type: DataRequestType;
  /** `platform`: the citizen withdrew in the platform's own settings. */
  source: 'chat' | 'platform';
  /** What a withdrawal is about. */
  purpose?: Purpose;
  at: number;
  /** An answer is due then, ms. */
  answerBy: number;
  /** It is to be done by then, ms. */
  doneBy: number;
  /** Absent while staff have to act. */
  doneAt?: number;
};

const body = z.strictObject({
  type: z.enum(DATA_REQUESTS),
  source: z.enum(['chat', 'platform']),
  purpose: z.enum(PURPOSES).optional(),
  at: z.number(),
  answerBy: z.number(),
  doneBy: z.number(),
  doneAt: z.number().optional(),
}) as z.ZodType<DataRequest>;

export const DATA_REQUEST: DocumentKind<DataRequest> = {
  name: 'data-request',
  body,
  indexes: {
    lane: ({ at }, { lane }) => [lane, at],
    /** What staff have to do, most urgent first. */
    open: ({ doneAt, doneBy }) => (doneAt === undefined ? [doneBy] : undefined),
    time: ({ at }) => [at],
  },
  keepUntil: ({ at, doneAt }) => (doneAt === undefined ? undefined : keptUntil('data-request', at)),
  staysWhenForgotten: true,
};

/** Working days until an answer. NĐ 356/2025/NĐ-CP as a law firm reports it. */
const ANSWER_DAYS = 2;
/** Calendar days until it is done, the shorter where a range is reported (same source): withdrawal 15, other rights 10 to 20. */
const DONE_DAYS: Readonly<Record<DataRequestType, number>> = { view: 10, delete: 10, withdraw: 15 };

export function dueDates(
  type: DataRequestType,
  at: number,
  workingDays: Pick<WorkingDays, 'add'>,
): Pick<DataRequest, 'answerBy' | 'doneBy'> {
  return { answerBy: workingDays.add(at, ANSWER_DAYS), doneBy: at + DONE_DAYS[type] * DAY };
}

/** Letters and digits that are not mistaken for each other, read aloud or written by hand. */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** What the citizen keeps as proof, e.g. `DL-7K3M9PQ2`: from the event, so that a turn that runs twice gives the same. */
export function dataRequestId(event: string): string {
  const digest = createHash('sha256').update(event).digest();
  return `DL-${[...digest.subarray(0, 10)].map((byte) => SIGNS[byte % SIGNS.length]).join('')}`;
}
