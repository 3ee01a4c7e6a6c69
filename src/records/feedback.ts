// A citizen's report (phản ánh, kiến nghị): what was said, and where it stands at the portal. Kept under our code. How it is
// gathered is flows/feedback, how it reaches the portal notices/portal-tasks.
import { z } from 'zod';
import type { DocumentKind } from './documents.js';
import { keptUntil } from './retention.js';

/**
 * `queued`: to be told to the portal; `sent`: the portal has it; `rejected`: the portal will not take it; `undelivered`: given
 * up after days of trying, staff see it.
 */
export const DELIVERIES = ['queued', 'sent', 'rejected', 'undelivered'] as const;
export type Delivery = (typeof DELIVERIES)[number];

export type ReportPlace = { text?: string; latitude?: number; longitude?: number };

export type ReportProgress = {
  /** The portal's own code. */
  code: string;
  /** One of the portal's states (portal/portal.ts), or a word of its own. */
  status: string;
  agency?: string;
  dueAt?: number;
  answer?: string;
  /** The portal's time of this state, ms; 0 when it named none. An older state never replaces a newer one. */
  updatedAt: number;
};

export type Report = {
  /** The event in which the citizen sent it. */
  event: string;
  /** Id of the category (intents/categories/feedback.yaml). */
  category: string;
  content: string;
  place?: ReportPlace;
  /** Ids of blobs. */
  photos: string[];
  contact?: { name?: string; phone?: string };
  publishConsent: boolean;
  createdAt: number;
  delivery: Delivery;
  /** Why the portal rejected it. */
  reason?: string;
  progress?: ReportProgress;
  /** Reopening was asked for and the portal has not answered yet. */
  reopening?: true;
  reopened: number;
  /** Whose staff look after it at the desk: the account's, or the one it was forwarded to. */
  agency?: string;
  /** Given at the desk, where the portal does not have the report. `by`: id of the officer. */
  answer?: { text: string; at: number; by: string };
  /** When staff marked it as published, ms. */
  publishedAt?: number;
  /** When anything of it last changed, ms. */
  changedAt: number;
};

const progress = z.object({
  code: z.string().max(80),
  status: z.string().max(40),
  agency: z.string().max(300).optional(),
  dueAt: z.number().optional(),
  answer: z.string().max(10_000).optional(),
  updatedAt: z.number(),
});

const body = z.object({
  event: z.string(),
  category: z.string().max(60),
  content: z.string().max(4000),
  place: z
    .object({ text: z.string().max(500).optional(), latitude: z.number().optional(), longitude: z.number().optional() })
    .optional(),
  photos: z.array(z.string().max(200)).max(10).default([]),
  contact: z.object({ name: z.string().max(100).optional(), phone: z.string().max(20).optional() }).optional(),
  publishConsent: z.boolean(),
  createdAt: z.number(),
  delivery: z.enum(DELIVERIES),
  reason: z.string().max(80).optional(),
  progress: progress.optional(),
  reopening: z.literal(true).optional(),
  reopened: z.number().int().default(0),
  agency: z.string().max(100).optional(),
  answer: z.object({ text: z.string().max(10_000), at: z.number(), by: z.string().max(100) }).optional(),
  publishedAt: z.number().optional(),
  changedAt: z.number(),
});

/** Nothing more comes of itself after these states of the portal. */
const SETTLED: ReadonlySet<string> = new Set(['returned', 'answered', 'published', 'closed']);

const ANSWERED: ReadonlySet<string> = new Set(['answered', 'published', 'closed']);

/** By the portal, or at the desk. */
export function isAnswered({ progress, answer }: Pick<Report, 'progress' | 'answer'>): boolean {
  return answer !== undefined || (progress !== undefined && ANSWERED.has(progress.status));
}

/** One word for where it stands: the portal's state, `answered` at the desk, else how far it is on its way to the portal. */
export function reportStatus({ progress, answer, delivery }: Pick<Report, 'progress' | 'answer' | 'delivery'>): string {
  return progress?.status ?? (answer === undefined ? delivery : 'answered');
}

/** Its ids are the codes that citizens have, `PA-7K3F-92`. */
export const FEEDBACK: DocumentKind<Report> = {
  name: 'feedback',
  body: body as unknown as z.ZodType<Report>,
  indexes: {
    lane: ({ createdAt }, { lane }) => [lane, createdAt],
    portal: ({ progress }) => (progress === undefined ? undefined : [progress.code]),
    /** Under [agency, status] and under [agency]: the desk's lists, whatever conversation it came from. */
    desk: (report) =>
      report.agency === undefined ? undefined : [report.agency, reportStatus(report), report.changedAt],
    latest: ({ agency, changedAt }) => (agency === undefined ? undefined : [agency, changedAt]),
    /** The portal has it and owes an answer. */
    awaited: ({ progress }) => (progress === undefined || SETTLED.has(progress.status) ? undefined : [progress.code]),
  },
  keepUntil: ({ changedAt }) => keptUntil('feedback', changedAt),
};
