import type { Attachment } from '../../src/channels/channel.js';
import { citizenLane, type LaneId, systemLane } from '../../src/lib/ids.js';
import type { Log } from '../../src/lib/log.js';
import { createPictures } from '../../src/media/picture-desk.js';
import type { BlobInfo, Blobs } from '../../src/records/blobs.js';
import { type PictureHost, serve, startPictureHost } from './hostile-server.js';
import { photoOfCode, plainJpeg } from './photos.js';

const lane = citizenLane({ channel: 'zalo', account: '1', user: '2' });
/** A turn that has all the time it needs. */
const turnSignal = () => new AbortController().signal;

class MemoryBlobs implements Blobs {
  readonly kept = new Map<string, { info: BlobInfo; bytes: Buffer }>();
  down = false;
  async put(info: Omit<BlobInfo, 'sizeBytes'>, bytes: Buffer) {
    if (this.down) throw new Error('the disk is full');
    this.kept.set(info.id, { info: { ...info, sizeBytes: bytes.length }, bytes });
  }
  async get(id: string) {
    return this.kept.get(id);
  }
  async delete(id: string) {
    this.kept.delete(id);
  }
  async deleteLane() {
    return 0;
  }
}

describe('pictures', () => {
  let host: PictureHost;
  const lines: object[] = [];
  const write = (line: object) => void lines.push(line);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  let blobs: MemoryBlobs;
  const picture = (path: string): Attachment => ({ kind: 'image', url: `${host.origin}${path}` });
  const desk = () => createPictures({ hosts: { zalo: [host.origin], messenger: [] }, blobs, clock: () => 1000, log });

  beforeAll(async () => {
    host = await startPictureHost();
    host.routes.set('/secret-address.jpg', serve(await plainJpeg(800, 600)));
    host.routes.set('/code.jpg', serve(await photoOfCode('H01-1')));
    host.routes.set('/page', serve(Buffer.from('<html></html>'), { 'content-type': 'image/jpeg' }));
  });
  afterAll(() => host.close());
  beforeEach(() => {
    blobs = new MemoryBlobs();
    lines.length = 0;
    host.asked.length = 0;
  });

  it('keeps a picture once, however often the turn is repeated', async () => {
    const pictures = desk();
    const first = await pictures.keep(lane, picture('/secret-address.jpg'), 'event-1.0', turnSignal());
    expect(first).toMatchObject({ result: 'kept', bytes: expect.any(Number) });
    expect(await pictures.keep(lane, picture('/secret-address.jpg'), 'event-1.0', turnSignal())).toEqual(first);
    expect(host.asked).toHaveLength(1);
    const [kept] = blobs.kept.values();
    expect(kept?.info).toMatchObject({ lane, mimeType: 'image/jpeg', createdAt: 1000 });
    expect(kept?.info.id).toMatch(/^picture-[0-9a-f]{40}$/);
    await pictures.keep(lane, picture('/secret-address.jpg'), 'event-1.1', turnSignal());
    expect(blobs.kept.size).toBe(2);
  });

  it('reads a code and keeps nothing', async () => {
    expect(await desk().readCode(lane, picture('/code.jpg'), turnSignal())).toEqual({
      result: 'found',
      text: ['H01-1'],
    });
    expect(blobs.kept.size).toBe(0);
  });

  it('takes a photo that was sent as a file, but no film and no sticker', async () => {
    const pictures = desk();
    const send = (kind: Attachment['kind']) =>
      pictures.keep(lane, { ...picture('/secret-address.jpg'), kind }, `event-${kind}`, turnSignal());
    expect(await send('file')).toMatchObject({ result: 'kept' });
    for (const kind of ['video', 'audio', 'sticker', 'link', 'contact', 'other'] as const)
      expect(await send(kind)).toEqual({ result: 'refused', reason: 'not-a-picture' });
  });

  it('says why it refuses', async () => {
    const pictures = desk();
    const keep = (attachment: Attachment, from: LaneId = lane) =>
      pictures.keep(from, attachment, 'event', turnSignal());
    expect(await keep({ kind: 'image' })).toEqual({ result: 'refused', reason: 'host' });
    expect(await keep({ kind: 'image', url: 'https://evil.example/a.jpg' })).toEqual({
      result: 'refused',
      reason: 'host',
    });
    expect(await keep(picture('/code.jpg'), citizenLane({ channel: 'messenger', account: '1', user: '2' }))).toEqual({
      result: 'refused',
      reason: 'host',
    });
    expect(await keep(picture('/code.jpg'), systemLane('portal', 'x'))).toEqual({ result: 'refused', reason: 'host' });
    expect(await keep(picture('/missing'))).toEqual({ result: 'refused', reason: 'gone' });
    expect(await keep(picture('/page'))).toEqual({ result: 'refused', reason: 'not-a-picture' });
    expect(await keep({ kind: 'file', url: `${host.origin}/code.jpg`, sizeBytes: 9_000_000 })).toEqual({
      result: 'refused',
      reason: 'too-large',
    });
    expect(host.asked).toEqual(['/missing', '/page']);
  });

  it('refuses when the storage does, and works again after it', async () => {
    const pictures = desk();
    blobs.down = true;
    const keep = () => pictures.keep(lane, picture('/secret-address.jpg'), 'event', turnSignal());
    expect(await keep()).toEqual({ result: 'refused', reason: 'unavailable' });
    blobs.down = false;
    expect(await keep()).toMatchObject({ result: 'kept' });
  });

  it('lets a flood wait, and turns away what would wait too long', async () => {
    const pictures = desk();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        pictures.keep(lane, picture('/secret-address.jpg'), `event-${i}`, turnSignal()),
      ),
    );
    const refused = answers.filter(({ result }) => result === 'refused');
    expect(answers.length - refused.length).toBe(52);
    expect(refused).toContainEqual({ result: 'refused', reason: 'busy' });
    expect(await pictures.keep(lane, picture('/secret-address.jpg'), 'later', turnSignal())).toMatchObject({
      result: 'kept',
    });
  });

  it('ends with its caller, waiting or working', async () => {
    const caller = new AbortController();
    host.routes.set('/silent', () => caller.abort());
    const pictures = desk();
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) => pictures.keep(lane, picture('/silent'), `event-${i}`, caller.signal)),
    );
    expect(new Set(answers.map((answer) => ('reason' in answer ? answer.reason : '')))).toEqual(new Set(['timeout']));
  });

  it('gives all pictures of a turn one time, so that a slow host does not cost the turn', async () => {
    host.routes.set('/slow', () => undefined);
    const pictures = createPictures({
      hosts: { zalo: [host.origin], messenger: [] },
      blobs,
      clock: () => 1,
      log,
      turnMs: 50,
    });
    const turn = turnSignal();
    const answers = [];
    for (const id of ['1', '2', '3']) answers.push(await pictures.keep(lane, picture('/slow'), id, turn));
    expect(answers).toEqual(Array.from({ length: 3 }, () => ({ result: 'refused', reason: 'timeout' })));
    expect(host.asked.filter((path) => path === '/slow')).toHaveLength(1);
    expect(await pictures.keep(lane, picture('/page'), '4', turnSignal())).toEqual({
      result: 'refused',
      reason: 'not-a-picture',
    });
  });

  it('writes no address into the log', async () => {
    await desk().keep(lane, picture('/secret-address.jpg'), 'event', turnSignal());
    await desk().keep(lane, picture('/secret-missing.jpg'), 'event-2', turnSignal());
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toMatch(/secret|127\.0\.0\.1|http/);
  });
});
