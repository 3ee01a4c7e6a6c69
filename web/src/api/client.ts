// Calls to the desk's API: one function for all of them. Failures are thrown as ApiError with the code that texts/errors has a sentence for.
import type { Problem } from '../../../src/desk/api.js';
import { sentenceOf } from '../texts/errors.js';

export const API = '/api/desk';

/** `code` is the API's, or `network` when no answer came; `status` is 0 then. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly detail?: object,
  ) {
    super(sentenceOf(code, status));
    this.name = 'ApiError';
  }
}

export type Query = Readonly<Record<string, string | number | undefined>>;

let csrf: string | undefined;
/** From GET /me or the sign-in; sent with everything but GET. */
export function setToken(token: string | undefined): void {
  csrf = token;
}

export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  );
  const tail = new URLSearchParams(given).toString();
  return `${API}${path}${tail === '' ? '' : `?${tail}`}`;
}

export function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return call<T>('GET', address(path, query), signal === undefined ? {} : { signal });
}

export function send<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
  signal?: AbortSignal,
): Promise<T> {
  const stop = signal === undefined ? {} : { signal };
  if (body === undefined) return call<T>(method, address(path), stop);
  const headers = { 'content-type': 'application/json' };
  return call<T>(method, address(path), { headers, body: JSON.stringify(body), ...stop });
}

/** The raw bytes of a file. */
export function upload<T>(path: string, file: File, signal?: AbortSignal): Promise<T> {
  const headers = {
    'content-type': file.type === '' ? 'application/octet-stream' : file.type,
    'x-file-name': encodeURIComponent(file.name),
  };
  const init: RequestInit = { headers, body: file };
  if (signal !== undefined) init.signal = signal;
  return call<T>('POST', address(path), init);
}

async function call<T>(method: string, url: string, init: RequestInit): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set('accept', 'application/json');
  if (method !== 'GET' && csrf !== undefined) headers.set('x-csrf-token', csrf);
  const answer = await fetch(url, { ...init, method, headers, credentials: 'same-origin' }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError('network', 0);
  });
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return body as T;
  const problem = isProblem(body) ? body : { error: `http.${answer.status}` };
  throw new ApiError(problem.error, answer.status, problem.detail);
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string';
}

/** What to show of anything that was thrown. */
export function sentence(error: unknown): string {
  return error instanceof ApiError ? error.message : sentenceOf('unknown');
}
