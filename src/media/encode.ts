// Pictures through sharp: what they are by their bytes, encoded anew for keeping, and as pixels for reading codes. sharp works on
// its own threads; it is loaded with the first picture (a quarter of a second).
import type { Sharp } from 'sharp';

/** What claims more is refused before its pixels are unpacked: 200 MB of them at most. Photos of phones have up to 50 megapixels. */
const MOST_JPEG_PIXELS = 50_000_000;
/** PNG and WebP may take eight bytes for each, and unlike JPEG cannot be read smaller than they are. */
const MOST_OTHER_PIXELS = 24_000_000;
const LONGEST_SIDE = 2000;
const MOST_BYTES = 5 * 1024 * 1024;
/** Tried one after the other until the picture is small enough. */
const TRIES = [
  { side: LONGEST_SIDE, quality: 82 },
  { side: LONGEST_SIDE, quality: 65 },
  { side: LONGEST_SIDE, quality: 45 },
  { side: 1400, quality: 45 },
];
/** sharp's own limit of one picture's work, in seconds. */
const MOST_SECONDS = 6;

export type Encoded =
  | { result: 'encoded'; jpeg: Buffer }
  | { result: 'refused'; reason: 'not-a-picture' | 'too-large' };

/** JPEG, PNG and WebP, told by their first bytes: the name and the type that came with them prove nothing. */
export function looksLikePicture(bytes: Buffer): boolean {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return true;
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return true;
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}

/**
 * Upright, sRGB, without EXIF, GPS, profile or comment, longest side 2,000 px, JPEG of at most 5 MB or `mostBytes`. Moving pictures
 * are refused: one frame of them is not what was sent.
 */
export async function encodePicture(bytes: Buffer, mostBytes = MOST_BYTES): Promise<Encoded> {
  const opened = await open(bytes);
  if (typeof opened === 'string') return { result: 'refused', reason: opened };
  const upright = opened.autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb');
  try {
    for (const { side, quality } of TRIES) {
      const sized = upright.clone().resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
      const jpeg = await sized.jpeg({ quality }).toBuffer();
      if (jpeg.length <= mostBytes) return { result: 'encoded', jpeg };
    }
  } catch {
    return { result: 'refused', reason: 'not-a-picture' }; // damaged, or too much work: the citizen takes another
  }
  return { result: 'refused', reason: 'too-large' };
}

/** One way of looking at a picture for codes. */
export interface View {
  longestSide: number;
  /** Clockwise. */
  degrees?: number;
  /** Evened out and sharpened: for blurred or dim photos. */
  enhanced?: true;
}

/** A byte of grey for every pixel. */
export interface Pixels {
  grey: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
}

export async function pixelsOf(
  bytes: Buffer,
  { longestSide, degrees, enhanced }: View,
): Promise<Pixels | 'not-a-picture' | 'too-large'> {
  const opened = await open(bytes);
  if (typeof opened === 'string') return opened;
  let view = opened
    .autoOrient()
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .greyscale();
  if (enhanced) view = view.normalise().sharpen({ sigma: 2 });
  if (degrees !== undefined) view = view.rotate(degrees, { background: '#ffffff' });
  try {
    const { data, info } = await view.extractChannel(0).raw().toBuffer({ resolveWithObject: true });
    return { grey: new Uint8Array(data), width: info.width, height: info.height };
  } catch {
    return 'not-a-picture';
  }
}

async function open(bytes: Buffer): Promise<Sharp | 'not-a-picture' | 'too-large'> {
  if (!looksLikePicture(bytes)) return 'not-a-picture';
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  try {
    const { format, width, height, pages = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (pages > 1) return 'not-a-picture';
    const most = format === 'jpeg' ? MOST_JPEG_PIXELS : MOST_OTHER_PIXELS;
    if (width * height > most) return 'too-large';
    return sharp(bytes, { limitInputPixels: most, failOn: 'error', sequentialRead: true }).timeout({
      seconds: MOST_SECONDS,
    });
  } catch {
    return 'not-a-picture';
  }
}
