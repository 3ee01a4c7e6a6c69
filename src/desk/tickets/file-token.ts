// The id under which an uploaded file is sent: its blob and the name that the officer gave it, which is stored nowhere else. Pure.
import type { TranscriptFile } from '../../records/transcript.js';

const LONGEST_NAME = 100;

export interface UploadedFile {
  blob: string;
  name: string;
}

export function fileToken({ blob, name }: UploadedFile): string {
  return `${blob}.${Buffer.from(name).toString('base64url')}`;
}

export function readFileToken(token: string): UploadedFile | undefined {
  const match = /^([\w-]{1,100})\.([\w-]{1,500})$/.exec(token);
  if (match === null) return undefined;
  const [, blob = '', name = ''] = match;
  return { blob, name: fileName(Buffer.from(name, 'base64url').toString(), '') };
}

/** A name without a folder, controls or what platforms and disks trip over; with this extension, which is the content's. */
export function fileName(given: string, extension: string): string {
  const plain = given
    .normalize('NFC')
    .replace(/^.*[\\/]/, '')
    .replace(/[\p{C}"<>:|?*]/gu, '')
    .trim();
  if (extension === '') return plain.slice(0, LONGEST_NAME);
  const stem = plain.replace(/\.[A-Za-z0-9]{1,5}$/, '').slice(0, LONGEST_NAME - extension.length);
  return `${stem === '' ? 'tep' : stem}${extension}`;
}

/** Kinds of files in transcripts that browsers may show in place: encoded by us, or harmless. */
export function shownInPlace(mimeType: string): boolean {
  return mimeType === 'image/jpeg' || mimeType === 'image/png';
}

export type SentKind = Extract<TranscriptFile['kind'], 'image' | 'file'>;
