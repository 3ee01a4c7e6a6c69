// Makes an express Router out of the desk's routes: who is signed in, where the request comes from, what it may do and what
// shape it has are checked here, before a route runs. How answers are written is route-answers.ts.
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../lib/clock.js';
import { CodedError, codeOf, StorageUnavailable } from '../lib/errors.js';
import type { Log } from '../lib/log.js';
import type { Grant } from '../records/staff.js';
import type { SessionId } from '../records/staff-sessions.js';
import { CSRF_HEADER, type CsrfTokens, isOwnPage } from './csrf.js';
import { EventStreams } from './event-streams.js';
import { type Permission, ROLE_PERMISSIONS } from './permissions.js';
import type { DeskAnswer, DeskRequest, DeskRoute, SignedIn } from './route.js';
import { refuse, writeAnswer } from './route-answers.js';
import { inOrder } from './route-order.js';
import type { DeskSessions, OpenSession } from './sessions.js';

const JSON_LIMIT_BYTES = 64 * 1024;
const MOST_PARAMETER = 200;
const MOST_QUERY_VALUE = 500;
const MOST_QUERIES = 20;
const FILE_NAME = 'x-file-name';
/** Files that are taken in at once, each whole in memory; who comes with one more is asked to try again. */
const MOST_UPLOADS = 12;
const MOST_UPLOADS_OF_ONE = 3;
/** While the password must be changed nothing else is to be had. */
const BEFORE_CHANGE: ReadonlySet<string> = new Set(['get /me', 'post /password', 'post /sign-out']);
/** Expected throws of what routes call. */
const KNOWN: ReadonlyMap<string, [number, string]> = new Map([
  ['records.bad-page', [400, 'bad-page']],
  ['desk.busy', [503, 'desk.busy']],
]);
const NOBODY: SignedIn = { id: '', username: '', name: '', grants: [], session: '' as SessionId };

export interface DeskRouterOptions {
  routes: readonly DeskRoute[];
  sessions: Pick<DeskSessions, 'read' | 'open'>;
  csrf: Pick<CsrfTokens, 'fits'>;
  /** PUBLIC_URL; the desk's page may come from there. */
  publicUrl?: string;
  clock: Clock;
  log: Log;
}

export interface DeskRouter {
  router: Router;
  /** Ends every stream of events: before the server stops. */
  close(): void;
}

/** Throws CodedError `desk.routes` when two routes are the same. */
export function createDeskRouter(options: DeskRouterOptions): DeskRouter {
  const { log } = options;
  const router = Router();
  const streams = new EventStreams(options.sessions, log);
  const gate = new Gate(options);
  router.use((request, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    });
    if (request.method === 'HEAD' || request.method === 'OPTIONS') refuse(response, 404, 'not-found');
    else next();
  });
  for (const route of inOrder(options.routes)) {
    router[route.method](
      route.path,
      (request, response, next) =>
        void gate.admit(route, request, response).then((admitted) => admitted && next(), next),
      ...bodyOf(route),
      (request, response, next) => void run(route, request, response, options, streams).catch(next),
    );
  }
  router.use((_request, response) => refuse(response, 404, 'not-found'));
  router.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    answerError(error, request, response, log);
  });
  return { router, close: () => streams.close() };
}

/** Lets a request in or answers it. */
class Gate {
  private readonly ownOrigin: string | undefined;
  /** Ids of whose files are being taken in. */
  private readonly uploading: string[] = [];

  constructor(private readonly options: DeskRouterOptions) {
    this.ownOrigin = options.publicUrl === undefined ? undefined : new URL(options.publicUrl).origin;
  }

  async admit(route: DeskRoute, request: Request, response: Response): Promise<boolean> {
    const reading = route.method === 'get';
    const { origin, host } = request.headers;
    const site = request.get('sec-fetch-site');
    if (!isOwnPage({ site, origin, host }, reading, this.ownOrigin)) return refuse(response, 403, 'origin');
    if (route.needs !== 'public') {
      // A stream that a page holds open is nobody's doing.
      const session = await this.options.sessions.read(request.headers.cookie, route.path !== '/live');
      if (session === undefined) return refuse(response, 401, 'session.none');
      if (!reading && !this.options.csrf.fits(session.who.session, request.get(CSRF_HEADER)))
        return refuse(response, 403, 'csrf');
      if (session.mustChange && !BEFORE_CHANGE.has(`${route.method} ${route.path}`))
        return refuse(response, 403, 'password.must-change');
      if (route.needs !== 'signed-in' && !anywhere(session.who.grants, route.needs))
        return refuse(response, 403, 'forbidden');
      response.locals.session = session;
    }
    if (!reading && route.upload === undefined && carriesBody(request) && request.is('application/json') === false)
      return refuse(response, 400, 'body.not-json');
    return route.upload === undefined || this.mayUpload(response);
  }

  /** Before its bytes are read, and until it is answered. */
  private mayUpload(response: Response): boolean {
    const { who } = response.locals.session as OpenSession;
    const theirs = this.uploading.filter((id) => id === who.id).length;
    if (theirs >= MOST_UPLOADS_OF_ONE || this.uploading.length >= MOST_UPLOADS)
      return refuse(response, 503, 'desk.busy');
    this.uploading.push(who.id);
    response.once('close', () => this.uploading.splice(this.uploading.indexOf(who.id), 1));
    return true;
  }
}

function carriesBody(request: Request): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

/** In some agency: which one counts is asked by the route. */
function anywhere(grants: readonly Grant[], needed: Permission): boolean {
  return grants.some(({ role }) => ROLE_PERMISSIONS[role].includes(needed));
}

function bodyOf({ method, upload }: DeskRoute) {
  if (method === 'get') return [];
  if (upload !== undefined) return [express.raw({ limit: upload, type: () => true })];
  return [express.json({ limit: JSON_LIMIT_BYTES, type: 'application/json' })];
}

async function run(
  route: DeskRoute,
  request: Request,
  response: Response,
  { clock, log }: DeskRouterOptions,
  streams: EventStreams,
): Promise<void> {
  const params = bounded(request.params, MOST_PARAMETER);
  const query = bounded(request.query, MOST_QUERY_VALUE);
  if (params === undefined || query === undefined) {
    refuse(response, 400, 'bad-request');
    return;
  }
  const aborter = new AbortController();
  response.once('close', () => aborter.abort());
  const session = response.locals.session as OpenSession | undefined;
  const who = session?.who ?? NOBODY;
  const wanted: DeskRequest = {
    params,
    query,
    ...bodyFrom(route, request),
    who,
    address: request.ip ?? '',
    now: clock(),
    signal: aborter.signal,
  };
  const answer: DeskAnswer = await route.handle(wanted);
  if (aborter.signal.aborted) {
    if ('stream' in answer) answer.stream.destroy();
    return;
  }
  if ('events' in answer) {
    if (!streams.open(answer.events, response, who, aborter)) refuse(response, 429, 'live.too-many');
  } else await writeAnswer(answer, response, log);
}

function bodyFrom({ upload }: DeskRoute, request: Request): Pick<DeskRequest, 'body' | 'file'> {
  if (upload === undefined) return { body: request.body as unknown };
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const type = (request.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return { body: undefined, file: { bytes, type, name: fileName(request.get(FILE_NAME)) } };
}

/** What cannot be read is no name: the file gets one. */
function fileName(encoded = ''): string {
  try {
    return decodeURIComponent(encoded).slice(0, MOST_QUERY_VALUE);
  } catch {
    return '';
  }
}

/** Undefined when something in it is a list, too long or holds control characters. */
function bounded(values: Readonly<Record<string, unknown>>, most: number): Record<string, string> | undefined {
  const entries = Object.entries(values);
  if (entries.length > MOST_QUERIES) return undefined;
  const read: Record<string, string> = {};
  for (const [name, value] of entries) {
    if (typeof value !== 'string' || value.length > most || /\p{Cc}/u.test(value)) return undefined;
    read[name] = value;
  }
  return read;
}

function answerError(error: unknown, request: Request, response: Response, log: Log): void {
  if (response.headersSent) {
    log.warn({ action: 'desk.answer-broke-off', error });
    response.destroy();
    return;
  }
  if (error instanceof z.ZodError) {
    const fields = error.issues.slice(0, 5).map(({ path }) => path.join('.'));
    refuse(response, 400, 'bad-request', { fields });
    return;
  }
  if (error instanceof StorageUnavailable) {
    log.warn({ action: 'desk.storage', error });
    refuse(response, 503, 'desk.storage');
    return;
  }
  const known = error instanceof CodedError ? KNOWN.get(error.code) : undefined;
  if (known !== undefined) {
    refuse(response, ...known);
    return;
  }
  const status = (error as { status?: unknown } | undefined)?.status;
  if (status === 413) refuse(response, 413, 'body.too-large');
  // What express found unreadable: a body that is no JSON, a path that cannot be decoded.
  else if (typeof status === 'number' && status >= 400 && status < 500) refuse(response, 400, 'bad-request');
  else {
    const { method } = request;
    log.error({ action: 'desk.threw', error, reason: codeOf(error), detail: { method } });
    refuse(response, 500, 'desk.error');
  }
}
