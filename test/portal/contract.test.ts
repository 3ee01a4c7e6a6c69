// The client against the portal simulator: both were written from docs/portal-api.yaml, and must meet.
import { createPortalSimulator, type PortalSimulator } from '../../simulators/portal/server.js';
import { createPortalClient, type PortalCall, type PortalClient } from '../../src/portal/client.js';
import { parsePortalEvent } from '../../src/portal/webhook.js';
import { jpeg } from '../simulators/portal/running-portal.js';
import { smallServer } from './small-server.js';

const never = new AbortController().signal;

describe('the client and the simulated portal', () => {
  let portal: PortalSimulator;
  let client: PortalClient;
  const calls: PortalCall[] = [];

  beforeAll(async () => {
    portal = await createPortalSimulator();
    client = createPortalClient({ url: portal.url, apiKey: portal.apiKey, onCall: (call) => calls.push(call) });
  });

  afterAll(async () => {
    client.close();
    await portal.close();
  });

  it('page through the whole catalogue without losing a procedure', async () => {
    const codes = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await client.procedures({ limit: 50, ...(cursor === undefined ? {} : { cursor }) }, never);
      if (page.result !== 'ok') throw new Error(page.reason);
      for (const { code } of page.items) codes.add(code);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(codes.size).toBeGreaterThanOrEqual(120);
    expect(calls.every(({ dropped }) => dropped === 0)).toBe(true);
  });

  it('agree on offices, news and statistics', async () => {
    expect(await client.offices({}, never)).toMatchObject({ result: 'ok' });
    expect(await client.news({}, never)).toMatchObject({ result: 'ok' });
    expect(await client.statistics({}, never)).toMatchObject({ result: 'ok' });
    expect(calls.every(({ dropped, outcome }) => dropped === 0 && outcome === 'ok')).toBe(true);
  });

  it('agree on a dossier, its proof and its change', async () => {
    const code = portal.hints().dossiers[0]?.code ?? '';
    expect(await client.dossier(code, undefined, never)).toMatchObject({ result: 'found', dossier: { code } });
    expect(await client.dossier('H01-240101-9999', undefined, never)).toEqual({ result: 'not-found' });

    const bodies: string[] = [];
    const hook = await smallServer((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk))).on('end', () => response.end());
    });
    portal.setWebhook({ url: hook.url, secret: 's' });
    await portal.changeDossier(code, { status: 4 });
    await portal.webhooksSettled();
    expect(parsePortalEvent(bodies.join(''))).toMatchObject({
      result: 'event',
      event: { type: 'dossier.status-changed', data: { dossier: { code } } },
    });
    await hook.close();
  });

  it('agree on feedback with a picture, sent twice and kept once', async () => {
    const photo = await client.sendPhoto(jpeg(), 'photo-1', never);
    if (photo.result !== 'accepted') throw new Error(photo.result);
    const report = {
      clientCode: 'PA-7K3F-92',
      category: 'environment',
      content: 'Rác chất đống trước chợ',
      place: { text: 'Chợ', latitude: 9.8, longitude: 105.1 },
      photoIds: [photo.value.id],
      contact: { name: 'Người Dân', phone: '0900000001' },
      publishConsent: true,
      createdAt: Date.now(),
    };
    const first = await client.sendFeedback(report, 'report-1', never);
    const again = await client.sendFeedback(report, 'report-1', never);
    expect(first).toMatchObject({ result: 'accepted', value: { status: 'received' } });
    expect(again).toEqual(first);
    expect(portal.received().feedback).toHaveLength(1);
    if (first.result !== 'accepted') throw new Error(first.result);
    expect(await client.feedback(first.value.code, never)).toEqual({ result: 'found', feedback: first.value });
    expect(await client.reopenFeedback(first.value.code, 'reopen-1', never)).toMatchObject({ result: 'rejected' });
  });

  it('agree on a rating and on the dossiers of a phone number', async () => {
    const code = portal.hints().dossiers[0]?.code ?? '';
    const rating = {
      subject: { kind: 'dossier' as const, code },
      score: 4,
      criteria: { time: 5 },
      createdAt: Date.now(),
    };
    expect(await client.sendRating(rating, 'rating-1', never)).toEqual({ result: 'accepted', value: undefined });
    expect(await client.sendRating(rating, 'rating-1', never)).toMatchObject({ result: 'accepted' });
    expect(portal.received().ratings).toHaveLength(1);
    expect(await client.dossiersOf('0900000001', never)).toMatchObject({ result: 'ok' });
  });

  it('agree that a foreign key is refused', async () => {
    const stranger = createPortalClient({ url: portal.url, apiKey: 'wrong' });
    expect(await stranger.news({}, never)).toEqual({ result: 'unavailable', reason: 'refused' });
    stranger.close();
  });
});
