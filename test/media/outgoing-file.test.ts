// What staff may send as a picture or a file: told by its bytes, without metadata, small enough for the platform.
import sharp from 'sharp';
import { MOST_UPLOAD_BYTES, prepareOutgoing } from '../../src/media/outgoing-file.js';
import { plainJpeg } from './photos.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

async function prepared(name: string, bytes: Buffer, channel: 'zalo' | 'messenger' = 'zalo') {
  const made = await prepareOutgoing(channel, name, bytes);
  return made.result === 'ready' ? { ...made.file, bytes: made.bytes } : made.reason;
}

it('takes the place where it was taken out of a picture, and names it after what it is', async () => {
  const photo = await sharp(await plainJpeg(300, 200))
    .withExif({ IFD3: { GPSLatitude: '10/1 46/1 0/1' } })
    .png()
    .toBuffer();
  const made = await prepared('C:\\ảnh\\giấy hẹn.PNG', photo);
  if (typeof made === 'string') throw new Error(made);
  expect(made).toMatchObject({ kind: 'image', name: 'giấy hẹn.jpg', mimeType: 'image/jpeg' });
  expect((await sharp(made.bytes).metadata()).exif).toBeUndefined();
});

it('makes a large picture small enough for Zalo', async () => {
  const noise = await sharp({
    create: {
      width: 3000,
      height: 2400,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .jpeg({ quality: 90 })
    .toBuffer();
  expect(noise.length).toBeGreaterThan(1024 * 1024);
  const made = await prepared('to.jpg', noise);
  if (typeof made === 'string') throw new Error(made);
  expect(made.bytes.length).toBeLessThanOrEqual(1024 * 1024);
});

it('takes a PDF as it is', async () => {
  expect(await prepared('Giấy hẹn trả.pdf', PDF)).toEqual({
    kind: 'file',
    name: 'Giấy hẹn trả.pdf',
    mimeType: 'application/pdf',
    bytes: PDF,
  });
});

it.each([
  ['../../etc/passwd', 'passwd.pdf'],
  ['a\u202efdp.exe', 'a fdp.pdf'],
  ['<b>"\r\nX: y', 'b X y.pdf'],
  ['', 'tep.pdf'],
  [`${'dài '.repeat(60)}.pdf`, `${'dài '.repeat(20).trim()}.pdf`],
])('calls a file named %j %j', async (given, name) => {
  expect(await prepared(given, PDF)).toMatchObject({ name });
});

it.each([
  ['HTML', '<html><script>1</script></html>'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a PDF behind something else', `<script>1</script>${PDF.toString()}`],
  ['a PDF without an end', '%PDF-1.7\n1 0 obj'],
  ['an old Word file', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['nothing', ''],
])('takes no %s', async (_what, text) => {
  expect(await prepared('a.pdf', Buffer.from(text, 'latin1'))).toBe('type');
});

it('knows what is too large for which platform', async () => {
  const large = Buffer.concat([PDF.subarray(0, 9), Buffer.alloc(6 * 1024 * 1024), PDF]);
  expect(await prepared('a.pdf', large)).toBe('too-large');
  expect(await prepared('a.pdf', large, 'messenger')).toMatchObject({ kind: 'file' });
  expect(await prepared('a.pdf', Buffer.alloc(MOST_UPLOAD_BYTES + 1), 'messenger')).toBe('too-large');
});
