// What was decided about each thing the bot would have said on its own accord: said, put off, left out or not delivered, and why.
import { z } from 'zod';
import type { EventId, LaneId } from '../lib/ids.js';
import type { Json } from '../lib/json.js';
import type { DocumentKind } from './documents.js';
import { keptUntil } from './retention.js';

export const NOTICE_DECISIONS = ['sent', 'waiting', 'skipped', 'failed'] as const;
export type NoticeDecision = (typeof NOTICE_DECISIONS)[number];

const notice = z.strictObject({
  /** The notice's name: `dossier.changed`, `feedback.answered`. */
  event: z.string().max(60),
  decision: z.enum(NOTICE_DECISIONS),
  /** A stable code: how it was said, what it waits for, why not. Of failed ones the platform's. */
  reason: z.string().max(80),
  via: z.enum(['message', 'template']).optional(),
  at: z.number(),
  /** What it was about, for a second try by a template. */
  data: z.record(z.string(), z.json()).optional(),
  values: z.record(z.string(), z.string()).optional(),
  state: z.number().optional(),
});

export type NoticeRecord = {
  event: string;
  decision: NoticeDecision;
  reason: string;
  via?: 'message' | 'template';
  at: number;
  data?: { [key: string]: Json };
  values?: Record<string, string>;
  state?: number;
};

export const NOTICE: DocumentKind<NoticeRecord> = {
  name: 'notice',
  body: notice as unknown as z.ZodType<NoticeRecord>,
  indexes: {
    lane: ({ at }, { lane }) => [lane, at],
    decision: ({ decision, reason, at }) => [decision, reason, at],
  },
  keepUntil: ({ at }) => keptUntil('notice', at),
};

/** `event`: the notice's, so that a turn which runs twice decides once. */
export function noticeId(lane: LaneId, event: EventId): string {
  return `${lane}/${event}`;
}
