import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { cleanUpAfterEach, startPortal } from './running-portal.js';

describe('the door of the portal', () => {
  cleanUpAfterEach();

  it('turns away who has no key or a wrong one', async () => {
    const { fetch, portal } = await startPortal();
    for (const headers of [{}, { 'X-Api-Key': 'wrong' }, { 'X-Api-Key': `${portal.apiKey}x` }]) {
      const answer = await fetch('/procedures', { headers });
      expect(answer.status).toBe(401);
      expect(answer.body.code).toBe('unauthorized');
    }
  });

  it.each([
    ['GET', '/nothing-here', 404, 'not-found'],
    ['GET', '/procedures/', 404, 'not-found'],
    ['GET', '/dossiers/%E0%A4%A', 400, 'bad-path'],
    ['DELETE', '/procedures', 405, 'method-not-allowed'],
    ['GET', '/feedback', 405, 'method-not-allowed'],
    ['GET', '/procedures?updatedsince=2026-01-01T00:00:00Z', 400, 'unknown-parameter'],
    ['GET', '/procedures?limit=5&limit=6', 400, 'repeated-parameter'],
    ['GET', '/procedures?limit=501', 400, 'bad-parameter'],
    ['GET', '/procedures?limit=0', 400, 'bad-parameter'],
    ['GET', '/procedures?limit=ten', 400, 'bad-parameter'],
    ['GET', '/procedures?updatedSince=yesterday', 400, 'bad-parameter'],
    ['GET', '/procedures?cursor=made-up', 400, 'bad-cursor'],
    ['GET', '/procedures/khai-sinh', 400, 'bad-code'],
    ['GET', '/procedures/9.999999', 404, 'not-found'],
    ['GET', '/statistics?month=2026-13', 400, 'bad-parameter'],
    ['GET', '/statistics?month=11-2026', 400, 'bad-parameter'],
    ['GET', '/statistics?agency=Nowhere', 404, 'not-found'],
    ['GET', '/news?since=1', 400, 'bad-parameter'],
    ['GET', '/dossiers', 400, 'bad-phone'],
  ])('answers %s %s with %i %s', async (method, path, status, code) => {
    const { fetch, portal } = await startPortal();
    const answer = await fetch(path, { method, headers: { 'X-Api-Key': portal.apiKey } });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(typeof answer.body.message).toBe('string');
  });

  it('refuses bodies of another type, without content, too large, or not in UTF-8 JSON', async () => {
    const { post } = await startPortal();
    const key = { 'Idempotency-Key': 'k1' };
    expect((await post('/ratings', {}, { ...key, 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await post('/ratings', undefined, key)).body.code).toBe('empty-body');
    expect((await post('/ratings', { comment: 'x'.repeat(300_000) }, key)).status).toBe(413);
    expect((await post('/ratings', Buffer.from('{"score": 5'), key)).body.code).toBe('malformed-json');
    expect((await post('/ratings', Buffer.from([0x22, 0xff, 0x22]), key)).body.code).toBe('malformed-json');
  });

  it('goes on after a caller that leaves in the middle of its body', async () => {
    const { get, portal } = await startPortal();
    await new Promise<void>((resolve) => {
      const socket = connect(portal.port, '127.0.0.1', () => {
        socket.write(`POST /ratings HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${portal.apiKey}\r\nContent-Length: 99\r\n\r\n{`);
        socket.destroySoon();
      });
      socket.once('close', () => resolve());
    });
    expect((await get('/news')).status).toBe(200);
  });

  it('is served under a prefix by a server that houses others, and leaves their paths alone', async () => {
    const { portal } = await startPortal();
    const house = createServer(async (request, response) => {
      if (!(await portal.handle(request, response))) response.writeHead(418).end();
    });
    await new Promise<void>((resolve) => house.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(house.address() as AddressInfo).port}`;
    const ask = async (path: string) => (await fetch(url + path, { headers: { 'X-Api-Key': portal.apiKey } })).status;
    const statuses = [
      await ask('/portal/news'),
      await ask('/portal/__sim/hints'),
      await ask('/portal/x'),
      await ask('/zalo'),
    ];
    house.closeAllConnections();
    await new Promise<void>((resolve) => house.close(() => resolve()));
    expect(statuses).toEqual([200, 200, 404, 418]);
  });

  it('wants an Idempotency-Key on every writing call', async () => {
    const { post } = await startPortal();
    for (const path of ['/feedback', '/feedback/PAKN-1/reopen', '/ratings']) {
      expect((await post(path, {})).body.code).toBe('idempotency-key-missing');
    }
    expect((await post('/ratings', {}, { 'Idempotency-Key': 'has a space' })).body.code).toBe('bad-idempotency-key');
  });
});
