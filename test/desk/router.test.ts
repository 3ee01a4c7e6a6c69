import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import express from 'express';
import { z } from 'zod';
import { CsrfTokens, isOwnPage } from '../../src/desk/csrf.js';
import type { DeskRequest, DeskRoute, SignedIn } from '../../src/desk/route.js';
import { inOrder } from '../../src/desk/route-order.js';
import { createDeskRouter } from '../../src/desk/router.js';
import type { OpenSession } from '../../src/desk/sessions.js';
import { CodedError, StorageUnavailable } from '../../src/lib/errors.js';
import { KeyedHash } from '../../src/lib/keyed-hash.js';
import { createLog } from '../../src/lib/log.js';
import type { Grant } from '../../src/records/staff.js';
import { sessionIdOf } from '../../src/records/staff-sessions.js';
import { until } from '../storage/until.js';

const SESSION = sessionIdOf('token-of-a-session');
const csrf = new CsrfTokens(new KeyedHash([Buffer.alloc(32, 1)], 'desk-csrf'));
const TOKEN = csrf.tokenOf(SESSION);
const who = (grants: readonly Grant[]): SignedIn => ({
  id: 'u1',
  username: 'le.hoa',
  name: 'Lê Hoa',
  grants,
  session: SESSION,
});
const OFFICER: Grant[] = [{ agency: 'alpha', role: 'officer' }];

/** What the next request finds; a session of an officer unless a test says otherwise. */
const now: { session: OpenSession | undefined } = { session: undefined };
let seen: DeskRequest[] = [];
let touched: boolean[] = [];
const lines: string[] = [];
let base = '';
let closing: (() => Promise<void>)[] = [];

const echo = async (request: DeskRequest) => {
  seen.push(request);
  return { status: 200 as const, json: { body: request.body ?? null } };
};
const live: { write?: (event: string, data: object) => void; signal?: AbortSignal } = {};

const routes: DeskRoute[] = [
  { method: 'get', path: '/things/:id', needs: 'signed-in', handle: echo },
  {
    method: 'get',
    path: '/things/new',
    needs: 'signed-in',
    handle: async () => ({ status: 200, json: { new: true } }),
  },
  { method: 'post', path: '/things', needs: 'signed-in', handle: echo },
  { method: 'post', path: '/sign-in', needs: 'public', handle: echo },
  { method: 'get', path: '/me', needs: 'signed-in', handle: echo },
  { method: 'get', path: '/audit', needs: 'audit.read', handle: echo },
  { method: 'get', path: '/queue', needs: 'tickets.read', handle: echo },
  { method: 'post', path: '/files', needs: 'tickets.work', upload: 1000, handle: echo },
  {
    method: 'post',
    path: '/strict',
    needs: 'signed-in',
    handle: async ({ body }) => ({ status: 200, json: z.strictObject({ name: z.string() }).parse(body) }),
  },
  {
    method: 'get',
    path: '/throws/:what',
    needs: 'signed-in',
    async handle({ params }) {
      if (params.what === 'storage') throw new StorageUnavailable('storage.full');
      if (params.what === 'page') throw new CodedError('records.bad-page', 'no such page');
      throw new Error('Nguyễn Văn A 0912345678');
    },
  },
  {
    method: 'get',
    path: '/busy',
    needs: 'signed-in',
    handle: async () => ({ status: 429, error: 'sign-in.too-often', detail: { retryAfter: 30 } }),
  },
  {
    method: 'get',
    path: '/list.csv',
    needs: 'signed-in',
    async handle({ signal }) {
      const rows = function* () {
        yield 'mã,tên\n';
        for (let row = 0; row < 1000 && !signal.aborted; row += 1) yield `${row},một\n`;
      };
      return { status: 200, stream: Readable.from(rows()), type: 'text/csv; charset=utf-8', filename: 'danh sách.csv' };
    },
  },
  {
    method: 'get',
    path: '/broken.csv',
    needs: 'signed-in',
    async handle() {
      const rows = function* () {
        yield 'half of it\n'.repeat(5000);
        throw new Error('disk');
      };
      return { status: 200, stream: Readable.from(rows()), type: 'text/csv' };
    },
  },
  {
    method: 'get',
    path: '/live',
    needs: 'signed-in',
    handle: async ({ signal }) => ({
      status: 200,
      events(write) {
        Object.assign(live, { write, signal });
        write('ticket', { id: 'HT-7K3F-92', note: 'hai\ndòng' });
      },
    }),
  },
];

beforeAll(async () => {
  const desk = createDeskRouter({
    routes,
    sessions: {
      read: async (cookie, touching) => {
        touched.push(touching);
        return cookie === 'desk=ok' ? now.session : undefined;
      },
      open: async () => now.session,
    },
    csrf,
    publicUrl: 'https://bot.example.gov.vn',
    clock: () => 1000,
    log: createLog('debug', { write: (line) => void lines.push(line) }),
  });
  const server = createServer(express().use('/api/desk', desk.router));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/desk`;
  closing = [async () => desk.close(), async () => void (await new Promise((resolve) => server.close(resolve)))];
});

afterAll(async () => {
  for (const close of closing) await close();
});

beforeEach(() => {
  now.session = { who: who(OFFICER), mustChange: false };
  seen = [];
  touched = [];
  lines.length = 0;
});

const HEADERS = { cookie: 'desk=ok', 'x-csrf-token': TOKEN };

async function ask(method: string, path: string, init: { headers?: Record<string, string>; body?: string } = {}) {
  const { headers = HEADERS, body } = init;
  const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(base + path, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    json: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

/** As fetch cannot: a path as it is written, and headers that fetch keeps for itself. */
function raw(path: string, headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
  const { port } = new URL(base);
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ port, host: '127.0.0.1', path: `/api/desk${path}`, method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.once('error', reject);
    asked.end();
  });
}

describe('a route of the desk', () => {
  it('runs for who is signed in and may, with what it was asked', async () => {
    const answer = await ask('POST', '/things?agency=alpha', { body: '{"a":1}' });
    expect(answer).toMatchObject({ status: 200, json: { body: { a: 1 } } });
    expect(seen[0]).toMatchObject({ query: { agency: 'alpha' }, body: { a: 1 }, now: 1000, who: { id: 'u1' } });
    expect((await ask('GET', '/things/h%E1%BB%93%20s%C6%A1')).status).toBe(200);
    expect(seen[1]?.params).toEqual({ id: 'hồ sơ' });
    expect(seen[1]?.body).toBeUndefined();
  });

  it.each([
    ['GET', '/me', 'session.none'],
    ['POST', '/things', 'session.none'],
  ])('answers %s %s from nobody with 401', async (method, path, error) => {
    expect(await ask(method, path, { headers: {} })).toMatchObject({ status: 401, json: { error } });
    expect(seen).toEqual([]);
  });

  it('that changes something wants the token of this very session', async () => {
    for (const token of ['', 'x', csrf.tokenOf(sessionIdOf('another')), `${TOKEN}x`]) {
      const headers: Record<string, string> = { cookie: 'desk=ok', ...(token === '' ? {} : { 'x-csrf-token': token }) };
      expect(await ask('POST', '/things', { headers, body: '{}' })).toMatchObject({
        status: 403,
        json: { error: 'csrf' },
      });
    }
    expect((await ask('GET', '/queue', { headers: { cookie: 'desk=ok' } })).status).toBe(200);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sister site', { 'sec-fetch-site': 'same-site' }, 403],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['an origin without a name', { origin: 'null' }, 403],
    ['its own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['the public address', { origin: 'https://bot.example.gov.vn' }, 200],
  ])('hears %s as it should', async (_what, headers, status) => {
    expect(await raw('/sign-in', headers, 'POST')).toBe(status);
    expect(await raw('/things', { ...HEADERS, ...headers }, 'POST')).toBe(status);
  });

  it('is not given to who lacks its permission everywhere', async () => {
    expect(await ask('GET', '/audit')).toMatchObject({ status: 403, json: { error: 'forbidden' } });
    now.session = { who: who([{ agency: 'beta', role: 'auditor' }]), mustChange: false };
    expect((await ask('GET', '/audit')).status).toBe(200);
    expect((await ask('GET', '/queue')).status).toBe(403);
  });

  it('waits until the password was changed', async () => {
    now.session = { who: who(OFFICER), mustChange: true };
    expect(await ask('GET', '/queue')).toMatchObject({ status: 403, json: { error: 'password.must-change' } });
    expect((await ask('GET', '/me')).status).toBe(200);
  });

  it.each([
    ['{"a":', 'bad-request'],
    ['"text"', 'bad-request'],
  ])('answers a body that is none (%s) with 400', async (body, error) => {
    expect(await ask('POST', '/things', { body })).toMatchObject({ status: 400, json: { error } });
  });

  it('answers a body that is not JSON, as forms send it, with 400', async () => {
    const headers = { ...HEADERS, 'content-type': 'text/plain' };
    expect(await ask('POST', '/things', { headers, body: '{}' })).toMatchObject({
      status: 400,
      json: { error: 'body.not-json' },
    });
    expect(seen).toEqual([]);
  });

  it('answers a body that does not fit with the names of what is wrong in it', async () => {
    expect(await ask('POST', '/strict', { body: '{"name":7}' })).toMatchObject({
      status: 400,
      json: { error: 'bad-request', detail: { fields: ['name'] } },
    });
    expect((await ask('POST', '/strict')).status).toBe(400);
  });

  it('takes bodies up to 64 kB, and files up to its own limit', async () => {
    const long = JSON.stringify({ a: 'x'.repeat(64 * 1024) });
    expect(await ask('POST', '/things', { body: long })).toMatchObject({
      status: 413,
      json: { error: 'body.too-large' },
    });
    const headers = { ...HEADERS, 'content-type': 'image/PNG; x=1', 'x-file-name': '%E1%BA%A3nh.png' };
    expect((await ask('POST', '/files', { headers, body: 'x'.repeat(1000) })).status).toBe(200);
    expect(seen[0]?.file).toMatchObject({ type: 'image/png', name: 'ảnh.png' });
    expect(seen[0]?.file?.bytes.length).toBe(1000);
    expect((await ask('POST', '/files', { headers, body: 'x'.repeat(1001) })).status).toBe(413);
  });

  it.each([
    '/things/%',
    '/things/%ff',
    `/things/${'x'.repeat(201)}`,
    '/queue?a=1&a=2',
    `/queue?a=${'x'.repeat(501)}`,
    '/things/a%00b',
  ])('is not asked at all when its address is no proper one (%#)', async (path) => {
    expect(await raw(path, HEADERS)).toBe(400);
    expect(seen).toEqual([]);
  });

  it.each([
    ['storage', 503, 'desk.storage'],
    ['page', 400, 'bad-page'],
    ['anything', 500, 'desk.error'],
  ])('that throws (%s) answers %d, and nothing of what was said stands in the log', async (what, status, error) => {
    expect(await ask('GET', `/throws/${what}`)).toMatchObject({ status, json: { error } });
    expect(lines.join()).not.toMatch(/0912345678|Nguyễn/);
    if (status === 500) expect(lines.join()).toContain('desk.threw');
  });

  it('says how long to wait', async () => {
    const answer = await ask('GET', '/busy');
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('30');
  });

  it('keeps its answers out of every cache and every frame', async () => {
    for (const path of ['/me', '/nowhere']) {
      const { headers } = await ask('GET', path);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('that is none answers 404, whatever the method', async () => {
    expect(await ask('GET', '/nowhere')).toMatchObject({ status: 404, json: { error: 'not-found' } });
    expect(await raw('/me', HEADERS, 'HEAD')).toBe(404);
    expect(await raw('/me', HEADERS, 'OPTIONS')).toBe(404);
  });

  it('with a word comes before one with a parameter', async () => {
    expect(await ask('GET', '/things/new')).toMatchObject({ json: { new: true } });
  });
});

describe('a download', () => {
  it('streams under its name, Vietnamese or not', async () => {
    const answer = await fetch(`${base}/list.csv`, { headers: HEADERS });
    expect((await answer.text()).split('\n')).toHaveLength(1002);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="danh s_ch.csv"; filename*=UTF-8''danh%20s%C3%A1ch.csv`,
    );
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  it('that breaks off does not look whole', async () => {
    const answer = fetch(`${base}/broken.csv`, { headers: HEADERS }).then((one) => one.text());
    await expect(answer).rejects.toThrow();
  });
});

describe('a stream of events', () => {
  async function listen() {
    const aborter = new AbortController();
    const answer = await fetch(`${base}/live`, { headers: { cookie: 'desk=ok' }, signal: aborter.signal });
    const reader = answer.body?.getReader();
    const next = async () => {
      const read = await reader?.read();
      return read?.value === undefined ? undefined : Buffer.from(read.value).toString();
    };
    return { answer, next, aborter };
  }

  it('carries events as they come, does not count as somebody being there, and stops when the browser goes', async () => {
    const { answer, next, aborter } = await listen();
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    expect(await next()).toBe('event: ticket\ndata: {"id":"HT-7K3F-92","note":"hai\\ndòng"}\n\n');
    live.write?.('duty', {});
    expect(await next()).toBe('event: duty\ndata: {}\n\n');
    expect(touched).toEqual([false]);
    aborter.abort();
    await until(() => live.signal?.aborted === true, 'the stream to stop');
  });

  it.each([
    ['the session ended', undefined],
    ['a role was taken away', { who: who([]), mustChange: false }],
    ['a password was given', { who: who(OFFICER), mustChange: true }],
  ])('ends soon after %s', async (_what, session) => {
    const { next } = await listen();
    expect(await next()).toContain('event: ticket');
    now.session = session;
    expect(await next()).toBeUndefined();
    await until(() => live.signal?.aborted === true, 'the stream to stop');
  });
});

describe('routes', () => {
  const route = (method: DeskRoute['method'], path: string): DeskRoute => ({
    method,
    path,
    needs: 'public',
    handle: echo,
  });

  it.each([
    ['the same twice', [route('get', '/a'), route('get', '/a')]],
    ['the same with another name for its parameter', [route('get', '/a/:id/b'), route('get', '/a/:code/b')]],
    ['a path that is none', [route('get', 'a')]],
    ['a path with a pattern', [route('get', '/a/*')]],
  ])('are refused: %s', (_what, wrong) => {
    expect(() => inOrder(wrong)).toThrow(expect.objectContaining({ code: 'desk.routes' }));
  });

  it('of another method or length do not collide', () => {
    const fine = [route('get', '/a/:id'), route('post', '/a/:id'), route('get', '/a'), route('get', '/a/new')];
    expect(
      inOrder(fine)
        .map(({ path }) => path)
        .indexOf('/a/new'),
    ).toBeLessThan(2);
  });
});

describe('where a request comes from', () => {
  it.each([
    [{ site: 'same-origin' }, false, true],
    [{ site: 'none' }, true, true],
    [{ site: 'none' }, false, false],
    [{ site: 'cross-site', origin: 'https://bot.example.gov.vn' }, false, false],
    [{ origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' }, false, true],
    [{ origin: 'http://10.0.0.5:3001', host: '10.0.0.5:3000' }, false, false],
    [{}, false, true],
  ])('is judged by what the browser says: %j', (whence, reading, own) => {
    const said = { site: undefined, origin: undefined, host: undefined, ...whence };
    expect(isOwnPage(said, reading, 'https://bot.example.gov.vn')).toBe(own);
  });
});
