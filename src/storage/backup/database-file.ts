// Putting another SQLite file in the place of the embedded home's own, with nobody using either.
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Both lie in one file system. At every moment there is a whole file; when this returns it is the new one, also after a
 * power cut. What stood in the log of the old one alone goes first.
 */
export function replaceDatabase(fresh: string, file: string): void {
  sync(fresh, 'r+');
  // The log belongs to the old file and would be read into the new one.
  for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
  renameSync(fresh, file);
  // Makes the rename durable; not every system lets a folder be synced.
  if (process.platform !== 'win32') sync(dirname(file), 'r');
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
