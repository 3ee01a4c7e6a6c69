// Back-up and restore of the embedded home: the SQLite file as it was at one moment, and the blob files that it lists.
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, open, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CodedError } from '../../lib/errors.js';
import type { Sealer } from '../../lib/sealing.js';
import { blobPath } from '../embedded/blobs.js';
import { type FolderLock, lockFolder } from '../embedded/folder-lock.js';
import { DATA_VERSION } from '../embedded/schema.js';
import { Sql, text } from '../embedded/sql.js';
import type { Entry, Header } from './archive.js';
import { replaceDatabase } from './database-file.js';
import type { Dump, HomeBackup, Overdue, Progress, Reading, Resealed, Restoring } from './home-backup.js';
import { readFolder } from './reading-embedded.js';
import { resealFolder } from './reseal-embedded.js';
import { deleteOverdueRows, overdueRows } from './retention-embedded.js';

const DATABASE = 'mot-cua.db';
const BLOBS = 'blobs';
const LOCK = 'lock.db';
/** Where a restore gathers everything before anything takes its place. */
const HALF_RESTORED = 'restore-unfinished';
const FILE_NAME = /^(mot-cua\.db|blobs\/[0-9a-f]{2}\/[0-9a-f]{64})$/;
const PIECE_BYTES = 1024 * 1024;
const ROWS_AT_ONCE = 500;

export class EmbeddedBackup implements HomeBackup {
  readonly name = 'embedded';

  constructor(private readonly dataDir: string) {}

  /** The bot may write meanwhile: SQLite copies what one read transaction sees, and the lock is another file. */
  async dump(workFolder: string, progress: Progress): Promise<Dump> {
    const source = join(this.dataDir, DATABASE);
    if (!existsSync(source)) throw new CodedError('backup.nothing', 'DATA_DIR holds no data of a bot');
    progress('copying the database');
    const copy = join(workFolder, DATABASE);
    const live = new Sql({ file: source });
    try {
      live.run('VACUUM INTO ?', copy);
    } finally {
      live.close();
    }
    const copied = new Sql({ file: copy });
    let dataVersion: number;
    let blobs: number;
    try {
      dataVersion = copied.number('PRAGMA user_version');
      // Who was signed out since the back-up must not be signed in again by it. An older file has no sessions yet.
      if (copied.number("SELECT count(*) FROM sqlite_master WHERE name = 'sessions'") > 0)
        copied.run('DELETE FROM sessions');
      blobs = copied.number('SELECT count(*) FROM blobs');
      // One file is carried, not the log beside it.
      copied.exec('PRAGMA journal_mode = DELETE');
    } finally {
      copied.close();
    }
    progress(`${blobs} received files`);
    return {
      facts: { home: 'embedded', dataVersion },
      entries: this.entries(copy),
      close: async () => undefined,
    };
  }

  check(header: Header, { head }: Entry): void {
    if (header.dataVersion > DATA_VERSION)
      throw new CodedError('backup.newer', 'the back-up holds data of a newer version of this program');
    nameOf(head);
  }

  async beginRestore(): Promise<Restoring> {
    await mkdir(this.dataDir, { recursive: true, mode: 0o700 });
    return new EmbeddedRestoring(this.dataDir, lockFolder(join(this.dataDir, LOCK)));
  }

  async reseal(sealer: Sealer, progress: Progress): Promise<Resealed> {
    const file = join(this.dataDir, DATABASE);
    if (!existsSync(file)) throw new CodedError('backup.nothing', 'DATA_DIR holds no data of a bot');
    const lock = lockFolder(join(this.dataDir, LOCK));
    try {
      return await resealFolder({ file, blobs: join(this.dataDir, BLOBS), sealer, progress });
    } finally {
      lock.close();
    }
  }

  async overdue(now: number, remove: boolean): Promise<Overdue> {
    const file = join(this.dataDir, DATABASE);
    if (!existsSync(file)) throw new CodedError('backup.nothing', 'DATA_DIR holds no data of a bot');
    const sql = new Sql({ file });
    try {
      // An older program's file lacks tables that this one asks for.
      if (sql.number('PRAGMA user_version') !== DATA_VERSION)
        throw new CodedError(
          'retention.other-version',
          'the data is of another version: start the bot once, then try again',
        );
      return remove ? await deleteOverdueRows(sql, join(this.dataDir, BLOBS), now) : overdueRows(sql, now);
    } finally {
      sql.close();
    }
  }

  read(sealer: Sealer): Promise<Reading> {
    return readFolder(this.dataDir, sealer);
  }

  /** The files first: one that was deleted since the copy was made leaves no row without bytes behind. */
  private async *entries(copy: string): AsyncGenerator<Entry> {
    const database = new Sql({ file: copy });
    try {
      for (let after = ''; ; ) {
        const rows = database.all('SELECT id FROM blobs WHERE id > ? ORDER BY id LIMIT ?', after, ROWS_AT_ONCE);
        const ids = rows.map((row) => text(row, 'id'));
        for (const id of ids) {
          const found = yield* fileEntries(join(this.dataDir, BLOBS, blobPath(id)), `${BLOBS}/${blobPath(id)}`);
          if (!found) database.run('DELETE FROM blobs WHERE id = ?', id);
        }
        const last = ids.at(-1);
        if (last === undefined) break;
        after = last;
      }
      database.exec('PRAGMA journal_mode = DELETE');
    } finally {
      database.close();
    }
    yield* fileEntries(copy, DATABASE);
  }
}

/** Entries of the same name follow one another and make one file. False when there is none. */
async function* fileEntries(path: string, name: string): AsyncGenerator<Entry, boolean> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return false;
  try {
    for (let pieces = 0; ; pieces += 1) {
      const piece = Buffer.alloc(PIECE_BYTES);
      const { bytesRead } = await handle.read(piece, 0, PIECE_BYTES);
      if (bytesRead === 0 && pieces > 0) return true;
      yield { head: { type: 'file', name: name.split('\\').join('/') }, body: piece.subarray(0, bytesRead) };
      if (bytesRead < PIECE_BYTES) return true;
    }
  } finally {
    await handle.close();
  }
}

function nameOf(head: Entry['head']): string {
  const { type, name } = head;
  if (type !== 'file' || typeof name !== 'string' || !FILE_NAME.test(name))
    throw new CodedError('backup.unknown-entry', 'the back-up holds something that this program does not know');
  return name;
}

class EmbeddedRestoring implements Restoring {
  constructor(
    private readonly dataDir: string,
    private readonly lock: FolderLock,
  ) {}

  async occupied(): Promise<string | undefined> {
    if (existsSync(join(this.dataDir, DATABASE))) return 'DATA_DIR holds a database';
    const blobs = await readdir(join(this.dataDir, BLOBS)).catch(() => []);
    return blobs.length > 0 ? 'DATA_DIR holds received files' : undefined;
  }

  /**
   * Everything is gathered and checked beside the old data; the database's rename is the moment from which the new data
   * counts. Broken off before it, the old data is what it was; after it, files too many are left, which nobody reads.
   */
  async replaceAll(_header: Header, entries: AsyncIterable<Entry>, progress: Progress): Promise<void> {
    const half = join(this.dataDir, HALF_RESTORED);
    rmSync(half, { recursive: true, force: true });
    await mkdir(half, { mode: 0o700 });
    const blobs = await unpack(entries, half, progress);
    progress('checking the database');
    checkDatabase(join(half, DATABASE));
    for (const path of blobs) {
      const place = join(this.dataDir, BLOBS, path);
      await mkdir(dirname(place), { recursive: true });
      await rename(join(half, BLOBS, path), place);
    }
    replaceDatabase(join(half, DATABASE), join(this.dataDir, DATABASE));
    removeOthers(join(this.dataDir, BLOBS), blobs);
    rmSync(half, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    this.lock.close();
  }
}

/** Returns the blobs' paths below their folder. */
async function unpack(entries: AsyncIterable<Entry>, folder: string, progress: Progress): Promise<Set<string>> {
  const blobs = new Set<string>();
  let current: { name: string; file: number } | undefined;
  const finish = () => {
    if (current === undefined) return;
    fsyncSync(current.file);
    closeSync(current.file);
    current = undefined;
  };
  try {
    for await (const { head, body } of entries) {
      const name = nameOf(head);
      if (current?.name !== name) {
        finish();
        const path = join(folder, name);
        await mkdir(dirname(path), { recursive: true });
        current = { name, file: openSync(path, 'wx', 0o600) };
        if (name !== DATABASE) blobs.add(name.slice(BLOBS.length + 1));
        progress(name === DATABASE ? 'unpacking the database' : `${blobs.size} received files`);
      }
      writeFileSync(current.file, body);
    }
  } finally {
    finish();
  }
  return blobs;
}

function checkDatabase(file: string): void {
  const sql = new Sql({ file });
  try {
    const row = sql.get('PRAGMA quick_check') ?? {};
    if (Object.values(row)[0] !== 'ok')
      throw new CodedError('backup.damaged', 'the database in the back-up is damaged: nothing was replaced');
    sql.exec('PRAGMA journal_mode = DELETE');
  } finally {
    sql.close();
  }
}

function removeOthers(folder: string, kept: ReadonlySet<string>): void {
  if (!existsSync(folder)) return;
  for (const part of readdirSync(folder)) {
    for (const name of readdirSync(join(folder, part))) {
      if (!kept.has(`${part}/${name}`)) rmSync(join(folder, part, name), { force: true });
    }
  }
}
