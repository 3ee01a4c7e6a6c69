// Transcripts: what was said in a conversation, one document a turn, and what became of each message that was sent. Text is kept
// masked; where masking changed it, the original stands beside it and is shown by permission only. The whole is sealed.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DocumentKind } from './documents.js';
import type { RecordChange } from './records.js';
import { keptUntil } from './retention.js';
import { TICKET_ACTIONS, type TicketAction } from './ticket.js';

export const SPEAKERS = ['citizen', 'bot', 'staff', 'platform', 'note', 'system'] as const;
/** `staff` wrote at the desk, `platform` an officer in the platform's own inbox; a `note` is for staff alone, `system` is what happened. */
export type Speaker = (typeof SPEAKERS)[number];

/** What happened beside the steps of the ticket. `edited` stands on a citizen's line: it corrects an earlier one. */
export const TALK_STEPS = ['entered', 'left', 'edited', 'platform-took-over', 'platform-left'] as const;
export type TalkStep = (typeof TALK_STEPS)[number];

export type TranscriptFile = {
  kind: 'image' | 'audio' | 'video' | 'file' | 'sticker' | 'link' | 'contact' | 'location' | 'other';
  /** Of the blob, where it was kept. */
  blob?: string;
  name?: string;
  latitude?: number;
  longitude?: number;
};

export type TranscriptLine = {
  by: Speaker;
  /** Of staff. */
  user?: string;
  /** Masked (language/mask). */
  text?: string;
  /** As it was written, only where it differs. */
  original?: string;
  /** Titles of the choices shown below it. */
  choices?: string[];
  files?: TranscriptFile[];
  step?: TicketAction | TalkStep;
};

/** What the bot made of the citizen's message. */
export type Understood = {
  intent: string;
  confidence: number;
  procedures?: { code: string; name: string; score: number }[];
};

export type TranscriptEntry = {
  at: number;
  /** Of the lane's open ticket then. */
  ticket?: string;
  /** Whose conversation it was then: the ticket's agency, else the account's. */
  agency: string;
  lines: TranscriptLine[];
  understood?: Understood;
  /** How many calls to the platform the turn's messages became; their fate is in DELIVERY. */
  sends: number;
};

const file = z.object({
  kind: z.enum(['image', 'audio', 'video', 'file', 'sticker', 'link', 'contact', 'location', 'other']),
  blob: z.string().max(200).optional(),
  name: z.string().max(200).optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
});

const line = z.object({
  by: z.enum(SPEAKERS),
  user: z.string().max(100).optional(),
  text: z.string().max(20_000).optional(),
  original: z.string().max(20_000).optional(),
  choices: z.array(z.string().max(400)).max(40).optional(),
  files: z.array(file).max(20).optional(),
  step: z.enum([...TICKET_ACTIONS, ...TALK_STEPS]).optional(),
});

const entry = z.object({
  at: z.number(),
  ticket: z.string().max(40).optional(),
  agency: z.string().max(100),
  lines: z.array(line).max(60),
  understood: z
    .object({
      intent: z.string().max(60),
      confidence: z.number(),
      procedures: z
        .array(z.object({ code: z.string(), name: z.string(), score: z.number() }))
        .max(5)
        .optional(),
    })
    .optional(),
  sends: z.number().int().min(0),
});

/** Its id is `entryId` of the turn's event. */
export const TRANSCRIPT: DocumentKind<TranscriptEntry> = {
  name: 'transcript',
  body: entry as unknown as z.ZodType<TranscriptEntry>,
  indexes: {
    lane: ({ at }, { lane }) => [lane, at],
    /** What came into conversations that staff have before them, for those who watch. */
    changed: ({ at, ticket }) => (ticket === undefined ? undefined : [at]),
  },
  // What citizens and staff wrote. The bot's own words would find everything.
  searched: {
    words: ({ lines, ticket }) =>
      ticket === undefined ? [] : lines.flatMap(({ by, text }) => (by === 'bot' || text === undefined ? [] : [text])),
    scope: ({ agency }) => agency,
    at: ({ at }) => at,
  },
  keepUntil: ({ at }) => keptUntil('transcript', at),
};

/** Of the event's id, which may name the citizen's lane: staff, addresses and the audit trail see this one. */
export function entryId(event: string): string {
  return `t-${createHash('sha256').update(event).digest('base64url').slice(0, 24)}`;
}

/** The change; where it writes this entry, with the number of its calls, which only the engine knows. */
export function withSends(change: RecordChange, entry: string, sends: number): RecordChange {
  if (change.type !== 'document' || change.kind !== TRANSCRIPT.name || change.id !== entry) return change;
  return { ...change, body: { ...change.body, sends } };
}

/** `sent`: the platform took it; `failed`: it is in the dead letters. What has no record is under way. */
export type DeliveryRecord = {
  entry: string;
  state: 'sent' | 'failed';
  /** Stable code, such as `zalo.-230`. */
  reason?: string;
  at: number;
};

/** One per call to the platform, by the outbox item's id; only for turns of a conversation that staff have before them. */
export const DELIVERY: DocumentKind<DeliveryRecord> = {
  name: 'delivery',
  body: z.object({
    entry: z.string().max(300),
    state: z.enum(['sent', 'failed']),
    reason: z.string().max(120).optional(),
    at: z.number(),
  }) as unknown as z.ZodType<DeliveryRecord>,
  indexes: {
    entry: ({ entry }) => [entry],
    changed: ({ at }) => [at],
  },
  keepUntil: ({ at }) => keptUntil('transcript', at),
};
