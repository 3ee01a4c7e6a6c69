// The portal contract as the rest of the code sees it (docs/portal-api.yaml). The HTTP client lives beside it.
import type { Procedure } from '../records/procedure.js';

export interface DossierFee {
  /** VND. */
  amount?: number;
  paid?: boolean;
  payUrl?: string;
}

export interface Dossier {
  code: string;
  procedureCode: string;
  procedureName: string;
  /** National state 1–10 (domain reference, section 3); another number is shown in the portal's own words. */
  status: number;
  statusLabel: string;
  agency: string;
  submittedAt: number;
  acceptedAt?: number;
  dueAt?: number;
  finishedAt?: number;
  collectAt?: string;
  /** Only after the right proof. */
  personal?: {
    applicantName?: string;
    statusReason?: string;
    missingDocuments: string[];
    fee?: DossierFee;
    history: { at: number; status?: number; note?: string }[];
  };
}

export interface Office {
  id: string;
  kind: 'one-stop' | 'agency' | 'police' | 'other';
  name: string;
  aliases: string[];
  agency?: string;
  commune?: string;
  province?: string;
  address?: string;
  phone?: string;
  email?: string;
  hours?: string;
}

export interface NewsItem {
  id: string;
  title: string;
  summary?: string;
  url?: string;
  agency?: string;
  publishedAt: number;
  topic?: string;
}

export interface Statistics {
  agency?: string;
  month?: string;
  received?: number;
  online?: number;
  finished?: number;
  onTime?: number;
  overdue?: number;
  paused?: number;
}

/** The portal could not be asked: down, slow, or it answered nonsense. `reason` is for the operator. */
export interface PortalUnavailable {
  result: 'unavailable';
  reason: 'not-configured' | 'timeout' | 'network' | 'server-error' | 'circuit-open' | 'bad-answer' | 'refused';
}

/** Asked too often: the same call may be made again after this time. */
export interface PortalBusy {
  result: 'rate-limited';
  retryAfterMs: number;
}

export type DossierAnswer =
  | { result: 'found'; dossier: Dossier }
  | { result: 'not-found' }
  | { result: 'proof-mismatch' }
  | PortalBusy
  | PortalUnavailable;

export type ListAnswer<T> = { result: 'ok'; items: T[]; nextCursor?: string } | PortalUnavailable;
export type StatisticsAnswer = { result: 'ok'; statistics: Statistics } | PortalUnavailable;

export interface ProcedurePage {
  result: 'ok';
  items: Procedure[];
  nextCursor?: string;
  removed: string[];
}

/** All calls end within the portal's share of a turn (5 s) and never throw for what the portal or the network does. */
export interface Portal {
  readonly configured: boolean;
  /** `proof`: the last four digits of the applicant's phone or ID number; it travels in a header, never in a URL or log. */
  dossier(code: string, proof: string | undefined, signal: AbortSignal): Promise<DossierAnswer>;
  procedures(
    query: { updatedSince?: string; cursor?: string; limit?: number },
    signal: AbortSignal,
  ): Promise<ProcedurePage | PortalUnavailable>;
  /** The bot keeps a copy and searches it itself. */
  offices(query: { updatedSince?: string; cursor?: string }, signal: AbortSignal): Promise<ListAnswer<Office>>;
  news(query: { since?: string }, signal: AbortSignal): Promise<ListAnswer<NewsItem>>;
  statistics(query: { agency?: string; month?: string }, signal: AbortSignal): Promise<StatisticsAnswer>;
  /** What was filed under a phone number that this citizen has verified; without personal fields. The number travels in a header. */
  dossiersOf(phone: string, signal: AbortSignal): Promise<DossiersAnswer>;
}

export type DossiersAnswer = { result: 'ok'; items: Dossier[] } | PortalBusy | PortalUnavailable;

/** What a citizen reports; `clientCode` is the code that the citizen already has. */
export interface FeedbackReport {
  clientCode: string;
  category: string;
  content: string;
  place?: { text?: string; latitude?: number; longitude?: number };
  /** Ids that `sendPhoto` gave. */
  photoIds?: readonly string[];
  contact?: { name?: string; phone?: string };
  publishConsent: boolean;
  createdAt: number;
}

export const FEEDBACK_STATES = [
  'received',
  'returned',
  'assigned',
  'processing',
  'answered',
  'published',
  'reopened',
  'closed',
] as const;

export type FeedbackState = (typeof FEEDBACK_STATES)[number];

export interface FeedbackStatus {
  /** The portal's own code. */
  code: string;
  status: FeedbackState;
  agency?: string;
  dueAt?: number;
  answer?: string;
  updatedAt?: number;
}

export interface RatingReport {
  subject: { kind: 'dossier' | 'agency' | 'bot' | 'feedback'; code?: string; agency?: string };
  /** 1 (worst) to 5, like those of `criteria`. */
  score: number;
  criteria?: Readonly<Record<string, number>>;
  comment?: string;
  createdAt: number;
}

/** `rejected`: the portal will never take it as it is; `code` is the portal's reason, for the operator. Sending it again changes nothing. */
export type WriteAnswer<T> =
  | { result: 'accepted'; value: T }
  | { result: 'rejected'; code: string }
  | PortalBusy
  | PortalUnavailable;

export type FeedbackAnswer =
  | { result: 'found'; feedback: FeedbackStatus }
  | { result: 'not-found' }
  | PortalBusy
  | PortalUnavailable;

/**
 * What the bot tells the portal. `key` makes each call repeatable: the same key with the same content counts once, so a call
 * whose outcome is unknown is simply made again. Never throws for what the portal or the network does.
 */
export interface PortalReports {
  readonly configured: boolean;
  sendFeedback(report: FeedbackReport, key: string, signal: AbortSignal): Promise<WriteAnswer<FeedbackStatus>>;
  feedback(code: string, signal: AbortSignal): Promise<FeedbackAnswer>;
  /** Whether the window for reopening is still open is the portal's to judge. */
  reopenFeedback(code: string, key: string, signal: AbortSignal): Promise<WriteAnswer<FeedbackStatus>>;
  /** One JPEG of at most 5 MB without metadata. */
  sendPhoto(jpeg: Buffer, key: string, signal: AbortSignal): Promise<WriteAnswer<{ id: string }>>;
  sendRating(rating: RatingReport, key: string, signal: AbortSignal): Promise<WriteAnswer<undefined>>;
}
