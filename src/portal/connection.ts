// One call to the portal that may be repeated (a GET, or a POST with its idempotency key): time budget, repeats, circuit breaker,
// size limit. What the answers mean is client.ts.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosResponse } from 'axios';
import CircuitBreaker from 'opossum';
import { backoff, sleep } from '../lib/backoff.js';
import type { PortalUnavailable } from './portal.js';

export interface ConnectionOptions {
  url: string;
  apiKey: string;
  /** For one call with all its repeats. */
  timeoutMs: number;
  /** How long an opened circuit stays open before one call may try. */
  breakerResetMs: number;
}

export interface PortalRequest {
  /** Begins with a slash; every part already encoded. */
  path: string;
  query?: Readonly<Record<string, string | undefined>>;
  /** Proofs and phone numbers travel here, never in the URL. */
  headers?: Readonly<Record<string, string>>;
  /** Makes it a POST that carries `key` as its Idempotency-Key. */
  post?: { key: string; type: 'application/json' | 'image/jpeg'; body: string | Buffer };
  signal: AbortSignal;
}

/** 2xx and 4xx are answers; `body` is parsed JSON, undefined when it was none. */
export type PortalReply = { result: 'answer'; status: number; body: unknown; retryAfterMs: number } | PortalUnavailable;

/** An answer of the contract stays far below; more is a fault. */
const MAX_ANSWER_BYTES = 5 * 1024 * 1024;
const MAX_REPEATS = 2;
/** The first try may not use up what the repeats need. */
const FIRST_TRY_SHARE = 0.6;
/** A try with less time than this is not worth sending. */
const MIN_TRY_MS = 50;
const DEFAULT_RETRY_AFTER_MS = 60_000;

type FailureReason = 'timeout' | 'network' | 'server-error' | 'bad-answer';

/** Carries a reason and nothing of the request: axios errors hold headers, hence proofs and phone numbers. */
class TryFailed extends Error {
  constructor(
    readonly reason: FailureReason,
    /** The caller gave up: that says nothing about the portal. */
    readonly cancelled = false,
  ) {
    super(reason);
  }
}

export class PortalConnection {
  readonly #base: string;
  readonly #apiKey: string;
  readonly #timeoutMs: number;
  readonly #httpAgent = new HttpAgent({ keepAlive: true, maxSockets: 64 });
  readonly #httpsAgent = new HttpsAgent({ keepAlive: true, maxSockets: 64 });
  readonly #breaker: CircuitBreaker<[PortalRequest, number], PortalReply>;

  constructor({ url, apiKey, timeoutMs, breakerResetMs }: ConnectionOptions) {
    this.#base = url.replace(/\/+$/, '');
    this.#apiKey = apiKey;
    this.#timeoutMs = timeoutMs;
    this.#breaker = new CircuitBreaker((request: PortalRequest, ms: number) => this.#try(request, ms), {
      timeout: false,
      errorThresholdPercentage: 50,
      volumeThreshold: 6,
      resetTimeout: breakerResetMs,
      rollingCountTimeout: 10_000,
      rollingPercentilesEnabled: false,
      errorFilter: (error) => error instanceof TryFailed && (error.cancelled || error.reason === 'bad-answer'),
    });
  }

  /** Never throws for what the portal or the network does. */
  async call(request: PortalRequest): Promise<PortalReply> {
    const deadline = performance.now() + this.#timeoutMs;
    for (let attempt = 0; ; attempt++) {
      const left = deadline - performance.now();
      try {
        return await this.#breaker.fire(request, attempt === 0 ? this.#timeoutMs * FIRST_TRY_SHARE : left);
      } catch (error) {
        const reason = reasonOf(error);
        const pause = backoff(attempt, 100, 800);
        const noTime = deadline - performance.now() < pause + MIN_TRY_MS;
        const final = reason === 'circuit-open' || reason === 'bad-answer' || attempt === MAX_REPEATS;
        if (final || noTime || request.signal.aborted) return { result: 'unavailable', reason };
        await sleep(pause, request.signal);
        if (request.signal.aborted) return { result: 'unavailable', reason };
      }
    }
  }

  /** Closes idle sockets; calls under way end as network failures. */
  close(): void {
    this.#breaker.shutdown();
    this.#httpAgent.destroy();
    this.#httpsAgent.destroy();
  }

  async #try({ path, query, headers, post, signal }: PortalRequest, ms: number): Promise<PortalReply> {
    const timer = AbortSignal.timeout(Math.max(1, Math.floor(ms)));
    let response: AxiosResponse<unknown>;
    try {
      response = await axios.request<unknown>({
        url: this.#base + path,
        params: query,
        headers: { Accept: 'application/json', 'X-Api-Key': this.#apiKey, ...headers, ...postHeaders(post) },
        ...(post === undefined ? {} : { method: 'POST', data: post.body, transformRequest: [(data: unknown) => data] }),
        httpAgent: this.#httpAgent,
        httpsAgent: this.#httpsAgent,
        signal: AbortSignal.any([signal, timer]),
        // A redirect would carry the key and the proof to another host.
        maxRedirects: 0,
        maxContentLength: MAX_ANSWER_BYTES,
        responseType: 'text',
        transformResponse: [(data: unknown) => data],
        validateStatus: () => true,
      });
    } catch (error) {
      if (signal.aborted) throw new TryFailed('timeout', true);
      if (timer.aborted) throw new TryFailed('timeout');
      throw new TryFailed(isTooLong(error) ? 'bad-answer' : 'network');
    }
    const { status } = response;
    if (status >= 500) throw new TryFailed('server-error');
    if (status < 200 || (status >= 300 && status < 400)) throw new TryFailed('bad-answer');
    return { result: 'answer', status, body: parseJson(response.data), retryAfterMs: retryAfter(response) };
  }
}

function postHeaders(post: PortalRequest['post']): Record<string, string> {
  return post === undefined ? {} : { 'Content-Type': post.type, 'Idempotency-Key': post.key };
}

function reasonOf(error: unknown): PortalUnavailable['reason'] {
  if (error instanceof TryFailed) return error.reason;
  if (error instanceof Error && 'code' in error && error.code === 'EOPENBREAKER') return 'circuit-open';
  throw error;
}

function isTooLong(error: unknown): boolean {
  return axios.isAxiosError(error) && error.code === 'ERR_BAD_RESPONSE' && error.message.startsWith('maxContentLength');
}

function parseJson(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** Seconds or an HTTP date, at most a day. */
function retryAfter(response: AxiosResponse<unknown>): number {
  const value: unknown = response.headers['retry-after'];
  if (typeof value !== 'string') return DEFAULT_RETRY_AFTER_MS;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 86_400_000) : DEFAULT_RETRY_AFTER_MS;
}
