import { cleanUpAfterEach, startPortal } from './running-portal.js';

const rating = { subject: { kind: 'bot' }, score: 5, createdAt: '2026-11-20T03:00:00Z' };

describe('faults', () => {
  cleanUpAfterEach();

  it.each([
    ['down', 503, 'text/html'],
    ['error500', 500, 'application/json'],
    ['rate-limited', 429, 'application/json'],
  ])('"%s" answers %i until it is taken away', async (kind, status, type) => {
    const { get, post } = await startPortal();
    await post('/__sim/faults', { kind });
    const answer = await get('/news');
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain(type);
    if (status === 429) expect(answer.headers.get('retry-after')).toBe('2');
    expect((await get('/offices')).status).toBe(status);
    await post('/__sim/faults', { kind: 'none' });
    expect((await get('/news')).status).toBe(200);
  });

  it('"garbage" answers 200 with JSON that breaks off', async () => {
    const { portal, get } = await startPortal();
    portal.setFault({ kind: 'garbage', times: 1 });
    await expect(get('/procedures')).rejects.toThrow(SyntaxError);
    expect((await get('/procedures')).status).toBe(200);
  });

  it('"reset" cuts the connection before, "lost-answer" after the work is done', async () => {
    const { portal, post } = await startPortal();
    portal.setFault({ kind: 'reset', path: '/ratings', times: 1 });
    await expect(post('/ratings', rating, { 'Idempotency-Key': 'r1' })).rejects.toThrow('fetch failed');
    expect(portal.received().ratings).toHaveLength(0);
    portal.setFault({ kind: 'lost-answer', path: '/ratings', times: 1 });
    await expect(post('/ratings', rating, { 'Idempotency-Key': 'r1' })).rejects.toThrow('fetch failed');
    expect(portal.received().ratings).toHaveLength(1);
    expect((await post('/ratings', rating, { 'Idempotency-Key': 'r1' })).status).toBe(200);
    expect(portal.received().ratings).toHaveLength(1);
  });

  it('"slow" answers rightly, only later than the caller may wait for', async () => {
    const { portal, get, fetch } = await startPortal();
    portal.setFault({ kind: 'slow', delayMs: 60_000, times: 1 });
    const impatient = fetch('/news', { headers: { 'X-Api-Key': portal.apiKey }, signal: AbortSignal.timeout(50) });
    await expect(impatient).rejects.toThrow();
    portal.setFault({ kind: 'slow', delayMs: 1, times: 1 });
    expect((await get('/news')).status).toBe(200);
  });

  it('stay on their path and count their times', async () => {
    const { portal, get } = await startPortal();
    portal.setFault({ kind: 'error500', path: '/dossiers', times: 2 });
    expect((await get('/news')).status).toBe(200);
    expect((await get('/dossiers/x')).status).toBe(500);
    expect((await get('/dossiers/x')).status).toBe(500);
    expect((await get('/dossiers/x')).status).toBe(404);
  });

  it('are refused when they make no sense', async () => {
    const { post } = await startPortal();
    expect((await post('/__sim/faults', { kind: 'on-fire' })).status).toBe(422);
    expect((await post('/__sim/faults', { kind: 'slow', delayMs: -1 })).status).toBe(422);
  });
});
