// The client against the portal simulator: both were written from docs/portal-api.yaml, and must meet.
import { createPortalSimulator, type PortalSimulator } from '../../simulators/portal/server.js';
import { createPortalClient, type PortalCall, type PortalClient } from '../../src/portal/client.js';
import { parsePortalEvent } from '../../src/portal/webhook.js';
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

  it('agree that a foreign key is refused', async () => {
    const stranger = createPortalClient({ url: portal.url, apiKey: 'wrong' });
    expect(await stranger.news({}, never)).toEqual({ result: 'unavailable', reason: 'refused' });
    stranger.close();
  });
});
