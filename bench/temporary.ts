// Folders for the bench's data, gone when it ends. Beside the code, not in the system's own: that one is often memory only, and a
// durable write there costs nothing.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('../../.cache/bench/', import.meta.url));
const made: string[] = [];

export function temporaryFolder(): string {
  mkdirSync(HOME, { recursive: true });
  const folder = mkdtempSync(join(HOME, 'run-'));
  made.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
