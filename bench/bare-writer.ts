// The bare handlers' own storage thread: the same durable write as the product's (an id that is kept, an event that waits), group
// commit, synced to disk before the answer. Written apart from the product's, as somebody without it would write it.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'libsql';

export interface BareRow {
  id: string;
  user: string;
  body: Uint8Array;
}

const KEPT_MS = 72 * 3_600_000;

const database = new Database(workerData as string);
database.exec('PRAGMA journal_mode = WAL');
database.exec('PRAGMA synchronous = FULL');
database.exec('CREATE TABLE seen (id TEXT PRIMARY KEY, keep_until INTEGER NOT NULL) WITHOUT ROWID');
database.exec('CREATE INDEX seen_keep_until ON seen (keep_until)');
database.exec(
  'CREATE TABLE events (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, user TEXT NOT NULL, body BLOB NOT NULL, at INTEGER NOT NULL)',
);
const see = database.prepare('INSERT OR IGNORE INTO seen (id, keep_until) VALUES (?, ?)');
const add = database.prepare('INSERT INTO events (id, user, body, at) VALUES (?, ?, ?, ?)');

parentPort?.on('message', (rows: BareRow[]) => {
  const now = Date.now();
  database.exec('BEGIN IMMEDIATE');
  for (const { id, user, body } of rows) {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    if (see.run([id, now + KEPT_MS]).changes > 0) add.run([id, user, bytes, now]);
  }
  database.exec('COMMIT');
  parentPort?.postMessage('durable');
});
