// The lock on DATA_DIR: one process at a time. The kernel drops it with the process, also after kill -9.
import Database from 'libsql';
import { CodedError } from '../../lib/errors.js';

export interface FolderLock {
  close(): void;
}

/** Held until it is closed. Throws CodedError `storage.locked` while another process, or another thread, holds it. */
export function lockFolder(file: string): FolderLock {
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new CodedError('storage.locked', 'another process uses this data folder', { cause });
  }
  return lock;
}
