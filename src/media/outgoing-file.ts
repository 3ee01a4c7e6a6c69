// What staff want to send a citizen, made fit for it: pictures encoded anew without their metadata, PDF files told by their bytes.
// Nothing else is taken. Where it is kept is the caller's business.
import type { OwnFile } from '../channels/activity.js';
import { fileLimits } from '../channels/file-limits.js';
import type { ChannelName } from '../lib/ids.js';
import { encodePicture, looksLikePicture } from './encode.js';

/** Largest file that any platform takes: more need not be read. */
export const MOST_UPLOAD_BYTES = 20 * 1024 * 1024;

export type OutgoingFile =
  | { result: 'ready'; file: Omit<OwnFile, 'blob'>; bytes: Buffer }
  /** `type`: neither a picture nor a PDF; `too-large`: for this platform, in bytes or pixels. */
  | { result: 'refused'; reason: 'type' | 'too-large' };

/** `name`: as the officer's machine called it; may be anything. */
export async function prepareOutgoing(channel: ChannelName, name: string, bytes: Buffer): Promise<OutgoingFile> {
  const { imageBytes, fileBytes } = fileLimits(channel);
  if (bytes.length > MOST_UPLOAD_BYTES) return { result: 'refused', reason: 'too-large' };
  if (looksLikePicture(bytes)) {
    const encoded = await encodePicture(bytes, imageBytes);
    if (encoded.result === 'refused')
      return { result: 'refused', reason: encoded.reason === 'too-large' ? 'too-large' : 'type' };
    const file = { kind: 'image', name: named(name, 'jpg'), mimeType: 'image/jpeg' } as const;
    return { result: 'ready', file, bytes: encoded.jpeg };
  }
  if (!isPdf(bytes)) return { result: 'refused', reason: 'type' };
  if (bytes.length > fileBytes) return { result: 'refused', reason: 'too-large' };
  const file = { kind: 'file', name: named(name, 'pdf'), mimeType: 'application/pdf' } as const;
  return { result: 'ready', file, bytes };
}

/** From the first byte to the end mark in the last kilobyte (ISO 32000-1, 7.5.2 and 7.5.5): nothing else stands before it. */
function isPdf(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 5) === '%PDF-' && bytes.subarray(-1024).includes('%%EOF');
}

const LONGEST_NAME = 80;

/** Without folders, control characters and its own extension, which is the one of what the file is. */
function named(name: string, extension: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .replace(/[\p{C}<>:"|?*]/gu, ' ')
    .replace(/\.[^.]{1,8}$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const short = [...stem].slice(0, LONGEST_NAME).join('').trim();
  return `${short === '' ? 'tep' : short}.${extension}`;
}
