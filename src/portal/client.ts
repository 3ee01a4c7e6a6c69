// The portal over HTTP: what each call asks and what its answers mean. The connection (time, repeats, breaker) is connection.ts,
// reading the answers answers.ts, their meaning outcomes.ts.
import { LRUCache } from 'lru-cache';
import { type Clock, MINUTE, SECOND, systemClock } from '../lib/clock.js';
import { readFeedbackStatus, readGivenId, readNews, readOffices, readProcedurePage } from './answers.js';
import { PortalConnection, type PortalReply, type PortalRequest } from './connection.js';
import {
  codeKey,
  dossierAnswer,
  dossiersAnswer,
  feedbackAnswer,
  listAnswer,
  outcomeOf,
  type PortalOutcome,
  statisticsAnswer,
  writeAnswer,
} from './outcomes.js';
import type {
  Dossier,
  DossierAnswer,
  DossiersAnswer,
  FeedbackAnswer,
  FeedbackReport,
  FeedbackStatus,
  ListAnswer,
  NewsItem,
  Office,
  Portal,
  PortalReports,
  PortalUnavailable,
  ProcedurePage,
  RatingReport,
  StatisticsAnswer,
  WriteAnswer,
} from './portal.js';

export type PortalOperation =
  | 'dossier'
  | 'dossiers'
  | 'procedures'
  | 'offices'
  | 'news'
  | 'statistics'
  | 'feedback'
  | 'feedback.send'
  | 'feedback.reopen'
  | 'photo.send'
  | 'rating.send';

/** For metrics and the log: names and numbers of ours only. Answers from the cache are not calls. */
export interface PortalCall {
  operation: PortalOperation;
  outcome: PortalOutcome;
  ms: number;
  /** Items of a list that did not fit the contract and were left out. */
  dropped: number;
}

export interface PortalClientOptions {
  url: string;
  apiKey: string;
  /** For one call with all its repeats; 5 s, the portal's share of a turn. */
  timeoutMs?: number;
  /** How long an opened circuit stays open; 10 s. */
  breakerResetMs?: number;
  clock?: Clock;
  onCall?: (call: PortalCall) => void;
}

export interface PortalClient extends Portal, PortalReports {
  /** The portal said that this dossier changed: the next answer comes from the portal. */
  forget(code: string): void;
  close(): void;
}

const DOSSIER_KEPT = 30 * SECOND;
const LIST_KEPT = 5 * MINUTE;
/** What may stand in a path: dossier codes of all generations; never only dots. */
const CODE = /^[\p{L}\d][\p{L}\d._-]{2,79}$/u;
const PROOF = /^\d{4}$/;

/**
 * @example
 * const portal = createPortalClient({ url: 'https://adapter.example/api', apiKey });
 * const answer = await portal.dossier('H56.14-240823-0001', undefined, AbortSignal.timeout(5000));
 */
export function createPortalClient(options: PortalClientOptions): PortalClient {
  return new HttpPortal(options);
}

/** Stands in when no portal is set: the bot then runs on an imported catalogue. */
export function createNoPortal(): PortalClient {
  const unavailable: PortalUnavailable = { result: 'unavailable', reason: 'not-configured' };
  const nothing = async () => unavailable;
  return {
    configured: false,
    dossier: nothing,
    procedures: nothing,
    offices: nothing,
    news: nothing,
    statistics: nothing,
    dossiersOf: nothing,
    sendFeedback: nothing,
    feedback: nothing,
    reopenFeedback: nothing,
    sendPhoto: nothing,
    sendRating: nothing,
    forget() {},
    close() {},
  };
}

type Cache<A extends object> = LRUCache<string, A>;

class HttpPortal implements PortalClient {
  readonly configured = true;
  readonly #connection: PortalConnection;
  readonly #onCall: (call: PortalCall) => void;
  /** Never holds what was answered to a proof. */
  readonly #dossiers: Cache<Dossier>;
  readonly #offices: Cache<ListAnswer<Office>>;
  readonly #news: Cache<ListAnswer<NewsItem>>;
  readonly #statistics: Cache<StatisticsAnswer>;
  /** Counts `forget`s, so that an answer under way meanwhile is not kept. */
  #forgotten = 0;

  constructor(options: PortalClientOptions) {
    const { url, apiKey, timeoutMs = 5 * SECOND, breakerResetMs = 10 * SECOND, clock = systemClock, onCall } = options;
    this.#connection = new PortalConnection({ url, apiKey, timeoutMs, breakerResetMs });
    this.#onCall = onCall ?? (() => {});
    this.#dossiers = cacheFor(clock, 5000, DOSSIER_KEPT);
    this.#offices = cacheFor(clock, 100, LIST_KEPT);
    this.#news = cacheFor(clock, 20, LIST_KEPT);
    this.#statistics = cacheFor(clock, 300, LIST_KEPT);
  }

  async dossier(code: string, proof: string | undefined, signal: AbortSignal): Promise<DossierAnswer> {
    if (!CODE.test(code)) return { result: 'not-found' };
    if (proof !== undefined && !PROOF.test(proof)) return { result: 'proof-mismatch' };
    const key = codeKey(code);
    const known = proof === undefined ? this.#dossiers.get(key) : undefined;
    if (known !== undefined) return { result: 'found', dossier: known };
    const forgotten = this.#forgotten;
    const path = `/dossiers/${encodeURIComponent(code)}`;
    const headers = proof === undefined ? {} : { 'X-Applicant-Proof': proof };
    const answer = await this.#ask('dossier', { path, headers, signal }, (reply) =>
      dossierAnswer(reply, code, proof !== undefined),
    );
    if (answer.result === 'found' && proof === undefined && forgotten === this.#forgotten) {
      this.#dossiers.set(key, answer.dossier);
    }
    return answer;
  }

  procedures(
    query: { updatedSince?: string; cursor?: string; limit?: number },
    signal: AbortSignal,
  ): Promise<ProcedurePage | PortalUnavailable> {
    const { updatedSince, cursor, limit } = query;
    const asked = { updatedSince, cursor, limit: limit?.toString() };
    return this.#call('procedures', { path: '/procedures', query: asked, signal }, (reply) =>
      listAnswer(reply, readProcedurePage),
    );
  }

  offices(query: { updatedSince?: string; cursor?: string }, signal: AbortSignal): Promise<ListAnswer<Office>> {
    const { updatedSince, cursor } = query;
    return kept(this.#offices, `${updatedSince ?? ''} ${cursor ?? ''}`, () =>
      this.#call('offices', { path: '/offices', query: { updatedSince, cursor }, signal }, (reply) =>
        listAnswer(reply, readOffices),
      ),
    );
  }

  news({ since }: { since?: string }, signal: AbortSignal): Promise<ListAnswer<NewsItem>> {
    return kept(this.#news, since ?? '', () =>
      this.#call('news', { path: '/news', query: { since }, signal }, (reply) => listAnswer(reply, readNews)),
    );
  }

  statistics(query: { agency?: string; month?: string }, signal: AbortSignal): Promise<StatisticsAnswer> {
    const { agency, month } = query;
    return kept(this.#statistics, `${month ?? ''} ${agency ?? ''}`, () =>
      this.#ask('statistics', { path: '/statistics', query: { agency, month }, signal }, statisticsAnswer),
    );
  }

  /** Not kept: the list belongs to one person. */
  dossiersOf(phone: string, signal: AbortSignal): Promise<DossiersAnswer> {
    const headers = { 'X-Applicant-Phone': phone };
    return this.#ask('dossiers', { path: '/dossiers', headers, signal }, dossiersAnswer);
  }

  sendFeedback(report: FeedbackReport, key: string, signal: AbortSignal): Promise<WriteAnswer<FeedbackStatus>> {
    return this.#ask('feedback.send', { path: '/feedback', post: dated(report, key), signal }, feedbackTaken);
  }

  async feedback(code: string, signal: AbortSignal): Promise<FeedbackAnswer> {
    if (!CODE.test(code)) return { result: 'not-found' };
    return this.#ask('feedback', { path: `/feedback/${encodeURIComponent(code)}`, signal }, feedbackAnswer);
  }

  async reopenFeedback(code: string, key: string, signal: AbortSignal): Promise<WriteAnswer<FeedbackStatus>> {
    if (!CODE.test(code)) return { result: 'rejected', code: 'not-found' };
    const path = `/feedback/${encodeURIComponent(code)}/reopen`;
    const post = { key, type: 'application/json', body: '{}' } as const;
    return this.#ask('feedback.reopen', { path, post, signal }, feedbackTaken);
  }

  sendPhoto(jpeg: Buffer, key: string, signal: AbortSignal): Promise<WriteAnswer<{ id: string }>> {
    const post = { key, type: 'image/jpeg', body: jpeg } as const;
    return this.#ask('photo.send', { path: '/files', post, signal }, (reply) =>
      writeAnswer(reply, valued(readGivenId)),
    );
  }

  sendRating(rating: RatingReport, key: string, signal: AbortSignal): Promise<WriteAnswer<undefined>> {
    const post = dated(rating, key);
    return this.#ask('rating.send', { path: '/ratings', post, signal }, (reply) =>
      writeAnswer(reply, () => ({ value: undefined })),
    );
  }

  forget(code: string): void {
    this.#forgotten++;
    this.#dossiers.delete(codeKey(code));
  }

  close(): void {
    this.#connection.close();
  }

  #ask<A extends Parameters<typeof outcomeOf>[0]>(
    operation: PortalOperation,
    request: PortalRequest,
    read: (reply: PortalReply) => A,
  ): Promise<A> {
    return this.#call(operation, request, (reply) => ({ answer: read(reply), dropped: 0 }));
  }

  async #call<A extends Parameters<typeof outcomeOf>[0]>(
    operation: PortalOperation,
    request: PortalRequest,
    read: (reply: PortalReply) => { answer: A; dropped: number },
  ): Promise<A> {
    const started = performance.now();
    const { answer, dropped } = read(await this.#connection.call(request));
    this.#onCall({ operation, outcome: outcomeOf(answer), ms: performance.now() - started, dropped });
    return answer;
  }
}

/** The report as the contract writes it: times as ISO 8601. */
function dated(report: FeedbackReport | RatingReport, key: string): NonNullable<PortalRequest['post']> {
  const body = JSON.stringify({ ...report, createdAt: new Date(report.createdAt).toISOString() });
  return { key, type: 'application/json', body };
}

function feedbackTaken(reply: PortalReply): WriteAnswer<FeedbackStatus> {
  return writeAnswer(reply, valued(readFeedbackStatus));
}

function valued<T>(read: (body: unknown) => T | undefined): (body: unknown) => { value: T } | undefined {
  return (body) => {
    const value = read(body);
    return value === undefined ? undefined : { value };
  };
}

function cacheFor<A extends object>(clock: Clock, max: number, ttl: number): Cache<A> {
  return new LRUCache({ max, ttl, ttlResolution: 0, perf: { now: clock } });
}

/** Only what the portal did answer is kept. */
async function kept<A extends { result: string }>(cache: Cache<A>, key: string, ask: () => Promise<A>): Promise<A> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const answer = await ask();
  if (answer.result === 'ok') cache.set(key, answer);
  return answer;
}
