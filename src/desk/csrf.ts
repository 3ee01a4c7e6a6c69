// Proof that a request comes from the desk's own page: a token that only the page can read, and where the browser says the
// request comes from. Whoever has the session's cookie alone cannot change anything.
import { timingSafeEqual } from 'node:crypto';
import type { KeyedHash } from '../lib/keyed-hash.js';
import type { SessionId } from '../records/staff-sessions.js';

export const CSRF_HEADER = 'x-csrf-token';

/** Tokens are keyed hashes of the session: nothing is stored, and a token of another session is worth nothing. */
export class CsrfTokens {
  /** `keys`: of SESSION_SECRET, or of DATA_KEY; after a change older keys are still taken. */
  constructor(private readonly keys: Pick<KeyedHash, 'current' | 'all'>) {}

  tokenOf(session: SessionId): string {
    return this.keys.current(session);
  }

  fits(session: SessionId, token: string | undefined): boolean {
    if (token === undefined) return false;
    const given = Buffer.from(token);
    return this.keys.all(session).some((known) => {
      const wanted = Buffer.from(known);
      return wanted.length === given.length && timingSafeEqual(wanted, given);
    });
  }
}

/** What browsers say about where a request comes from. */
export interface Whence {
  /** Sec-Fetch-Site */
  site: string | undefined;
  origin: string | undefined;
  host: string | undefined;
}

/**
 * Whether it may come from the desk's own page. Clients that are no browsers say nothing about it. `reading`: a link that was
 * opened from nowhere (a bookmark) is ours too. `ownOrigin`: of PUBLIC_URL.
 */
export function isOwnPage({ site, origin, host }: Whence, reading: boolean, ownOrigin: string | undefined): boolean {
  if (site !== undefined) return site === 'same-origin' || (reading && site === 'none');
  if (origin === undefined) return true;
  if (origin === ownOrigin) return true;
  return host !== undefined && /^https?:\/\//.test(origin) && origin.replace(/^https?:\/\//, '') === host;
}
