// Looks through a JPEG's segments: is it one, is it whole, does it carry metadata? Pixels are not decoded.

export type JpegVerdict = 'clean' | 'metadata' | 'not-jpeg';

const EXIF_OR_XMP = 0xe1; // APP1
const IPTC = 0xed; // APP13
const COMMENT = 0xfe;
const START_OF_SCAN = 0xda;

/** 'metadata' when an Exif, XMP, IPTC or comment segment stands before the picture data. */
export function inspectJpeg(bytes: Buffer): JpegVerdict {
  const whole = bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 && bytes.readUInt16BE(bytes.length - 2) === 0xffd9;
  if (!whole) return 'not-jpeg';
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return 'not-jpeg';
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (marker === EXIF_OR_XMP || marker === IPTC || marker === COMMENT) return 'metadata';
    if (marker === START_OF_SCAN) return 'clean';
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return 'not-jpeg';
    at += 2 + length;
  }
  return 'not-jpeg';
}
