// The shapes of docs/portal-api.yaml as zod schemas. What comes in over HTTP is strict: a field that the contract
// does not know is refused, because a bot that sends one has misread the contract.
import { z } from 'zod';

const dateTime = z.iso.datetime({ offset: true });
const shortText = z.string().trim().min(1).max(200);
const longText = z.string().trim().min(1).max(10_000);
const code = z.string().regex(/^[\w.\-/]{1,64}$/u);

export const procedureCode = z.string().regex(/^\d\.\d{6}$/);

export const procedureSchema = z.object({
  code: procedureCode,
  name: z.string().min(1),
  field: z.string().min(1),
  levels: z.array(z.enum(['ministry', 'province', 'commune', 'other'])),
  onlineLevel: z.enum(['full', 'partial', 'information']),
  executingAgency: z.string().optional(),
  methods: z
    .array(
      z.object({
        channel: z.enum(['online', 'in-person', 'post']),
        timeText: z.string().optional(),
        feeText: z.string().optional(),
        note: z.string().optional(),
      }),
    )
    .optional(),
  cases: z
    .array(
      z.object({
        name: z.string().optional(),
        documents: z
          .array(
            z.object({
              name: z.string(),
              originals: z.int().optional(),
              copies: z.int().optional(),
              formUrl: z.url().optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
  steps: z.string().optional(),
  conditions: z.string().optional(),
  results: z.array(z.string()).optional(),
  legalBasis: z.array(z.string()).optional(),
  url: z.url().optional(),
  updatedAt: dateTime,
});
export type Procedure = z.infer<typeof procedureSchema>;

/** What a citizen's feedback may carry; `photoIds` are checked against the stored files by the route. */
export const feedbackSchema = z.strictObject({
  clientCode: code,
  category: shortText,
  content: longText,
  place: z
    .strictObject({
      text: z.string().trim().min(1).max(500).optional(),
      latitude: z.number().min(-90).max(90).optional(),
      longitude: z.number().min(-180).max(180).optional(),
    })
    .optional(),
  photoIds: z.array(z.string().max(64)).max(10).optional(),
  contact: z
    .strictObject({ name: shortText.optional(), phone: z.string().trim().min(8).max(20).optional() })
    .optional(),
  publishConsent: z.boolean().optional(),
  createdAt: dateTime,
});
export type Feedback = z.infer<typeof feedbackSchema>;

const score = z.int().min(1).max(5);

export const ratingSchema = z.strictObject({
  subject: z.strictObject({
    kind: z.enum(['dossier', 'agency', 'bot', 'feedback']),
    code: code.optional(),
    agency: shortText.optional(),
  }),
  score,
  criteria: z.record(z.string().min(1).max(100), score).optional(),
  comment: z.string().max(10_000).optional(),
  createdAt: dateTime,
});
export type Rating = z.infer<typeof ratingSchema>;

export const feedbackStates = [
  'received',
  'returned',
  'assigned',
  'processing',
  'answered',
  'published',
  'reopened',
  'closed',
] as const;
export type FeedbackState = (typeof feedbackStates)[number];

export interface FeedbackStatus {
  code: string;
  status: FeedbackState;
  agency?: string;
  dueAt?: string;
  answer?: string;
  updatedAt?: string;
}

export interface Fee {
  amount: number;
  paid: boolean;
  payUrl?: string;
}

export interface HistoryEntry {
  at: string;
  status: number;
  note: string;
}

export interface Dossier {
  code: string;
  procedureCode: string;
  procedureName: string;
  status: number;
  statusLabel: string;
  statusReason?: string;
  agency: string;
  submittedAt: string;
  acceptedAt?: string;
  dueAt?: string;
  finishedAt?: string;
  missingDocuments?: string[];
  fee?: Fee;
  collectAt?: string;
  history?: HistoryEntry[];
  applicant?: { name: string; phone: string };
}

export const officeSchema = z.object({
  id: z.string(),
  kind: z.enum(['one-stop', 'agency', 'police', 'other']),
  name: z.string(),
  aliases: z.array(z.string()),
  agency: z.string(),
  commune: z.string(),
  province: z.string(),
  address: z.string(),
  phone: z.string(),
  fax: z.string().optional(),
  email: z.string(),
  hours: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  updatedAt: dateTime,
});
export type Office = z.infer<typeof officeSchema>;

export const newsItemSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  url: z.url(),
  agency: z.string(),
  publishedAt: dateTime,
  topic: z.string(),
});
export type NewsItem = z.infer<typeof newsItemSchema>;

export type WebhookEventType =
  | 'dossier.status-changed'
  | 'feedback.status-changed'
  | 'news.published'
  | 'procedure.changed';

export interface WebhookEvent {
  id: string;
  type: WebhookEventType;
  occurredAt: string;
  data: unknown;
}
