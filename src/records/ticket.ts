// A ticket: one stretch of a conversation in which staff are needed. A projection of its lane's events: the lane's turns write
// it (flows/handover), the desk only reads it. Its document id is the code that people use, `HT-7K3F-92`.
import { z } from 'zod';
import type { DocumentKind } from './documents.js';
import { keptUntil } from './retention.js';

/** `waiting`: in the queue; `open`: an officer has it; `closed`. */
export const TICKET_STATUSES = ['waiting', 'open', 'closed'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

/** Why staff are needed. `platform`: an officer wrote from the platform's own inbox. */
export const HANDOVER_REASONS = [
  'asked',
  'not-understood',
  'anger',
  'overdue',
  'low-rating',
  'feedback',
  'flow',
  'platform',
] as const;
export type HandoverReason = (typeof HANDOVER_REASONS)[number];

/** 0 is the most urgent. */
export const PRIORITIES = [0, 1, 2, 3] as const;
export type Priority = (typeof PRIORITIES)[number];

export const RESOLUTIONS = ['answered', 'referred', 'no-answer', 'spam', 'hand-back', 'left'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** A time by which staff should have done something, counted in working time. */
export type Target = { dueAt: number; metAt?: number };

export const TICKET_ACTIONS = [
  'opened',
  'message-left',
  'claimed',
  'assigned',
  'transferred',
  'released',
  'priority',
  'tagged',
  'closed',
  'reopened',
] as const;
export type TicketAction = (typeof TICKET_ACTIONS)[number];

/** What happened to the ticket; `by` and `to` are ids of staff or agencies, absent for the citizen and the bot. */
export type TicketStep = { at: number; action: TicketAction; by?: string; to?: string };

export type Ticket = {
  agency: string;
  team?: string;
  reason: HandoverReason;
  /** What it is about, as far as the conversation says. */
  about?: { dossier?: string; procedure?: string; feedback?: string };
  /** How the citizen called themself, where they did. Personal. */
  citizen?: { name?: string };
  priority: Priority;
  status: TicketStatus;
  /** Id of the officer who has it. */
  assignee?: string;
  /** Opened while nobody was there: the citizen left a message and was told when to expect an answer (ms). */
  answerFrom?: number;
  tags: string[];
  resolution?: Resolution;
  openedAt: number;
  /** In the queue, or without an answer, since. */
  waitingSince: number;
  closedAt?: number;
  changedAt: number;
  /** Platform time of the citizen's last interaction: the messaging window counts from here. */
  lastCitizenAt: number;
  lastStaffAt?: number;
  firstAnsweredAt?: number;
  /** Messages of the citizen since staff last answered. */
  unanswered: number;
  /** Beginning of the citizen's last words, masked: for the queue, which reads no transcripts. */
  preview?: string;
  reopened: number;
  targets: { firstAnswer: Target; nextAnswer?: Target; resolution: Target };
  /** Newest last, at most 50. */
  history: TicketStep[];
  /** Counts the changes, from 1. */
  revision: number;
};

export const MOST_HISTORY = 50;
export const MOST_TAGS = 10;
export const TAG_LENGTH = 40;
/** UTF-16 units. */
export const PREVIEW_LENGTH = 80;

const target = z.object({ dueAt: z.number(), metAt: z.number().optional() });
const id = z.string().min(1).max(100);

const body = z.object({
  agency: id,
  team: id.optional(),
  reason: z.enum(HANDOVER_REASONS),
  about: z
    .object({
      dossier: z.string().max(80).optional(),
      procedure: z.string().max(80).optional(),
      feedback: z.string().max(80).optional(),
    })
    .optional(),
  citizen: z.object({ name: z.string().max(100).optional() }).optional(),
  priority: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  status: z.enum(TICKET_STATUSES),
  assignee: id.optional(),
  answerFrom: z.number().optional(),
  tags: z.array(z.string().min(1).max(TAG_LENGTH)).max(MOST_TAGS),
  resolution: z.enum(RESOLUTIONS).optional(),
  openedAt: z.number(),
  waitingSince: z.number(),
  closedAt: z.number().optional(),
  changedAt: z.number(),
  lastCitizenAt: z.number(),
  lastStaffAt: z.number().optional(),
  firstAnsweredAt: z.number().optional(),
  unanswered: z.number().int().min(0),
  preview: z.string().max(PREVIEW_LENGTH).optional(),
  reopened: z.number().int().min(0),
  targets: z.object({ firstAnswer: target, nextAnswer: target.optional(), resolution: target }),
  history: z
    .array(z.object({ at: z.number(), action: z.enum(TICKET_ACTIONS), by: id.optional(), to: id.optional() }))
    .max(MOST_HISTORY),
  revision: z.number().int().min(1),
});

/** The next time that is due and not met; undefined when there is none. */
export function nextDue({ status, targets: { firstAnswer, nextAnswer, resolution } }: Ticket): number | undefined {
  if (status === 'closed') return undefined;
  const open = [firstAnswer, nextAnswer, resolution].flatMap((one) =>
    one === undefined || one.metAt !== undefined ? [] : [one.dueAt],
  );
  return open.length === 0 ? undefined : Math.min(...open);
}

export const TICKET: DocumentKind<Ticket> = {
  name: 'ticket',
  body: body as unknown as z.ZodType<Ticket>,
  indexes: {
    lane: ({ openedAt }, { lane }) => [lane, openedAt],
    /** The queue: under [agency, status], the most urgent and longest waiting first. */
    queue: ({ agency, status, priority, waitingSince }) =>
      status === 'closed' ? undefined : [agency, status, priority, waitingSince],
    /** The same over all agencies, for those who see them all: under [status]. */
    queueOfAll: ({ status, priority, waitingSince }) =>
      status === 'closed' ? undefined : [status, priority, waitingSince],
    /** Under [officer, status]: in the order of the queue. */
    mine: ({ assignee, status, priority, waitingSince }) =>
      assignee === undefined || status === 'closed' ? undefined : [assignee, status, priority, waitingSince],
    /** Under [agency, status]. */
    latest: ({ agency, status, changedAt }) => [agency, status, changedAt],
    /** Over all agencies: under [status]. */
    latestOfAll: ({ status, changedAt }) => [status, changedAt],
    /** Under [agency]: for exports. */
    opened: ({ agency, openedAt }) => [agency, openedAt],
    /** Under [agency]: what is due next, breaches first. */
    due: (ticket) => {
      const due = nextDue(ticket);
      return due === undefined ? undefined : [ticket.agency, due];
    },
    /** Over all agencies. */
    dueOfAll: (ticket) => {
      const due = nextDue(ticket);
      return due === undefined ? undefined : [due];
    },
    /** What changed, for those who watch. */
    changed: ({ changedAt }) => [changedAt],
  },
  searched: {
    words: ({ citizen, about, tags }) =>
      [citizen?.name, about?.dossier, about?.procedure, about?.feedback, ...tags].flatMap((text) => text ?? []),
    scope: ({ agency }) => agency,
    at: ({ changedAt }) => changedAt,
  },
  keepUntil: ({ status, changedAt }) => (status === 'closed' ? keptUntil('ticket', changedAt) : undefined),
};
