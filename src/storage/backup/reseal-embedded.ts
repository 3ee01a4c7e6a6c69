// Sealing the embedded home anew, table by table in bounded slices, with the bot stopped. Broken off, it goes on where
// older keys are still found.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Sealer } from '../../lib/sealing.js';
import { DOCUMENT_KINDS } from '../../records/kinds.js';
import { sealedAs } from '../../turns/codec.js';
import { documentSealedAs } from '../document-sealing.js';
import { tokensSealedAs } from '../embedded/account-tokens.js';
import { blobPath, blobSealedAs } from '../embedded/blobs.js';
import { bytes, type Row, Sql, type SqlValue, text } from '../embedded/sql.js';
import { putWords } from '../embedded/word-operations.js';
import { notUnderstoodSealedAs } from '../not-understood-sealing.js';
import { sessionSealedAs } from '../session-sealing.js';
import { replaceDatabase } from './database-file.js';
import type { Progress, Resealed } from './home-backup.js';
import { ResealCount, Resealing, type ResealOutcome } from './resealing.js';

interface SealedTable {
  table: string;
  kind: string;
  /** The primary key. */
  key: readonly string[];
  reseal(resealing: Resealing, sealed: Buffer, row: Row): ResealOutcome;
  /** What else goes by the key. */
  also?(sql: Sql, resealing: Resealing, row: Row, sealed: Buffer): void;
}

const SEARCHED = new Map(
  DOCUMENT_KINDS.filter(({ searched }) => searched !== undefined).map((kind) => [kind.name, kind]),
);

/** Every table with a column `payload`: all that is sealed in the database. */
export const SEALED_TABLES: readonly SealedTable[] = [
  {
    table: 'events',
    kind: 'events',
    key: ['pos'],
    reseal: (resealing, sealed, row) => resealing.value(sealed, sealedAs.event(text(row, 'id'))),
  },
  {
    table: 'states',
    kind: 'states',
    key: ['lane'],
    reseal: (resealing, sealed, row) => resealing.value(sealed, sealedAs.state(text(row, 'lane'))),
  },
  {
    table: 'outbox',
    kind: 'outbox items',
    key: ['id'],
    reseal: (resealing, sealed, row) => resealing.item(sealed, text(row, 'id')),
  },
  {
    table: 'timers',
    kind: 'timers',
    key: ['lane', 'name'],
    reseal: (resealing, sealed, row) => resealing.value(sealed, sealedAs.timer(text(row, 'lane'), text(row, 'name'))),
  },
  {
    table: 'tokens',
    kind: 'tokens',
    key: ['account'],
    reseal: (resealing, sealed, row) => resealing.value(sealed, tokensSealedAs(text(row, 'account'))),
  },
  {
    table: 'dead_letters',
    kind: 'dead letters',
    key: ['n'],
    reseal: (resealing, sealed, row) => resealing.letter(sealed, text(row, 'id')),
  },
  {
    table: 'not_understood',
    kind: 'messages not understood',
    key: ['n'],
    reseal: (resealing, sealed, row) => resealing.value(sealed, notUnderstoodSealedAs(text(row, 'id'))),
  },
  {
    table: 'sessions',
    kind: 'sessions of staff',
    key: ['id'],
    reseal: (resealing, sealed, row) => resealing.value(sealed, sessionSealedAs(text(row, 'id'))),
  },
  {
    table: 'documents',
    kind: 'documents',
    key: ['kind', 'id'],
    reseal: (resealing, sealed, row) => resealing.value(sealed, documentSealedAs(text(row, 'kind'), text(row, 'id'))),
    also(sql, resealing, row, sealed) {
      const id = text(row, 'id');
      const kind = SEARCHED.get(text(row, 'kind'));
      const words = kind === undefined ? undefined : resealing.wordsOf(kind, id, sealed);
      if (kind !== undefined && words !== undefined) putWords(sql, kind.name, id, words);
    },
  },
];

const ROWS_AT_ONCE = 500;

interface FolderParts {
  /** The database. */
  file: string;
  /** The folder of blobs. */
  blobs: string;
  sealer: Sealer;
  progress: Progress;
}

/** The caller holds the folder's lock: nobody else writes. */
export async function resealFolder({ file, blobs, sealer, progress }: FolderParts): Promise<Resealed> {
  const resealing = new Resealing(sealer);
  const count = new ResealCount();
  const fresh = `${file}.resealed`;
  const sql = new Sql({ file });
  try {
    for (const sealed of SEALED_TABLES) await resealTable(sql, sealed, resealing, count, progress);
    await resealBlobs(sql, blobs, resealing, count, progress);
    if (count.resealed > 0) {
      progress('writing the database anew');
      rmSync(fresh, { force: true });
      sql.run('VACUUM INTO ?', fresh);
    }
  } finally {
    sql.close();
  }
  // In the old file what was replaced now, and what was deleted long ago, leaves its bytes behind.
  if (count.resealed > 0) replaceDatabase(fresh, file);
  return count;
}

async function resealTable(
  sql: Sql,
  { table, kind, key, reseal, also }: SealedTable,
  resealing: Resealing,
  count: ResealCount,
  progress: Progress,
): Promise<void> {
  const names = key.join(', ');
  const marks = key.map(() => '?').join(', ');
  const values = (row: Row) => key.map((name) => row[name] as SqlValue);
  const replace = `UPDATE ${table} SET payload = ? WHERE (${names}) = (${marks})`;
  let after: SqlValue[] = [];
  for (;;) {
    const where = after.length === 0 ? '' : `WHERE (${names}) > (${marks})`;
    const rows = sql.all(`SELECT * FROM ${table} ${where} ORDER BY ${names} LIMIT ${ROWS_AT_ONCE}`, ...after);
    sql.transaction(() => {
      for (const row of rows) {
        if (row.payload === null) continue;
        const outcome = reseal(resealing, bytes(row, 'payload'), row);
        if (outcome === 'unreadable') count.addUnreadable(kind);
        if (!Buffer.isBuffer(outcome)) continue;
        sql.run(replace, outcome, ...values(row));
        also?.(sql, resealing, row, outcome);
        count.resealed += 1;
      }
    });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = values(last);
    progress(`${kind}: ${count.resealed} values sealed anew so far`);
    // The driver gives memory back between rounds of the event loop only.
    await setImmediate();
  }
}

async function resealBlobs(
  sql: Sql,
  folder: string,
  resealing: Resealing,
  count: ResealCount,
  progress: Progress,
): Promise<void> {
  for (let after = ''; ; ) {
    const rows = sql.all('SELECT id FROM blobs WHERE id > ? ORDER BY id LIMIT ?', after, ROWS_AT_ONCE);
    for (const row of rows) {
      const id = text(row, 'id');
      const path = join(folder, blobPath(id));
      const outcome = existsSync(path) ? resealing.value(readFileSync(path), blobSealedAs(id)) : 'unreadable';
      if (outcome === 'unreadable') count.addUnreadable('received files');
      if (!Buffer.isBuffer(outcome)) continue;
      replaceFile(path, outcome);
      count.resealed += 1;
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = text(last, 'id');
    progress(`received files: ${count.resealed} values sealed anew so far`);
    await setImmediate();
  }
}

/** Whole or not at all. */
function replaceFile(path: string, content: Buffer): void {
  const half = `${path}.part`;
  const file = openSync(half, 'w', 0o600);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(half, path);
}
