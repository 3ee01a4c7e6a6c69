// Zalo's access tokens: loaded, seeded once, renewed before they expire. A refresh token works once, so one refresher at
// a time, over all processes, and the new pair is stored before it is used.
import { sleep } from '../../lib/backoff.js';
import { HOUR, MINUTE, SECOND } from '../../lib/clock.js';
import type { Log } from '../../lib/log.js';
import type { AccountTokenStore, AccountTokens, StoredTokens } from '../account-tokens.js';
import type { RefreshOutcome } from './oauth.js';

/** From the environment: used while nothing is stored. An empty access token is fetched with the refresh token. */
export interface SeedTokens {
  accessToken: string;
  refreshToken: string;
}

export type TokenResult =
  | { status: 'ready'; accessToken: string }
  /** `reason` is for the operator; nothing can be sent for `afterMs`. */
  | { status: 'unavailable'; reason: string; afterMs: number };

export interface ZaloTokensOptions {
  store: AccountTokenStore;
  seeds: Readonly<Record<string, SeedTokens>>;
  refresh(refreshToken: string): Promise<RefreshOutcome>;
  clock: () => number;
  log: Log;
  /** Between two looks at another process's refresh. */
  pause?: (ms: number) => Promise<void>;
}

/** Renewed when less remains of the 25 hours. */
const RENEW_BEFORE = 4 * HOUR;
/** A seed's age is unknown: it is renewed an hour after the start. */
const SEED_LIFE = RENEW_BEFORE + HOUR;
const AFTER_REFUSAL = 10 * MINUTE;
const AFTER_FAILURE = 30 * SECOND;
const OTHER_LOOKS = 30;
const OTHER_PAUSE = 400;
const SAVE_TRIES = 4;

export class ZaloTokens {
  readonly #options: ZaloTokensOptions;
  readonly #known = new Map<string, AccountTokens>();
  readonly #flights = new Map<string, Promise<TokenResult>>();
  /** After a refusal, that refresh token is not tried again before `until`. */
  readonly #refused = new Map<string, { refreshToken: string; reason: string; until: number }>();
  /** Fetched but not stored (storage was down): stored first thing at the next try. */
  readonly #unsaved = new Map<string, { spent: string; tokens: AccountTokens }>();
  readonly #triedSeeds = new Set<string>();
  readonly #pause: (ms: number) => Promise<void>;

  constructor(options: ZaloTokensOptions) {
    this.#options = options;
    this.#pause = options.pause ?? ((ms) => sleep(ms));
  }

  /** The token to send with, without waiting, when one is at hand. */
  peek(oaId: string): string | undefined {
    const known = this.#known.get(oaId);
    return known !== undefined && known.expiresAt > this.#options.clock() ? known.accessToken : undefined;
  }

  async get(oaId: string): Promise<TokenResult> {
    const accessToken = this.peek(oaId);
    return accessToken === undefined ? this.#renew(oaId, undefined, 0) : { status: 'ready', accessToken };
  }

  /** Another token than the one Zalo has just refused. */
  replace(oaId: string, rejected: string): Promise<TokenResult> {
    return this.#renew(oaId, rejected, 0);
  }

  /** Renews the token when less than 4 hours of its life remain. */
  keepFresh(oaId: string): Promise<TokenResult> {
    return this.#renew(oaId, undefined, RENEW_BEFORE);
  }

  /** One renewal per account in this process: who comes later gets its outcome. */
  #renew(oaId: string, rejected: string | undefined, margin: number): Promise<TokenResult> {
    const running = this.#flights.get(oaId);
    if (running) {
      return running.then((result) =>
        // It was under way for another reason and kept the token that has been refused since.
        result.status === 'ready' && result.accessToken === rejected ? this.#renew(oaId, rejected, margin) : result,
      );
    }
    const flight = this.#attempt(oaId, rejected, margin)
      .catch((error: unknown): TokenResult => {
        this.#options.log.error({ action: 'zalo.token.failed', error, detail: { account: oaId } });
        return { status: 'unavailable', reason: 'zalo.token-store', afterMs: AFTER_FAILURE };
      })
      .finally(() => this.#flights.delete(oaId));
    this.#flights.set(oaId, flight);
    return flight;
  }

  async #attempt(oaId: string, rejected: string | undefined, margin: number): Promise<TokenResult> {
    const { store } = this.#options;
    for (let look = 0; look < OTHER_LOOKS; look += 1) {
      if (look > 0) await this.#pause(OTHER_PAUSE);
      const stored = await this.#load(oaId);
      if (stored === undefined) return { status: 'unavailable', reason: 'zalo.no-token', afterMs: AFTER_REFUSAL };
      const usable = this.#adopt(oaId, stored.tokens, rejected, margin);
      if (usable) return usable;
      const refusal = this.#refusal(oaId, stored.tokens, rejected);
      if (refusal) return refusal;
      const turned = await store.exclusively(accountKey(oaId), () => this.#rotate(oaId, rejected, margin));
      if (turned) return turned;
    }
    return { status: 'unavailable', reason: 'zalo.token-refresh-busy', afterMs: 2 * SECOND };
  }

  /** Under the lease: somebody may have been faster, so everything is read again. */
  async #rotate(oaId: string, rejected: string | undefined, margin: number): Promise<TokenResult> {
    const stored = await this.#load(oaId);
    if (stored === undefined) return { status: 'unavailable', reason: 'zalo.no-token', afterMs: AFTER_REFUSAL };
    const usable = this.#adopt(oaId, stored.tokens, rejected, margin);
    if (usable) return usable;
    const unsaved = this.#unsaved.get(oaId);
    if (unsaved?.spent === stored.tokens.refreshToken) return this.#keep(oaId, unsaved.tokens, stored);

    let outcome = await this.#refresh(stored.tokens.refreshToken);
    // The answer may be lost after the token was spent; Zalo's answer to the second try tells.
    if (outcome.kind === 'unclear') outcome = await this.#refresh(stored.tokens.refreshToken);
    if (outcome.kind === 'refused') outcome = (await this.#trySeed(oaId, stored.tokens)) ?? outcome;
    if (outcome.kind === 'tokens') return this.#keep(oaId, outcome.tokens, stored);
    return this.#failed(oaId, stored.tokens, rejected, outcome);
  }

  /** A stored grant that died may have been replaced by a new consent whose token stands in the environment. Tried once. */
  async #trySeed(oaId: string, dead: AccountTokens): Promise<RefreshOutcome | undefined> {
    const seed = this.#options.seeds[oaId];
    if (!seed || seed.refreshToken === dead.refreshToken || this.#triedSeeds.has(oaId)) return undefined;
    this.#triedSeeds.add(oaId);
    const outcome = await this.#refresh(seed.refreshToken);
    return outcome.kind === 'tokens' ? outcome : undefined;
  }

  async #refresh(refreshToken: string): Promise<RefreshOutcome> {
    if (refreshToken === '') return { kind: 'refused', reason: 'zalo.no-refresh-token' };
    return this.#options.refresh(refreshToken);
  }

  /** Durable first, used after. */
  async #keep(oaId: string, tokens: AccountTokens, before: StoredTokens): Promise<TokenResult> {
    const { store, log } = this.#options;
    const spent = before.tokens.refreshToken;
    this.#unsaved.set(oaId, { spent, tokens });
    let expected = before.version;
    for (let attempt = 0; attempt < SAVE_TRIES; attempt += 1) {
      try {
        if (await store.save(accountKey(oaId), tokens, expected)) return this.#kept(oaId, tokens);
        const newer = await store.load(accountKey(oaId));
        // Somebody stored another grant meanwhile (a new consent): theirs is the newer one.
        if (newer && newer.tokens.refreshToken !== spent) return this.#kept(oaId, newer.tokens);
        expected = newer?.version ?? 0;
      } catch (error) {
        log.error({ action: 'zalo.token.not-stored', error, count: attempt + 1, detail: { account: oaId } });
        await this.#pause(OTHER_PAUSE * 2 ** attempt);
      }
    }
    return { status: 'unavailable', reason: 'zalo.token-not-stored', afterMs: AFTER_FAILURE };
  }

  #kept(oaId: string, tokens: AccountTokens): TokenResult {
    this.#unsaved.delete(oaId);
    this.#refused.delete(oaId);
    this.#known.set(oaId, tokens);
    this.#options.log.info({ action: 'zalo.token.renewed', detail: { account: oaId } });
    return { status: 'ready', accessToken: tokens.accessToken };
  }

  #failed(
    oaId: string,
    tokens: AccountTokens,
    rejected: string | undefined,
    { kind, reason }: Exclude<RefreshOutcome, { kind: 'tokens' }>,
  ): TokenResult {
    const until = this.#options.clock() + (kind === 'refused' ? AFTER_REFUSAL : AFTER_FAILURE);
    this.#refused.set(oaId, { refreshToken: tokens.refreshToken, reason, until });
    this.#options.log.error({ action: 'zalo.token.refresh-failed', reason, detail: { account: oaId } });
    // Early renewal failed, but the present token still lives.
    const stillGood = this.#adopt(oaId, tokens, rejected, 0);
    return stillGood ?? { status: 'unavailable', reason, afterMs: until - this.#options.clock() };
  }

  #refusal(oaId: string, tokens: AccountTokens, rejected: string | undefined): TokenResult | undefined {
    const refused = this.#refused.get(oaId);
    const now = this.#options.clock();
    if (!refused || refused.refreshToken !== tokens.refreshToken || refused.until <= now) return undefined;
    const stillGood = this.#adopt(oaId, tokens, rejected, 0);
    return stillGood ?? { status: 'unavailable', reason: refused.reason, afterMs: refused.until - now };
  }

  #adopt(oaId: string, tokens: AccountTokens, rejected: string | undefined, margin: number): TokenResult | undefined {
    const { accessToken, expiresAt } = tokens;
    if (accessToken === '' || accessToken === rejected) return undefined;
    if (expiresAt - this.#options.clock() <= margin) return undefined;
    this.#known.set(oaId, tokens);
    return { status: 'ready', accessToken };
  }

  async #load(oaId: string): Promise<StoredTokens | undefined> {
    const { store, seeds, clock } = this.#options;
    const stored = await store.load(accountKey(oaId));
    const seed = seeds[oaId];
    if (stored !== undefined || seed === undefined) return stored;
    if (seed.accessToken === '' && seed.refreshToken === '') return undefined;
    const expiresAt = seed.accessToken === '' ? 0 : clock() + SEED_LIFE;
    await store.save(accountKey(oaId), { ...seed, expiresAt }, 0);
    return store.load(accountKey(oaId));
  }
}

function accountKey(oaId: string): string {
  return `zalo:${oaId}`;
}
