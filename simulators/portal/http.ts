// The HTTP vocabulary of the simulator: what a route declares, what its handler sees and answers, how bodies are read.
// Which routes there are stands in routes/, and server.ts serves them.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { badRequest, Problem } from './problem.js';

export interface Reply {
  status: number;
  body: unknown;
}

/** A request that has passed the declared checks of its route. */
export interface PortalRequest {
  /** A part of the path, decoded. */
  param(name: string): string;
  query(name: string): string | undefined;
  header(name: string): string | undefined;
  /** Raw; empty when there was none. */
  body: Buffer;
}

export interface Route {
  method: 'GET' | 'POST';
  /** As in the contract, e.g. `/dossiers/{code}`. */
  path: string;
  /** Query parameters that the contract knows; any other is refused. */
  query?: readonly string[];
  /** What the body must be; a route without it takes none. */
  body?: { contentType: 'application/json' | 'image/jpeg'; limit: number; optional?: boolean };
  handle(request: PortalRequest): Reply | Promise<Reply>;
}

export const JSON_LIMIT = 256 * 1024;
export const jsonBody = { contentType: 'application/json', limit: JSON_LIMIT } as const;

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** The parts of `path` when it fits the route's pattern; undefined otherwise. */
export function matchPath(pattern: string, path: string): Map<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, part] of wanted.entries()) {
    const actual = given[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== actual) return undefined;
    } else if (actual === '') return undefined;
    else params.set(part.slice(1, -1), decodePart(actual));
  }
  return params;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest('bad-path', 'The path is not valid percent-encoding');
  }
}

/** Refuses what the contract does not know, and parameters that come twice. */
export function checkQuery(query: URLSearchParams, known: readonly string[] = []): void {
  for (const name of new Set(query.keys())) {
    if (!known.includes(name)) throw badRequest('unknown-parameter', `Query parameter "${name}" is not known`);
    if (query.getAll(name).length > 1) throw badRequest('repeated-parameter', `Query parameter "${name}" comes twice`);
  }
}

/**
 * Reads the whole body and checks its type and size as the route declares them. Too much is read to its end but not
 * kept: a caller that is still writing would otherwise see a broken connection instead of the 413.
 */
export async function readBody(request: IncomingMessage, rule: NonNullable<Route['body']>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= rule.limit) chunks.push(chunk);
    else if (size > 4 * rule.limit) break;
  }
  if (size > rule.limit) throw new Problem(413, 'too-large', `The body may have ${rule.limit} bytes`);
  if (size === 0) {
    if (rule.optional === true) return Buffer.alloc(0);
    throw badRequest('empty-body', `A body of type ${rule.contentType} is required`);
  }
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== rule.contentType) {
    throw new Problem(415, 'unsupported-media-type', `The body must be ${rule.contentType}`);
  }
  return Buffer.concat(chunks);
}

/** The JSON body as `schema` wants it: 400 when it is no JSON, 422 when it does not fit. An empty body reads as `{}`. */
export function parseJson<T>(body: Buffer, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = body.length === 0 ? {} : JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw badRequest('malformed-json', 'The body is not JSON in UTF-8');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Problem(422, 'invalid', z.prettifyError(parsed.error));
  return parsed.data;
}

/** The Idempotency-Key, which every writing call of the contract must carry. */
export function idempotencyKey(request: PortalRequest): string {
  const key = request.header('idempotency-key');
  if (key === undefined) throw badRequest('idempotency-key-missing', 'The header Idempotency-Key is required');
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw badRequest('bad-idempotency-key', 'Idempotency-Key is 1 to 200 visible ASCII characters');
  }
  return key;
}

/** An RFC 3339 time of the query in epoch milliseconds. */
export function timeParameter(request: PortalRequest, name: string): number | undefined {
  const value = request.query(name);
  if (value === undefined) return undefined;
  if (!z.iso.datetime({ offset: true }).safeParse(value).success) {
    throw badRequest('bad-parameter', `"${name}" must be an RFC 3339 date-time`);
  }
  return Date.parse(value);
}

/** A whole number of the query within its bounds, or `fallback` when it is not given. */
export function countParameter(request: PortalRequest, name: string, max: number, fallback: number): number {
  const value = request.query(name);
  if (value === undefined) return fallback;
  const count = /^\d{1,6}$/.test(value) ? Number(value) : 0;
  if (count < 1 || count > max) throw badRequest('bad-parameter', `"${name}" must be a whole number from 1 to ${max}`);
  return count;
}
