// The key of an embedded deployment that was given none: made once, kept beside the data, readable by the owner alone.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from './errors.js';

export interface LocalDataKey {
  key: Buffer;
  /** True when it was made just now. */
  made: boolean;
}

/** Throws CodedError `data-key.unreadable` when the file is there and holds no key: nothing is overwritten. */
export function localDataKey(dataDir: string): LocalDataKey {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'data-key');
  const made = randomBytes(32);
  try {
    writeFileSync(file, `${made.toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
    return { key: made, made: true };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new CodedError('data-key.not-written', 'the data key cannot be written', { cause });
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new CodedError('data-key.unreadable', `${file} holds no data key`);
  chmodSync(file, 0o600);
  return { key, made: false };
}
