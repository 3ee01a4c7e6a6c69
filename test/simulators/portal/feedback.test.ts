import { cleanUpAfterEach, FRIDAY, jpeg, startPortal } from './running-portal.js';

const pothole = {
  clientCode: 'PA-7K3F-92',
  category: 'hạ tầng – giao thông',
  content: 'Ổ gà lớn trước cổng trường.',
  place: { text: 'đường Ví Dụ', latitude: 10.01, longitude: 105.08 },
  contact: { phone: '0950001234' },
  publishConsent: false,
  createdAt: '2026-11-20T02:59:00+07:00',
};
const key = (value: string) => ({ 'Idempotency-Key': value });
const DAY = 24 * 3_600_000;

describe('feedback', () => {
  cleanUpAfterEach();

  it('is stored once however often the same call is repeated', async () => {
    const { get, post, portal } = await startPortal();
    const first = await post('/feedback', pothole, key('k1'));
    const again = await post('/feedback', pothole, key('k1'));
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(first.body).toMatchObject({ code: 'PAKN-261120-0001', status: 'received' });
    expect(Date.parse(first.body.dueAt)).toBe(FRIDAY + 14 * DAY);
    expect(again.body).toEqual(first.body);
    expect((await get(`/feedback/${first.body.code}`)).body).toEqual(first.body);
    expect(portal.received().feedback).toEqual([pothole]);
  });

  it('refuses a known key with another body, and a known code of the citizen under another key', async () => {
    const { post } = await startPortal();
    await post('/feedback', pothole, key('k1'));
    expect((await post('/feedback', { ...pothole, content: 'Khác' }, key('k1'))).body.code).toBe(
      'idempotency-key-reused',
    );
    expect((await post('/feedback', pothole, key('k2'))).body.code).toBe('client-code-taken');
  });

  it.each([
    ['without content', { ...pothole, content: '  ' }],
    ['without a category', { ...pothole, category: undefined }],
    ['with a place off the earth', { ...pothole, place: { latitude: 91, longitude: 0 } }],
    ['with a date that is none', { ...pothole, createdAt: '20/11/2026' }],
    ['with a field that the contract does not know', { ...pothole, urgency: 'high' }],
    ['with a picture that was never sent', { ...pothole, photoIds: ['nope'] }],
    ['that is a list', [pothole]],
  ])('is refused %s', async (_how, body) => {
    const { post, portal } = await startPortal();
    expect((await post('/feedback', body, key('k1'))).status).toBe(422);
    expect(portal.received().feedback).toEqual([]);
  });

  it('may carry pictures that were sent before', async () => {
    const { post } = await startPortal();
    const { id } = (await post('/files', jpeg(), { ...key('f1'), 'Content-Type': 'image/jpeg' })).body;
    expect((await post('/feedback', { ...pothole, photoIds: [id] }, key('k1'))).status).toBe(201);
  });

  it('can be reopened once it is answered, within fifteen days', async () => {
    const { get, post, portal } = await startPortal();
    const { code } = (await post('/feedback', pothole, key('k1'))).body;
    const reopen = (attempt: string) => post(`/feedback/${code}/reopen`, undefined, key(attempt));
    expect((await reopen('r1')).body.code).toBe('not-answered');

    await post(`/__sim/feedback/${code}/status`, { status: 'answered', answer: 'Đã vá xong.' });
    expect((await get(`/feedback/${code}`)).body).toMatchObject({ status: 'answered', answer: 'Đã vá xong.' });
    expect((await reopen('r2')).body.status).toBe('reopened');
    expect((await reopen('r2')).status).toBe(200);
    expect((await reopen('r3')).status).toBe(409);

    await post(`/__sim/feedback/${code}/status`, { status: 'answered' });
    portal.clock.advance(15 * DAY + 1);
    const late = await reopen('r4');
    expect([late.status, late.body.code]).toEqual([409, 'reopening-window-passed']);
  });

  it('is not found under the code of the citizen or a made-up one', async () => {
    const { get, post } = await startPortal();
    await post('/feedback', pothole, key('k1'));
    expect((await get('/feedback/PA-7K3F-92')).status).toBe(404);
    expect((await post('/feedback/PAKN-0/reopen', undefined, key('r'))).status).toBe(404);
  });
});
