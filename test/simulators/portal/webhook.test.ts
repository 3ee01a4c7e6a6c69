import { createHmac } from 'node:crypto';
import { cleanUpAfterEach, type Heard, startListener, startPortal } from './running-portal.js';

const secret = 'shared-secret';

function isSigned({ headers, raw }: Heard): boolean {
  return headers['x-portal-signature'] === `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
}

async function startBoth(statuses: number[] = []) {
  const listener = await startListener(statuses);
  const client = await startPortal({ webhook: { url: listener.url, secret }, webhookRetryDelays: [5, 5] });
  const hint = client.portal.hints().dossiers.find((one) => one.situation === 'in-progress');
  if (hint === undefined) throw new Error('no sample dossier is in progress');
  return { ...client, ...hint, heard: listener.heard };
}

describe('webhooks', () => {
  cleanUpAfterEach();

  it('tell a changed dossier with its phone, signed over the raw body', async () => {
    const { post, get, code, proof, heard } = await startBoth();
    const { body } = await post(`/__sim/dossiers/${code}/status`, { status: 9, collectAt: 'Quầy số 3' });
    expect(body.delivery).toMatchObject({ state: 'delivered', attempts: 1, lastStatus: 200 });
    const [first] = heard;
    expect(first !== undefined && isSigned(first)).toBe(true);
    expect(first?.event).toMatchObject({
      id: body.eventId,
      type: 'dossier.status-changed',
      occurredAt: '2026-11-20T03:00:00.000Z',
      data: { code, status: 9, statusLabel: 'Đã xử lý xong', collectAt: 'Quầy số 3' },
    });
    expect(first?.event.data.applicantPhone.slice(-4)).toBe(proof);
    expect(first?.event.data.applicant).toBeUndefined();
    expect((await get(`/dossiers/${code}`)).body).toMatchObject({ status: 9, finishedAt: '2026-11-20T03:00:00.000Z' });
  });

  it('come again, the same event, until the answer is 200', async () => {
    const { portal, code, heard } = await startBoth([503, 500]);
    await portal.changeDossier(code, { status: 5 });
    await portal.webhooksSettled();
    expect(heard.map((one) => one.event.id)).toEqual(Array(3).fill(heard[0]?.event.id));
    expect(portal.state().webhooks).toMatchObject([{ state: 'delivered', attempts: 3 }]);
  });

  it('are given up after the last repetition', async () => {
    const { portal, code } = await startBoth([500, 500, 500, 500]);
    await portal.changeDossier(code, { status: 5 });
    await portal.webhooksSettled();
    expect(portal.state().webhooks).toMatchObject([{ state: 'given-up', attempts: 3, lastStatus: 500 }]);
  });

  it('let later events pass while one waits to be repeated', async () => {
    const { portal, code, heard } = await startBoth([500]);
    await Promise.all([portal.changeDossier(code, { status: 5 }), portal.changeDossier(code, { status: 4 })]);
    await portal.webhooksSettled();
    expect(heard.map((one) => one.event.data.status)).toEqual([5, 4, 5]);
  });

  it('can be doubled, turned round and wrongly signed', async () => {
    const { post, code, heard } = await startBoth();
    expect((await post('/__sim/webhook', { duplicate: true })).status).toBe(404);
    await post(`/__sim/dossiers/${code}/status`, { status: 6 });
    await post('/__sim/webhook', { duplicate: true, times: 2 });
    expect(new Set(heard.map((one) => one.event.id)).size).toBe(1);
    expect(heard).toHaveLength(3);
    await post('/__sim/webhook', { reorder: true, code, statuses: [4, 9] });
    expect(heard.slice(3).map((one) => one.event.data.status)).toEqual([9, 4]);
    await post('/__sim/webhook', { badSignature: true });
    expect(heard.map(isSigned)).toEqual([true, true, true, true, true, false]);
  });

  it('tell changed and removed procedures, feedback and news', async () => {
    const { post, heard } = await startBoth();
    await post('/__sim/procedures/1.001193', { conditions: 'Không' });
    await post('/__sim/procedures/1.001193', { remove: true });
    const feedback = { clientCode: 'PA-1', category: 'khác', content: 'x', createdAt: '2026-11-20T03:00:00Z' };
    const { code } = (await post('/feedback', feedback, { 'Idempotency-Key': 'k' })).body;
    await post(`/__sim/feedback/${code}/status`, { status: 'processing' });
    expect(heard.map(({ event }) => [event.type, event.data.code, event.data.removed])).toEqual([
      ['procedure.changed', '1.001193', undefined],
      ['procedure.changed', '1.001193', true],
      ['feedback.status-changed', code, undefined],
    ]);
  });

  it('stay silent when asked, and without an address', async () => {
    const { post, portal, code, heard } = await startBoth();
    await post(`/__sim/dossiers/${code}/status`, { status: 5, notify: false });
    expect(heard).toEqual([]);
    portal.setWebhook(undefined);
    const { body } = await post(`/__sim/dossiers/${code}/status`, { status: 4 });
    expect(body.delivery.state).toBe('no-target');
  });
});
