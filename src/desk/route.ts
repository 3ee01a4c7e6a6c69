// A route of the desk as data: what it needs is declared beside it and checked before it runs (router.ts). docs/desk-api.yaml
// describes each; a test compares the two.
import type { Readable } from 'node:stream';
import type { Grant } from '../records/staff.js';
import type { SessionId } from '../records/staff-sessions.js';
import type { Permission } from './permissions.js';

/** Who is signed in. */
export interface SignedIn {
  id: string;
  username: string;
  name: string;
  grants: readonly Grant[];
  session: SessionId;
}

export interface DeskRequest {
  /** Of the path, decoded. */
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined without a body. The route checks it with zod. */
  body: unknown;
  /** Of uploads only: the raw bytes and what the browser calls them. */
  file?: { bytes: Buffer; type: string; name: string };
  /** Of a public route: nobody, without any grant. */
  who: SignedIn;
  /** Where the request came from, for limits. */
  address: string;
  now: number;
  /** Aborts when the browser goes away. */
  signal: AbortSignal;
}

export type DeskAnswer =
  /** `cookie`: of the session, where it begins or ends (sessions.ts). */
  | { status: 200; json: object; cookie?: string }
  /** `error`: a stable code that the page has a sentence for. */
  | { status: 400 | 401 | 403 | 404 | 409 | 413 | 429 | 503; error: string; detail?: object }
  /**
   * With `filename` it is a download, without it is shown in place; always with `nosniff`, a sandboxing CSP and `private, no-store`.
   */
  | { status: 200; stream: Readable; type: string; filename?: string }
  /**
   * Server-sent events: the route writes them until `signal` aborts. A browser that does not read what waits for it (1 MB) is cut
   * off, which aborts the signal; `end` closes the stream when the session does not count any more.
   */
  | { status: 200; events: (write: (event: string, data: object) => void, end: () => void) => void };

export interface DeskRoute {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/desk, with `:name` for a parameter. */
  path: string;
  /**
   * `signed-in`: whoever is. A permission alone is not enough: the route still asks `can` for the agency of what it touches, and
   * what is in another agency is answered 404, as if it were not there.
   */
  needs: Permission | 'signed-in' | 'public';
  /**
   * Most bytes of a file, sent raw with its type and its name (header `x-file-name`, percent-encoded: an address would be written
   * down by proxies); without it the body is JSON of at most 64 kB.
   */
  upload?: number;
  /**
   * A body that does not fit its zod schema may be thrown as it is (ZodError): it is answered 400 `bad-request`. So is
   * StorageUnavailable, with 503.
   */
  handle(request: DeskRequest): Promise<DeskAnswer>;
}
