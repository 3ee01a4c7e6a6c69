import fc from 'fast-check';
import { DOWNLOAD_LIMITS, download } from '../../src/media/download.js';
import { drip, endless, type PictureHost, redirect, serve, silent, startPictureHost } from './hostile-server.js';

const patient = new AbortController().signal;
const bytes = Buffer.from('some bytes');

describe('download', () => {
  let host: PictureHost;
  let other: PictureHost;
  beforeAll(async () => {
    host = await startPictureHost();
    other = await startPictureHost();
  });
  afterAll(() => Promise.all([host.close(), other.close()]));
  beforeEach(() => {
    host.asked.length = 0;
    other.asked.length = 0;
  });

  const get = (path: string, limits = DOWNLOAD_LIMITS, signal = patient) =>
    download(`${host.origin}${path}`, [host.origin], signal, limits);
  const quick = { ...DOWNLOAD_LIMITS, ms: 50 };

  it('brings the bytes', async () => {
    host.routes.set('/a.jpg', serve(bytes));
    expect(await get('/a.jpg')).toEqual({ result: 'fetched', bytes });
  });

  it('follows a redirect within the list, and no more than three', async () => {
    host.routes.set('/here', serve(bytes));
    host.routes.set('/1', redirect('/here'));
    host.routes.set('/2', redirect('/1', 301));
    host.routes.set('/3', redirect(`${host.origin}/2`, 307));
    host.routes.set('/4', redirect('/3', 308));
    expect(await get('/3')).toEqual({ result: 'fetched', bytes });
    expect(await get('/4')).toEqual({ result: 'refused', reason: 'unavailable' });
  });

  it('leaves a circle of redirects', async () => {
    host.routes.set('/round', redirect('/round'));
    expect(await get('/round')).toEqual({ result: 'refused', reason: 'unavailable' });
    expect(host.asked).toHaveLength(DOWNLOAD_LIMITS.redirects + 1);
  });

  it('asks no host that is not on the list, also when sent there', async () => {
    other.routes.set('/a.jpg', serve(bytes));
    host.routes.set('/away', redirect(`${other.origin}/a.jpg`));
    host.routes.set('/file', redirect('file:///etc/passwd'));
    for (const path of ['/away', '/file']) expect(await get(path)).toEqual({ result: 'refused', reason: 'host' });
    expect(await download(`${other.origin}/a.jpg`, [host.origin], patient)).toEqual({
      result: 'refused',
      reason: 'host',
    });
    expect(other.asked).toEqual([]);
  });

  it('connects to no private address, whatever name leads there', async () => {
    expect(await download('https://localhost/a.jpg', ['localhost'], patient)).toEqual({
      result: 'refused',
      reason: 'host',
    });
  });

  it('stops an endless body at the limit, and reads none that announces too much', async () => {
    host.routes.set('/endless', endless);
    host.routes.set('/big', (_request, response) =>
      response.writeHead(200, { 'content-length': '99999999' }).flushHeaders(),
    );
    expect(await get('/endless')).toEqual({ result: 'refused', reason: 'too-large' });
    expect(await get('/big')).toEqual({ result: 'refused', reason: 'too-large' });
  });

  it('does not wait for ever: for silence, drops, or a chain of both', async () => {
    host.routes.set('/silent', silent);
    host.routes.set('/drip', drip);
    host.routes.set('/chain', redirect('/drip'));
    for (const path of ['/silent', '/drip', '/chain'])
      expect(await get(path, quick)).toEqual({ result: 'refused', reason: 'timeout' });
  });

  it('ends with its caller', async () => {
    const caller = new AbortController();
    host.routes.set('/abort', () => caller.abort());
    expect(await get('/abort', DOWNLOAD_LIMITS, caller.signal)).toEqual({ result: 'refused', reason: 'timeout' });
  });

  it('takes no packed bytes', async () => {
    host.routes.set('/packed', serve(bytes, { 'content-encoding': 'gzip' }));
    expect(await get('/packed')).toEqual({ result: 'refused', reason: 'not-a-picture' });
  });

  it.each([
    [401, 'gone'],
    [403, 'gone'],
    [404, 'gone'],
    [410, 'gone'],
    [204, 'unavailable'],
    [304, 'unavailable'],
    [500, 'unavailable'],
  ])('says of %i: %s', async (status, reason) => {
    host.routes.set('/status', (_request, response) => void response.writeHead(status).end());
    expect(await get('/status')).toEqual({ result: 'refused', reason });
  });

  it('survives a broken answer and a host that is not there', async () => {
    host.routes.set('/broken', (request) => request.socket.resetAndDestroy());
    host.routes.set('/half', (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.socket?.resetAndDestroy());
    });
    for (const path of ['/broken', '/half'])
      expect(await get(path)).toEqual({ result: 'refused', reason: 'unavailable' });
    expect(await download('http://127.0.0.1:9/a', ['http://127.0.0.1:9'], patient)).toEqual({
      result: 'refused',
      reason: 'unavailable',
    });
  });

  it('never rejects, whatever the answer says of itself', async () => {
    const value = fc.string({ unit: 'grapheme-ascii', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 200, max: 599 }),
        fc.dictionary(fc.constantFrom('location', 'content-length', 'content-encoding', 'x'), value),
        fc.uint8Array(),
        async (status, headers, body) => {
          host.routes.set('/any', (_request, response) => {
            try {
              response.writeHead(status, headers).end(body);
            } catch {
              response.destroy();
            }
          });
          const answer = await get('/any', { ...DOWNLOAD_LIMITS, ms: 200 });
          expect(['fetched', 'refused']).toContain(answer.result);
        },
      ),
      { numRuns: 100 },
    );
  });
});
