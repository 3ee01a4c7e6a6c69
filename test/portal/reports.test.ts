// What the bot tells the portal: the client's writes, against a small scripted server.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createNoPortal, createPortalClient, type PortalClient } from '../../src/portal/client.js';
import type { FeedbackReport } from '../../src/portal/portal.js';
import { dossierBody, json, type SmallServer, smallServer } from './small-server.js';

const never = new AbortController().signal;

const report: FeedbackReport = {
  clientCode: 'PA-7K3F-92',
  category: 'environment',
  content: 'Rác chất đống trước chợ ba ngày nay',
  place: { text: 'Chợ Minh Lương' },
  publishConsent: false,
  createdAt: Date.parse('2026-11-20T02:00:00Z'),
};
const status = { code: 'PAKN-261120-0001', status: 'received', dueAt: '2026-12-04T10:00:00Z' };

describe('what the bot tells the portal', () => {
  let server: SmallServer;
  let client: PortalClient;
  let handle: (request: IncomingMessage, response: ServerResponse) => void;
  let bodies: string[];

  beforeEach(async () => {
    bodies = [];
    handle = (_, response) => json(response, 201, status);
    server = await smallServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        bodies.push(body);
        handle(request, response);
      });
    });
    client = createPortalClient({ url: server.url, apiKey: 'key-1', timeoutMs: 1500, breakerResetMs: 40 });
  });

  afterEach(async () => {
    client.close();
    await server.close();
  });

  it('sends feedback with its key and the time in words of the contract', async () => {
    expect(await client.sendFeedback(report, 'event-1/0', never)).toEqual({
      result: 'accepted',
      value: { code: status.code, status: 'received', dueAt: Date.parse(status.dueAt) },
    });
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      url: '/feedback',
      headers: { 'idempotency-key': 'event-1/0', 'content-type': 'application/json', 'x-api-key': 'key-1' },
    });
    expect(JSON.parse(bodies[0] ?? '')).toEqual({ ...report, createdAt: '2026-11-20T02:00:00.000Z' });
  });

  it('repeats a write whose outcome is unknown under the same key', async () => {
    handle = (_, response) => (bodies.length === 1 ? response.destroy() : json(response, 200, status));
    expect(await client.sendFeedback(report, 'event-1/0', never)).toMatchObject({ result: 'accepted' });
    expect(server.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['event-1/0', 'event-1/0']);
    expect(bodies[1]).toBe(bodies[0]);
  });

  it.each([
    ['a report it will never take', 422, { code: 'unknown-photo' }, { result: 'rejected', code: 'unknown-photo' }],
    ['a reason that is no code', 409, { code: 'Xin chào 0912345678' }, { result: 'rejected', code: 'http-409' }],
    ['a key that is not accepted', 401, {}, { result: 'unavailable', reason: 'refused' }],
    ['too many', 429, {}, { result: 'rate-limited', retryAfterMs: 9000 }],
    ['nonsense', 200, { ok: true }, { result: 'unavailable', reason: 'bad-answer' }],
  ])('understands %s', async (_, code, body, expected) => {
    handle = (__, response) => json(response, code, body, { 'Retry-After': '9' });
    expect(await client.sendFeedback(report, 'k', never)).toEqual(expected);
    expect(server.requests).toHaveLength(1);
  });

  it('sends a picture as it is', async () => {
    handle = (_, response) => json(response, 201, { id: 'file-1' });
    const answer = await client.sendPhoto(Buffer.from('picture'), 'event-2/0', never);
    expect(answer).toEqual({ result: 'accepted', value: { id: 'file-1' } });
    expect(server.requests[0]).toMatchObject({ url: '/files', headers: { 'content-type': 'image/jpeg' } });
    expect(bodies).toEqual(['picture']);
  });

  it('sends a rating', async () => {
    handle = (_, response) => json(response, 201, {});
    const rating = { subject: { kind: 'bot' as const }, score: 5, criteria: { time: 4 }, createdAt: 0 };
    expect(await client.sendRating(rating, 'k', never)).toEqual({ result: 'accepted', value: undefined });
    expect(JSON.parse(bodies[0] ?? '')).toEqual({ ...rating, createdAt: '1970-01-01T00:00:00.000Z' });
  });

  it('asks where feedback stands, and never with a path that leads elsewhere', async () => {
    handle = (_, response) => json(response, 200, { ...status, status: 'answered', answer: 'Đã dọn' });
    expect(await client.feedback(status.code, never)).toMatchObject({
      result: 'found',
      feedback: { status: 'answered', answer: 'Đã dọn' },
    });
    expect(await client.feedback('../ratings', never)).toEqual({ result: 'not-found' });
    expect(await client.reopenFeedback('../ratings', 'k', never)).toMatchObject({ result: 'rejected' });
    expect(server.requests).toHaveLength(1);
  });

  it('passes on that the window for reopening has closed', async () => {
    handle = (_, response) => json(response, 409, { code: 'reopening-window-passed' });
    expect(await client.reopenFeedback(status.code, 'k', never)).toEqual({
      result: 'rejected',
      code: 'reopening-window-passed',
    });
  });

  it('asks for the dossiers of a phone number in a header and drops what is personal', async () => {
    handle = (_, response) =>
      json(response, 200, {
        items: [{ ...dossierBody, statusReason: 'lý do', applicant: { name: 'An' } }, { code: 5 }],
      });
    const answer = await client.dossiersOf('0900000001', never);
    expect(answer).toMatchObject({ result: 'ok', items: [{ code: dossierBody.code }] });
    expect(JSON.stringify(answer)).not.toMatch(/lý do|"An"/);
    expect(server.requests[0]?.headers['x-applicant-phone']).toBe('0900000001');
    expect(server.requests[0]?.url).toBe('/dossiers');
  });

  it('says that nothing is set up when there is no portal', async () => {
    expect(await createNoPortal().sendFeedback(report, 'k', never)).toEqual({
      result: 'unavailable',
      reason: 'not-configured',
    });
  });
});
