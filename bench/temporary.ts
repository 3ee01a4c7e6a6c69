// Folders for the bench's data. Beside the code, not in the system's own place: that one is often memory only, and a durable
// write there costs nothing.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './ending.js';

const HOME = fileURLToPath(new URL('../../.cache/bench/', import.meta.url));

/** Gone when the bench ends. */
export function folderOnDisk(): string {
  mkdirSync(HOME, { recursive: true });
  return temporaryFolder(HOME);
}
