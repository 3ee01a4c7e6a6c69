import type { IncomingMessage, ServerResponse } from 'node:http';
import { createNoPortal, createPortalClient, type PortalCall, type PortalClient } from '../../src/portal/client.js';
import { dossierBody, json, type SmallServer, smallServer } from './small-server.js';

const CODE = 'H56.14-240823-0001';
const never = new AbortController().signal;

describe('the portal client', () => {
  let server: SmallServer;
  let client: PortalClient;
  let handle: (request: IncomingMessage, response: ServerResponse) => void;
  let calls: PortalCall[];
  let now: number;

  beforeEach(async () => {
    handle = (_, response) => json(response, 200, dossierBody);
    server = await smallServer((request, response) => handle(request, response));
    calls = [];
    now = Date.parse('2026-11-20T09:00:00+07:00');
    client = createPortalClient({
      url: `${server.url}/`,
      apiKey: 'key-1',
      timeoutMs: 1500,
      breakerResetMs: 40,
      clock: () => now,
      onCall: (call) => calls.push(call),
    });
  });

  afterEach(async () => {
    client.close();
    await server.close();
  });

  it('reads a dossier with its dates as milliseconds', async () => {
    const answer = await client.dossier(CODE, undefined, never);
    expect(answer).toEqual({
      result: 'found',
      dossier: {
        code: CODE,
        procedureCode: '1.001193',
        procedureName: 'Đăng ký khai sinh',
        status: 4,
        statusLabel: 'Đang xử lý',
        agency: 'UBND xã An Bình',
        submittedAt: Date.parse('2026-08-23T01:00:00Z'),
        dueAt: Date.parse('2026-08-30T10:00:00Z'),
      },
    });
    expect(server.requests[0]?.headers['x-api-key']).toBe('key-1');
    expect(calls).toMatchObject([{ operation: 'dossier', outcome: 'ok', dropped: 0 }]);
  });

  it('sends the proof in a header only and keeps what is personal then', async () => {
    handle = (_, response) =>
      json(response, 200, {
        ...dossierBody,
        statusReason: 'Thiếu ảnh',
        applicant: { name: 'Nguyễn Văn An', phone: '0900000000' },
      });
    const answer = await client.dossier(CODE, '4321', never);
    expect(answer).toMatchObject({
      dossier: {
        personal: { applicantName: 'Nguyễn Văn An', statusReason: 'Thiếu ảnh', missingDocuments: [], history: [] },
      },
    });
    expect(server.requests[0]?.headers['x-applicant-proof']).toBe('4321');
    expect(server.requests[0]?.url).not.toContain('4321');
  });

  it('drops personal fields that a portal sends without a proof', async () => {
    handle = (_, response) => json(response, 200, { ...dossierBody, statusReason: 'lý do', applicant: { name: 'An' } });
    const answer = await client.dossier(CODE, undefined, never);
    expect(JSON.stringify(answer)).not.toMatch(/An"|lý do|personal/);
  });

  it('keeps a state that it does not know', async () => {
    handle = (_, response) => json(response, 200, { ...dossierBody, status: 42, statusLabel: 'Chờ liên thông' });
    expect(await client.dossier(CODE, undefined, never)).toMatchObject({
      dossier: { status: 42, statusLabel: 'Chờ liên thông' },
    });
  });

  it('does not show another dossier than the one asked for', async () => {
    handle = (_, response) => json(response, 200, { ...dossierBody, code: 'H56.14-240823-0002' });
    expect(await client.dossier(CODE, undefined, never)).toEqual({ result: 'unavailable', reason: 'bad-answer' });
  });

  it.each([
    ['a wrong proof', '0000', 403, { code: 'proof-mismatch' }, { result: 'proof-mismatch' }],
    [
      'a refused key, which is no wrong proof',
      '0000',
      403,
      { code: 'forbidden' },
      { result: 'unavailable', reason: 'refused' },
    ],
    ['an unknown code', undefined, 404, { code: 'not-found' }, { result: 'not-found' }],
    ['too many tries', '0000', 429, {}, { result: 'rate-limited', retryAfterMs: 7000 }],
    ['a key that is not accepted', undefined, 401, {}, { result: 'unavailable', reason: 'refused' }],
  ] as const)('understands %s', async (_, proof, status, body, expected) => {
    handle = (__, response) => json(response, status, body, { 'Retry-After': '7' });
    expect(await client.dossier(CODE, proof, never)).toEqual(expected);
    expect(server.requests).toHaveLength(1);
  });

  it.each(['..', '../procedures', 'a/b', '', 'x'.repeat(200)])(
    'asks nothing for %j, which is no code',
    async (code) => {
      expect(await client.dossier(code, undefined, never)).toEqual({ result: 'not-found' });
      expect(server.requests).toHaveLength(0);
    },
  );

  it.each([
    ['no JSON', (response: ServerResponse) => void response.end('<html>bảo trì</html>')],
    ['another shape', (response: ServerResponse) => json(response, 200, { code: 5 })],
    ['null', (response: ServerResponse) => json(response, 200, null)],
    ['more than 5 MB', (response: ServerResponse) => void response.end(' '.repeat(6 * 1024 * 1024))],
    ['a redirect', (response: ServerResponse) => void response.writeHead(302, { Location: '/elsewhere' }).end()],
  ])('calls %s a bad answer and does not ask again', async (_, respond) => {
    handle = (__, response) => respond(response);
    expect(await client.dossier(CODE, undefined, never)).toEqual({ result: 'unavailable', reason: 'bad-answer' });
    expect(server.requests).toHaveLength(1);
  });

  it('asks again after a server error and a broken connection', async () => {
    handle = (_, response) => {
      if (server.requests.length === 1) json(response, 503, {});
      else if (server.requests.length === 2) response.destroy();
      else json(response, 200, dossierBody);
    };
    expect(await client.dossier(CODE, undefined, never)).toMatchObject({ result: 'found' });
    expect(server.requests).toHaveLength(3);
  });

  it('gives up on a silent portal within its time, repeats included', async () => {
    handle = () => {};
    const quick = createPortalClient({ url: server.url, apiKey: 'k', timeoutMs: 300 });
    expect(await quick.dossier(CODE, undefined, never)).toEqual({ result: 'unavailable', reason: 'timeout' });
    quick.close();
  });

  it('gives up on a portal that drips its answer', async () => {
    handle = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    };
    const quick = createPortalClient({ url: server.url, apiKey: 'k', timeoutMs: 300 });
    expect(await quick.dossier(CODE, undefined, never)).toEqual({ result: 'unavailable', reason: 'timeout' });
    quick.close();
  });

  it('stops at once when the caller does', async () => {
    const caller = new AbortController();
    handle = () => caller.abort();
    expect(await client.dossier(CODE, undefined, caller.signal)).toEqual({ result: 'unavailable', reason: 'timeout' });
    expect(server.requests).toHaveLength(1);
  });

  it('calls a closed port a network failure', async () => {
    await server.close();
    expect(await client.dossier(CODE, undefined, never)).toEqual({ result: 'unavailable', reason: 'network' });
    server = await smallServer(() => {});
  });

  it('stops asking a broken portal and finds out when it is back', async () => {
    handle = (_, response) => json(response, 500, {});
    const ask = () => client.dossier(CODE, undefined, never);
    let answer = await ask();
    while (answer.result !== 'unavailable' || answer.reason !== 'circuit-open') answer = await ask();
    const asked = server.requests.length;
    expect(asked).toBeLessThan(20);
    handle = (_, response) => json(response, 200, dossierBody);
    while (answer.result !== 'found') {
      await new Promise(setImmediate);
      answer = await ask();
    }
    expect(server.requests.length).toBe(asked + 1);
  });

  it('keeps a dossier for 30 seconds, and less when told that it changed', async () => {
    await client.dossier(CODE, undefined, never);
    await client.dossier(CODE.toLowerCase(), undefined, never);
    expect(server.requests).toHaveLength(1);
    client.forget(CODE);
    await client.dossier(CODE, undefined, never);
    expect(server.requests).toHaveLength(2);
    now += 30_001;
    await client.dossier(CODE, undefined, never);
    expect(server.requests).toHaveLength(3);
  });

  it('does not keep an answer that was under way when the dossier changed', async () => {
    handle = (_, response) => {
      client.forget(CODE);
      json(response, 200, dossierBody);
    };
    await client.dossier(CODE, undefined, never);
    await client.dossier(CODE, undefined, never);
    expect(server.requests).toHaveLength(2);
  });

  it('never keeps what was answered to a proof, nor answers a proof from what it kept', async () => {
    await client.dossier(CODE, undefined, never);
    await client.dossier(CODE, '1234', never);
    await client.dossier(CODE, '1234', never);
    expect(server.requests).toHaveLength(3);
    expect(await client.dossier(CODE, undefined, never)).not.toHaveProperty('dossier.personal');
  });

  it('leaves out what does not fit and counts it', async () => {
    const good = {
      code: '1.001193',
      name: 'Đăng ký khai sinh',
      field: 'Hộ tịch',
      levels: ['commune', 'moon'],
      onlineLevel: 'full',
      updatedAt: '2026-01-01T00:00:00Z',
    };
    handle = (_, response) =>
      json(response, 200, { items: [good, { code: 'x' }, 3], removed: ['1.000656', 'nonsense'], nextCursor: 'next' });
    expect(await client.procedures({ limit: 3, updatedSince: '2026-01-01T00:00:00Z' }, never)).toEqual({
      result: 'ok',
      items: [{ ...good, levels: ['commune', 'other'], methods: [], cases: [], results: [], legalBasis: [] }],
      removed: ['1.000656'],
      nextCursor: 'next',
    });
    expect(server.requests[0]?.url).toBe('/procedures?updatedSince=2026-01-01T00:00:00Z&limit=3');
    expect(calls).toMatchObject([{ operation: 'procedures', outcome: 'ok', dropped: 2 }]);
  });

  it('keeps offices, news and statistics for minutes', async () => {
    handle = ({ url = '' }, response) => {
      if (url.startsWith('/offices'))
        json(response, 200, { items: [{ id: 7, kind: 'post', name: 'Một cửa An Bình', latitude: 10 }] });
      else if (url.startsWith('/news'))
        json(response, 200, {
          items: [{ id: 'n1', title: 'Lịch nghỉ', publishedAt: '2026-11-01T00:00:00Z', url: 'javascript:alert(1)' }],
        });
      else json(response, 200, { month: '2026-10', received: 12, overdue: -1 });
    };
    for (let i = 0; i < 2; i++) {
      expect(await client.offices({}, never)).toEqual({
        result: 'ok',
        items: [{ id: '7', kind: 'other', name: 'Một cửa An Bình', aliases: [] }],
      });
      expect(await client.news({}, never)).toEqual({
        result: 'ok',
        items: [{ id: 'n1', title: 'Lịch nghỉ', publishedAt: Date.parse('2026-11-01T00:00:00Z') }],
      });
      expect(await client.statistics({ month: '2026-10' }, never)).toEqual({
        result: 'ok',
        statistics: { month: '2026-10', received: 12 },
      });
    }
    expect(server.requests).toHaveLength(3);
    now += 301_000;
    await client.news({}, never);
    expect(server.requests).toHaveLength(4);
  });
});

describe('no portal', () => {
  it('says so, whatever is asked', async () => {
    const none = createNoPortal();
    expect(none.configured).toBe(false);
    expect(await none.dossier(CODE, undefined, never)).toEqual({ result: 'unavailable', reason: 'not-configured' });
    expect(await none.procedures({}, never)).toEqual({ result: 'unavailable', reason: 'not-configured' });
  });
});
