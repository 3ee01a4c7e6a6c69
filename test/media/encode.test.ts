import fc from 'fast-check';
import sharp from 'sharp';
import { encodePicture } from '../../src/media/encode.js';
import { plainJpeg } from './photos.js';

async function encoded(bytes: Buffer) {
  const answer = await encodePicture(bytes);
  if (answer.result === 'refused') throw new Error(answer.reason);
  return { jpeg: answer.jpeg, meta: await sharp(answer.jpeg).metadata() };
}

describe('encodePicture', () => {
  it('keeps no metadata: no place, no camera, no comment, no profile', async () => {
    const tagged = await sharp(await plainJpeg(600, 400))
      .withExif({
        IFD0: { Make: 'Phone', Copyright: 'Nguyễn Văn A' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '21/1 1/1 40/1' },
      })
      .withIccProfile('p3')
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">Nguyễn</x:xmpmeta>')
      .toBuffer();
    expect((await sharp(tagged).metadata()).exif).toBeDefined();
    const { jpeg, meta } = await encoded(tagged);
    expect(meta).toMatchObject({ format: 'jpeg', width: 600, height: 400, space: 'srgb' });
    for (const part of [meta.exif, meta.icc, meta.xmp, meta.iptc]) expect(part).toBeUndefined();
    expect(jpeg.includes('Phone') || jpeg.includes('Nguy')).toBe(false);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('stands upright what EXIF orientation %i turns', async (orientation) => {
    const turned = await sharp(await plainJpeg(600, 400))
      .withMetadata({ orientation })
      .toBuffer();
    const { meta } = await encoded(turned);
    expect([meta.width, meta.height]).toEqual(orientation < 5 ? [600, 400] : [400, 600]);
    expect(meta.orientation).toBeUndefined();
  });

  it('makes the longest side 2,000 pixels at most, and enlarges nothing', async () => {
    expect((await encoded(await plainJpeg(5000, 2500))).meta).toMatchObject({ width: 2000, height: 1000 });
    expect((await encoded(await plainJpeg(3, 2))).meta).toMatchObject({ width: 3, height: 2 });
  });

  it('takes PNG with holes, WebP, grey and CMYK pictures', async () => {
    const clear = sharp({ create: { width: 50, height: 40, channels: 4, background: '#00000000' } });
    const { jpeg } = await encoded(await clear.clone().png().toBuffer());
    expect((await sharp(jpeg).stats()).dominant.r).toBeGreaterThan(240);
    await encoded(await clear.clone().webp().toBuffer());
    await encoded(
      await sharp(await plainJpeg(60, 50))
        .greyscale()
        .jpeg()
        .toBuffer(),
    );
    expect(
      (
        await encoded(
          await sharp(await plainJpeg(60, 50))
            .toColourspace('cmyk')
            .jpeg()
            .toBuffer(),
        )
      ).meta.space,
    ).toBe('srgb');
  });

  it('keeps the worst picture under 5 MB', async () => {
    const noise = await sharp({
      create: {
        width: 2000,
        height: 2000,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 90 },
      },
    })
      .png({ compressionLevel: 1 })
      .toBuffer();
    expect((await encoded(noise)).jpeg.length).toBeLessThan(5 * 1024 * 1024);
  });

  it('refuses moving pictures and kinds that are not taken', async () => {
    const frames = await sharp(Buffer.concat([Buffer.alloc(30 * 30 * 3, 10), Buffer.alloc(30 * 30 * 3, 200)]), {
      raw: { width: 30, height: 60, channels: 3, pageHeight: 30 },
    })
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer();
    expect((await sharp(frames).metadata()).pages).toBe(2);
    const still = sharp(await plainJpeg(30, 30));
    const others = [
      frames,
      await still.clone().gif().toBuffer(),
      await still.clone().tiff().toBuffer(),
      await still.clone().avif().toBuffer(),
    ];
    const texts = ['', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7', '<html>'].map((text) =>
      Buffer.from(text),
    );
    for (const bytes of [...others, ...texts])
      expect(await encodePicture(bytes)).toEqual({ result: 'refused', reason: 'not-a-picture' });
  });

  it('refuses a bomb before its pixels are unpacked', async () => {
    const bombs = [5100, 10_000];
    for (const side of bombs) {
      const bomb = await sharp({ create: { width: side, height: side, channels: 3, background: '#fff' } })
        .png()
        .toBuffer();
      expect(bomb.length).toBeLessThan(1024 * 1024);
      expect(await encodePicture(bomb)).toEqual({ result: 'refused', reason: 'too-large' });
    }
    // A header that promises 4 billion pixels over no data at all.
    const header = Buffer.from(await plainPngHeader());
    expect((await encodePicture(header)).result).toBe('refused');
  });

  it('refuses what was damaged on the way', async () => {
    const whole = await plainJpeg(800, 800);
    expect(await encodePicture(whole.subarray(0, whole.length / 2))).toEqual({
      result: 'refused',
      reason: 'not-a-picture',
    });
  });

  it('never throws, whatever follows the first bytes of a picture', async () => {
    const start = fc.constantFrom(
      [0xff, 0xd8, 0xff],
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
      [...Buffer.from('RIFF0000WEBP')],
    );
    const picture = await plainJpeg(40, 40);
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), fc.nat(picture.length - 1), async (head, tail, at) => {
        await encodePicture(Buffer.from([...head, ...tail]));
        const changed = Buffer.from(picture);
        Buffer.from(tail.subarray(0, 8)).copy(changed, at);
        await encodePicture(changed);
      }),
      { numRuns: 100 },
    );
  });
});

/** A PNG of 65,535 by 65,535 pixels that ends after its header. */
async function plainPngHeader(): Promise<Buffer> {
  const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  png.writeUInt32BE(65_535, 16);
  png.writeUInt32BE(65_535, 20);
  return png;
}
