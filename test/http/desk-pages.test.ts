import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Router } from 'express';
import { createApp } from '../../src/http/app.js';
import { Metrics } from '../../src/http/metrics.js';
import { silentLog } from '../../src/lib/log.js';
import { removeTemporaryFolders, temporaryFolder } from '../storage/temporary.js';

const INDEX = '<!doctype html><title>Một Cửa</title>';
const SCRIPT = `export const long = '${'x'.repeat(5000)}';`;

describe('the desk’s pages', () => {
  let server: Server;
  let base: string;

  beforeAll(async () => {
    const pages = temporaryFolder();
    mkdirSync(join(pages, 'assets'));
    mkdirSync(join(pages, '.vite'));
    writeFileSync(join(pages, 'index.html'), INDEX);
    writeFileSync(join(pages, 'assets', 'index-a1b2c3.js'), SCRIPT);
    writeFileSync(join(pages, '.vite', 'manifest.json'), '{"secret":true}');
    const router = Router();
    router.get('/ip', (request, response) => void response.json({ ip: request.ip }));
    const app = createApp({
      metrics: new Metrics(),
      log: silentLog,
      storageReady: async () => undefined,
      serving: () => true,
      privacyPage: '<p>privacy</p>',
      contactPicture: Buffer.from('png'),
      desk: { router, pages },
      trustProxy: 1,
    });
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    removeTemporaryFolders();
  });

  it.each(['/desk', '/desk/', '/desk/tickets/HT-7K3F-92', '/desk/index.html'])(
    'are one page that is asked for anew each time, at %s as well',
    async (path) => {
      const answer = await fetch(base + path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe(INDEX);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    },
  );

  it('run nothing but their own files, and stand in no other page', async () => {
    const { headers } = await fetch(`${base}/desk`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it.each(['br', 'gzip', 'identity'])(
    'keep files for ever whose names change with them, sent as %s',
    async (encoding) => {
      const answer = await fetch(`${base}/desk/assets/index-a1b2c3.js`, { headers: { 'accept-encoding': encoding } });
      expect(await answer.text()).toBe(SCRIPT);
      expect(answer.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      if (encoding !== 'identity') expect(Number(answer.headers.get('content-length'))).toBeLessThan(500);
    },
  );

  it('are not sent again to whom they have not changed for', async () => {
    const first = await fetch(`${base}/desk`);
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(`${base}/desk`, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
    expect(again.status).toBe(304);
  });

  it('have no page in the place of a script that a new version no longer has', async () => {
    expect((await fetch(`${base}/desk/assets/index-old.js`)).status).toBe(404);
  });

  it('show nothing else that lies in their folder or beside it', async () => {
    for (const path of ['/desk/.vite/manifest.json', '/desk/%2e%2e/package.json', '/desk/..%2fpackage.json']) {
      const answer = await fetch(base + path);
      expect(await answer.text()).not.toMatch(/secret|mot-cua/);
    }
  });

  it('leave a client’s address to as many proxies as the settings name', async () => {
    const answer = await fetch(`${base}/api/desk/ip`, { headers: { 'x-forwarded-for': '1.1.1.1, 203.0.113.7' } });
    expect(await answer.json()).toEqual({ ip: '203.0.113.7' });
  });
});
