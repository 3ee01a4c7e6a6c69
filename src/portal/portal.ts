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

export type DossierAnswer =
  | { result: 'found'; dossier: Dossier }
  | { result: 'not-found' }
  | { result: 'proof-mismatch' }
  | { result: 'rate-limited'; retryAfterMs: number }
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
}
