import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { demoAccounts } from '../../simulators/accounts.js';
import { createBotProbe } from '../../simulators/phone/bot-probe.js';
import { PortTaken, type Simulators, startSimulators } from '../../simulators/start.js';

const NOBODY = 'http://127.0.0.1:9';

describe('the simulators on one port', () => {
  let simulators: Simulators;
  beforeAll(async () => {
    simulators = await startSimulators({ botUrl: NOBODY });
  });
  afterAll(() => simulators.close());

  it('serve the page with a policy that lets nothing foreign run', async () => {
    const response = await fetch(simulators.url);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>Một Cửa');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it.each(['/../package.json', '/..%2fpackage.json', '/scripts/', '/server.ts', '/nothing'])(
    'have no page file at %s',
    async (path) => {
      const { hostname, port } = new URL(simulators.url);
      const status = await new Promise((resolve, reject) => {
        http.get({ hostname, port, path }, (res) => resolve(res.resume().statusCode)).on('error', reject);
      });
      expect(status).toBe(404);
    },
  );

  it('answer as each platform and as the portal under their prefixes', async () => {
    const zalo = await fetch(`${simulators.url}/zalo/openapi/v2.0/oa/getoa`, {
      headers: { access_token: demoAccounts.zalo.accessToken },
    });
    expect(await zalo.json()).toMatchObject({ error: 0, data: { name: demoAccounts.zalo.oaName } });
    const portal = await fetch(`${simulators.url}/portal/procedures?limit=1`, {
      headers: { 'X-Api-Key': demoAccounts.portal.apiKey },
    });
    expect(portal.status).toBe(200);
    const messenger = await fetch(`${simulators.url}/messenger/v25.0/me/messages`, { method: 'POST', body: '{}' });
    expect(await messenger.json()).toMatchObject({ error: { code: 190 } });
  });

  it('say that the bot does not answer', async () => {
    const response = await fetch(`${simulators.url}/__phone/status`);
    expect(await response.json()).toEqual({ botUrl: NOBODY, channels: { zalo: 'silent', messenger: 'silent' } });
  });

  it('refuse to start on a port that is taken, by its number', async () => {
    const port = Number(new URL(simulators.url).port);
    await expect(startSimulators({ botUrl: NOBODY, port })).rejects.toThrow(new PortTaken(port));
  });
});

describe('the probe of the bot’s webhooks', () => {
  let answer: http.RequestListener = () => {};
  const server = http.createServer((req, res) => answer(req, res));
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const ask = () =>
    createBotProbe({
      botUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      verifyToken: 'token-1',
    })();

  it('finds both channels when each answers its platform’s own check', async () => {
    answer = (req, res) => {
      const { pathname, searchParams } = new URL(req.url ?? '/', 'http://bot');
      if (pathname === '/webhooks/zalo') res.end();
      else res.end(searchParams.get('hub.verify_token') === 'token-1' ? searchParams.get('hub.challenge') : 'no');
    };
    expect((await ask()).channels).toEqual({ zalo: 'reachable', messenger: 'reachable' });
  });

  it('tells a bot that refuses from a bot that is not there', async () => {
    answer = (req, res) => {
      if (req.method === 'POST') res.writeHead(404).end();
      else res.writeHead(403).end();
    };
    expect((await ask()).channels).toEqual({ zalo: 'refused', messenger: 'refused' });
  });
});
