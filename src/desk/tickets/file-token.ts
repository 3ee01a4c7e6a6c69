// The id under which an uploaded file is sent: its blob, and the name that it got then, which is stored nowhere else. Pure.
import type { OwnFile } from '../../channels/activity.js';

export type UploadedFile = Pick<OwnFile, 'blob' | 'name'>;

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/jpeg': '.jpg', 'application/pdf': '.pdf' };

export function fileToken({ blob, name }: UploadedFile): string {
  return `${blob}.${Buffer.from(name).toString('base64url')}`;
}

/** Undefined for what is none of ours. What it names is still to be looked for. */
export function readFileToken(token: string): UploadedFile | undefined {
  const match = /^([\w-]{1,100})\.([\w-]{1,480})$/.exec(token);
  if (match === null) return undefined;
  const [, blob = '', encoded = ''] = match;
  const name = Buffer.from(encoded, 'base64url').toString();
  return /^[^\p{C}/\\<>:"|?*\uFFFD]{1,120}$/u.test(name) ? { blob, name } : undefined;
}

/** A file goes out under the extension of what it is. */
export function fitsType(name: string, mimeType: string): boolean {
  const extension = EXTENSIONS[mimeType];
  return extension !== undefined && name.endsWith(extension);
}
