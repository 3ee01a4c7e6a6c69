import fc from 'fast-check';
import { inspectJpeg } from '../../../simulators/portal/jpeg.js';
import { cleanUpAfterEach, jpeg, startPortal } from './running-portal.js';

const picture = { 'Content-Type': 'image/jpeg' };

describe('pictures', () => {
  cleanUpAfterEach();

  it('are stored once under one key', async () => {
    const { post } = await startPortal();
    const first = await post('/files', jpeg(), { ...picture, 'Idempotency-Key': 'f1' });
    const again = await post('/files', jpeg(), { ...picture, 'Idempotency-Key': 'f1' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual({ id: first.body.id });
  });

  it.each([
    ['another type', jpeg(), 'image/png', 415],
    ['no picture', Buffer.from('hello, I am no picture'), 'image/jpeg', 422],
    ['a picture cut short', jpeg().subarray(0, -1), 'image/jpeg', 422],
    ['more than 5 MB', Buffer.alloc(5 * 1024 * 1024 + 1, 1), 'image/jpeg', 413],
  ])('are refused when they are %s', async (_what, bytes, type, status) => {
    const { post } = await startPortal();
    expect((await post('/files', bytes, { 'Content-Type': type, 'Idempotency-Key': 'f1' })).status).toBe(status);
  });

  it.each<[string, number, string]>([
    ['Exif', 0xe1, 'Exif\0\0MM'],
    ['XMP', 0xe1, 'http://ns.adobe.com/xap/1.0/\0'],
    ['IPTC', 0xed, 'Photoshop 3.0\0'],
    ['a comment', 0xfe, 'taken at home'],
  ])('are refused while they carry %s', async (_what, marker, content) => {
    const { post } = await startPortal();
    const bytes = jpeg([0xe0, 'JFIF\0'], [marker, content]);
    const answer = await post('/files', bytes, { ...picture, 'Idempotency-Key': 'f1' });
    expect([answer.status, answer.body.code]).toEqual([422, 'metadata']);
  });

  it('pass with the segments that every picture has', () => {
    expect(inspectJpeg(jpeg([0xe0, 'JFIF\0'], [0xe2, 'ICC_PROFILE\0'], [0xdb, 'q'.repeat(64)]))).toBe('clean');
  });

  it('never make the inspection fail, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const framed = Buffer.concat([Buffer.from([0xff, 0xd8]), noise, Buffer.from([0xff, 0xd9])]);
        expect(['clean', 'metadata', 'not-jpeg']).toContain(inspectJpeg(framed));
        expect(['clean', 'metadata', 'not-jpeg']).toContain(inspectJpeg(Buffer.from(noise)));
      }),
    );
  });
});
