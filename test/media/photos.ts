// Pictures for the tests, drawn when they are needed: plain ones, and receipts with a QR code as a phone would photograph them.
import { readFileSync } from 'node:fs';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

export interface Shot {
  /** Of the code on the photo, in pixels. */
  size?: number;
  degrees?: number;
  blur?: number;
  /** Standard deviation of the sensor's noise. */
  noise?: number;
  /** Grey of paper and ink: 255 and 0 are a screenshot. */
  paper?: number;
  ink?: number;
  width?: number;
  height?: number;
}

/** A JPEG of any size in one colour. */
export function plainJpeg(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#3a7' } })
    .jpeg()
    .toBuffer();
}

/** A receipt with a code on a wooden table, photographed askew. */
export async function photoOfCode(text: string, shot: Shot = {}): Promise<Buffer> {
  const { size = 320, degrees = 0, blur, noise = 0, paper = 235, ink = 40, width = 1500, height = 2000 } = shot;
  const hex = (grey: number) => `#${grey.toString(16).padStart(2, '0').repeat(3)}`;
  const code = await QRCode.toBuffer(text, {
    width: size,
    margin: 4,
    errorCorrectionLevel: 'M',
    color: { dark: hex(ink), light: hex(paper) },
  });
  const turned = await sharp(code)
    .rotate(degrees, { background: hex(paper) })
    .png()
    .toBuffer();
  const table = sharp({ create: { width, height, channels: 3, background: '#8a6a4f' } });
  const photo = await table
    .composite([{ input: turned, left: Math.round(width * 0.3), top: Math.round(height * 0.4) }])
    .png()
    .toBuffer();
  let taken = sharp(photo);
  if (blur !== undefined) taken = taken.blur(blur);
  if (noise === 0) return taken.jpeg({ quality: 75 }).toBuffer();
  const grain = await sharp({
    create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: noise } },
  })
    .png()
    .toBuffer();
  return taken
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 60 })
    .toBuffer();
}

let writer: Promise<unknown> | undefined;

/** A bar code on paper, as old receipts carry them. */
export async function photoOfBarCode(text: string, degrees: number): Promise<Buffer> {
  writer ??= prepareZXingModule({
    overrides: {
      wasmBinary: new Uint8Array(readFileSync(require.resolve('zxing-wasm/writer/zxing_writer.wasm'))).buffer,
    },
    fireImmediately: true,
  });
  await writer;
  const { image } = await writeBarcode(text, { format: 'Code128', scale: 3, addQuietZones: true });
  if (image === null) throw new Error('the bar code could not be drawn');
  const drawn = await sharp(Buffer.from(await image.arrayBuffer()))
    .resize({ height: 160, fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .extend({ top: 40, bottom: 40, left: 40, right: 40, background: '#ffffff' })
    .png()
    .toBuffer();
  const turned = await sharp(drawn).rotate(degrees, { background: '#ffffff' }).png().toBuffer();
  return sharp({ create: { width: 1600, height: 1600, channels: 3, background: '#8a6a4f' } })
    .composite([{ input: turned, gravity: 'centre' }])
    .jpeg({ quality: 75 })
    .toBuffer();
}
