// The OA's access and refresh tokens: 25 h, three months, and a refresh token that works once.
import { createHash, createHmac } from 'node:crypto';
import type { SimulatorClock } from '../platform/clock.js';
import { urlSafe } from '../platform/ids.js';
import type { ZaloBehaviour } from './options.js';

const CODE_LIFE_MS = 10 * 60_000;
const REFRESH_LIFE_MS = 90 * 24 * 3_600_000;

interface Pair {
  access: string;
  accessExpiresAt: number;
  refresh: string;
  refreshExpiresAt: number;
}

export class ZaloTokens {
  /** Number of successful refreshes: a test sees whether two refreshed at once. */
  refreshes = 0;
  #pair: Pair;
  #revoked = false;
  #old: { access: string; until: number } | undefined;
  readonly #codes = new Map<string, { challenge?: string; expiresAt: number }>();
  readonly #clock: SimulatorClock;
  readonly #behaviour: ZaloBehaviour;

  constructor(clock: SimulatorClock, behaviour: ZaloBehaviour, access: string, refresh: string) {
    this.#clock = clock;
    this.#behaviour = behaviour;
    this.#pair = this.#issue(access, refresh);
  }

  get current(): Readonly<Pair> {
    return this.#pair;
  }

  /** The access token runs out now. */
  expireAccess(): void {
    this.#pair = { ...this.#pair, accessExpiresAt: this.#clock.now() };
  }

  /** The administrator withdraws the grant: no token works any more until a new consent. */
  revoke(): void {
    this.#revoked = true;
  }

  newCode(challenge: string | undefined): string {
    const code = urlSafe(40);
    this.#codes.set(code, {
      ...(challenge === undefined ? {} : { challenge }),
      expiresAt: this.#clock.now() + CODE_LIFE_MS,
    });
    return code;
  }

  /** A new pair for a consent code, or the error code. */
  exchange(code: string, verifier: string | undefined): Pair | number {
    const known = this.#codes.get(code);
    this.#codes.delete(code);
    if (!known || known.expiresAt <= this.#clock.now()) return this.#behaviour.oauthBadCodeCode;
    if (known.challenge !== undefined && challengeOf(verifier ?? '') !== known.challenge)
      return this.#behaviour.oauthBadVerifierCode;
    this.#revoked = false;
    return this.#rotate();
  }

  /** A new pair for the refresh token, which is spent by this, or the error code. */
  refresh(token: string): Pair | number {
    const { refresh, refreshExpiresAt } = this.#pair;
    if (this.#revoked || token !== refresh || refreshExpiresAt <= this.#clock.now())
      return this.#behaviour.oauthBadRefreshCode;
    this.refreshes += 1;
    return this.#rotate();
  }

  /** 0, or the error code for this access token. */
  check(token: string | undefined): number {
    const now = this.#clock.now();
    if (token === undefined || this.#revoked) return -216;
    if (token === this.#pair.access) return this.#pair.accessExpiresAt > now ? 0 : this.#behaviour.expiredTokenCode;
    return this.#old?.access === token && this.#old.until > now ? 0 : -216;
  }

  #rotate(): Pair {
    this.#old = { access: this.#pair.access, until: this.#clock.now() + this.#behaviour.oldAccessGraceMs };
    this.#pair = this.#issue(`AT-${urlSafe(60)}`, `RT-${urlSafe(60)}`);
    return this.#pair;
  }

  #issue(access: string, refresh: string): Pair {
    const now = this.#clock.now();
    const life = Number(this.#behaviour.expiresIn) * 1000;
    return { access, accessExpiresAt: now + life, refresh, refreshExpiresAt: now + REFRESH_LIFE_MS };
  }
}

/** PKCE S256. */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url');
}

/** Header `appsecret_proof`: HMAC-SHA256 of the access token under the app secret, lower-case hex. */
export function proofOf(accessToken: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(accessToken).digest('hex');
}
