// The way of a request through the simulator: fault, key, route, declared checks, handler, answer. Which routes there
// are and what they answer is in routes/; the listening server is in server.ts.
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isoTime } from './calendar.js';
import type { Fault } from './faults.js';
import { checkQuery, matchPath, type Reply, type Route, readBody } from './http.js';
import type { Portal } from './portal.js';
import { notFound, Problem } from './problem.js';
import type { LoggedRequest } from './request-log.js';
import { CONTROL_PREFIX } from './routes/control.js';

export interface Service {
  portal: Portal;
  /** The contract's routes. */
  routes: readonly Route[];
  /** The routes under /__sim/. */
  control: readonly Route[];
  apiKey: string;
  note(entry: LoggedRequest): void;
}

/** Answers one request; never throws. */
export async function answerRequest(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const target = { path, query: new URLSearchParams(query) };
  const serving = path.startsWith(CONTROL_PREFIX)
    ? serveControl(service.control, target, request)
    : serve(service, target, request);
  send(response, await serving.catch(toAnswer));
}

interface Target {
  path: string;
  query: URLSearchParams;
}

/** What goes back: an answer in bytes, or a connection that is cut. */
type Answer = { status: number; headers: Record<string, string>; body: string } | 'cut';

/** The way of a contract request: fault, key, route, checks, handler; one line in the log whatever happens. */
async function serve(service: Service, target: Target, request: IncomingMessage): Promise<Answer> {
  const { portal, routes, apiKey, note } = service;
  const at = isoTime(portal.clock.now());
  const fault = portal.faults.take(target.path);
  const carryOut = async (): Promise<Answer> => {
    checkKey(request.headers['x-api-key'], apiKey);
    const { route, params } = findRoute(routes, request.method ?? '', target.path);
    return json(await runRoute(route, params, target, request));
  };
  const answer = await disturbed(fault, () => carryOut().catch(toAnswer));
  note({
    at,
    method: request.method ?? '',
    route: patternOf(routes, target.path),
    status: answer === 'cut' ? 0 : answer.status,
    ...(fault === undefined ? {} : { fault: fault.kind }),
  });
  return answer;
}

async function disturbed(fault: Fault | undefined, carryOut: () => Promise<Answer>): Promise<Answer> {
  switch (fault?.kind) {
    case 'reset':
      return 'cut';
    case 'lost-answer':
      await carryOut();
      return 'cut';
    case 'down':
      return {
        status: 503,
        headers: { 'Content-Type': 'text/html' },
        body: '<html><body>503 Service Unavailable</body></html>',
      };
    case 'error500':
      return toAnswer(new Problem(500, 'internal', 'The portal failed'));
    case 'rate-limited':
      return toAnswer(
        new Problem(429, 'rate-limited', 'Too many requests', { 'Retry-After': String(fault.retryAfter) }),
      );
    case 'garbage':
      return { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"items": [{"code": "1.0' };
    case 'slow':
      await pause(fault.delayMs, undefined, { ref: false });
      return carryOut();
    default:
      return carryOut();
  }
}

async function serveControl(routes: readonly Route[], target: Target, request: IncomingMessage): Promise<Answer> {
  const from = request.socket.remoteAddress ?? '';
  if (!/^(?:::1|(?:::ffff:)?127\.)/.test(from)) {
    throw new Problem(403, 'control-is-local', 'Control routes answer this machine only');
  }
  const { route, params } = findRoute(routes, request.method ?? '', target.path);
  return json(await runRoute(route, params, target, request));
}

async function runRoute(
  route: Route,
  params: Map<string, string>,
  target: Target,
  request: IncomingMessage,
): Promise<Reply> {
  checkQuery(target.query, route.query);
  const body = route.body === undefined ? Buffer.alloc(0) : await readBody(request, route.body);
  return route.handle({
    param: (name) => params.get(name) ?? '',
    query: (name) => target.query.get(name) ?? undefined,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body,
  });
}

/** What the log may show of a path. */
function patternOf(routes: readonly Route[], path: string): string {
  try {
    return routes.find((route) => matchPath(route.path, path) !== undefined)?.path ?? '(unknown)';
  } catch {
    return '(unknown)'; // broken percent-encoding: the caller is told so, the log needs no more
  }
}

function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Map<string, string> } {
  const allowed: string[] = [];
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (params === undefined) continue;
    if (route.method === method) return { route, params };
    allowed.push(route.method);
  }
  if (allowed.length === 0) throw notFound('This path');
  throw new Problem(405, 'method-not-allowed', `${method} is not allowed here`, { Allow: allowed.join(', ') });
}

function checkKey(given: string | string[] | undefined, wanted: string): void {
  const one = Buffer.from(typeof given === 'string' ? given : '');
  const other = Buffer.from(wanted);
  if (one.length !== other.length || !timingSafeEqual(one, other)) {
    throw new Problem(401, 'unauthorized', 'X-Api-Key is missing or wrong');
  }
}

function json({ status, body }: Reply, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

function toAnswer(error: unknown): Answer {
  const gone = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ECONNRESET';
  if (gone) return 'cut'; // the caller left in the middle of its body
  const problem = error instanceof Problem ? error : new Problem(500, 'internal', 'The simulator failed');
  if (problem !== error) console.error('portal simulator:', error);
  const { status, code, message } = problem;
  return json({ status, body: { code, message } }, problem.headers);
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === 'cut') {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}
