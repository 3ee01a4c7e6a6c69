import { cleanUpAfterEach, startPortal } from './running-portal.js';

const rating = { subject: { kind: 'bot' }, score: 5, createdAt: '2026-11-20T03:00:00Z' };
const key = (value: string) => ({ 'Idempotency-Key': value });

describe('ratings', () => {
  cleanUpAfterEach();

  it('are stored once under one key', async () => {
    const { post, portal } = await startPortal();
    expect((await post('/ratings', rating, key('r1'))).status).toBe(201);
    expect((await post('/ratings', rating, key('r1'))).status).toBe(200);
    expect(portal.received().ratings).toEqual([rating]);
  });

  it('may be about a dossier that exists, with criteria and words', async () => {
    const { post, portal } = await startPortal();
    const code = portal.hints().dossiers[0]?.code;
    const whole = { ...rating, subject: { kind: 'dossier', code }, criteria: { attitude: 4 }, comment: 'Tốt' };
    expect((await post('/ratings', whole, key('r1'))).status).toBe(201);
  });

  it.each([
    ['a score of six', { ...rating, score: 6 }],
    ['half a point', { ...rating, score: 4.5 }],
    ['criteria out of range', { ...rating, criteria: { attitude: 0 } }],
    ['an unknown kind', { ...rating, subject: { kind: 'minister' } }],
    ['a dossier that is not there', { ...rating, subject: { kind: 'dossier', code: 'H01-000000-0000' } }],
    ['an agency without its name', { ...rating, subject: { kind: 'agency' } }],
  ])('are refused with %s', async (_what, body) => {
    const { post } = await startPortal();
    expect((await post('/ratings', body, key('r1'))).status).toBe(422);
  });
});

describe('statistics', () => {
  cleanUpAfterEach();

  it('count the month for the province, and the agencies add up to it', async () => {
    const { get } = await startPortal();
    const { body: whole } = await get('/statistics?month=2026-11');
    expect(whole).toMatchObject({ agency: 'Tỉnh An Giang', month: '2026-11' });
    expect(whole.received).toBeGreaterThan(0);
    expect(whole.online).toBeLessThanOrEqual(whole.received);
    expect(whole.onTime).toBeLessThanOrEqual(whole.finished);
    expect((await get('/statistics')).body).toEqual(whole);

    const { items } = (await get('/offices')).body;
    expect(items.length).toBeGreaterThan(0);
    const one = (await get(`/statistics?agency=${encodeURIComponent('Công an tỉnh An Giang')}&month=2026-11`)).body;
    expect(one.agency).toBe('Công an tỉnh An Giang');
    expect(one.received).toBeLessThan(whole.received);
  });

  it('are empty for a month in which nothing happened', async () => {
    const { get } = await startPortal();
    expect((await get('/statistics?month=2030-01')).body).toMatchObject({ received: 0, finished: 0, overdue: 0 });
  });

  it('follow a dossier that is finished', async () => {
    const { get, portal } = await startPortal();
    const before = (await get('/statistics')).body;
    const overdue = portal.hints().dossiers.find((hint) => hint.situation === 'overdue');
    await portal.changeDossier(overdue?.code ?? '', { status: 9 });
    const after = (await get('/statistics')).body;
    expect([after.finished, after.onTime]).toEqual([before.finished + 1, before.onTime]);
  });
});

describe('offices and news', () => {
  cleanUpAfterEach();

  it('give about thirty offices over several pages, every address marked as a sample', async () => {
    const { get } = await startPortal();
    const first = (await get('/offices')).body;
    const second = (await get(`/offices?cursor=${first.nextCursor}`)).body;
    const offices = [...first.items, ...second.items];
    expect(second.nextCursor).toBeUndefined();
    expect(new Set(offices.map((office) => office.id)).size).toBe(offices.length);
    expect(offices.length).toBeGreaterThanOrEqual(30);
    for (const office of offices) {
      expect(office).toMatchObject({ province: 'An Giang', address: expect.stringContaining('mẫu') });
      expect(office.phone).toMatch(/^029[67]0000\d{3}$/);
    }
  });

  it('give news newest first, and only newer ones on request', async () => {
    const { get, post } = await startPortal();
    const { items } = (await get('/news')).body;
    const times = items.map((item: { publishedAt: string }) => item.publishedAt);
    expect(items).toHaveLength(12);
    expect(times).toEqual([...times].sort().reverse());
    const item = {
      id: 'tin-moi',
      title: 'Tin mới',
      summary: 'Nội dung mẫu',
      url: 'https://angiang.example/tin/moi',
      agency: 'Sở Y tế tỉnh An Giang',
      topic: 'thử',
    };
    await post('/__sim/news', item);
    const { items: newer } = (await get('/news?since=2026-11-20T03:00:00Z')).body;
    expect(newer).toEqual([{ ...item, publishedAt: '2026-11-20T03:00:00.000Z' }]);
  });
});
