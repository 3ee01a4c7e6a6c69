// The bare handlers' own storage thread: one table, one row a webhook under its unique id, group commit, synced to disk before the
// answer. Written apart from the product's, as somebody without it would write it.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'libsql';

export interface BareRow {
  id: string;
  body: Uint8Array;
}

const database = new Database(workerData as string);
database.exec('PRAGMA journal_mode = WAL');
database.exec('PRAGMA synchronous = FULL');
database.exec('CREATE TABLE webhooks (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID');
const insert = database.prepare('INSERT OR IGNORE INTO webhooks (id, body) VALUES (?, ?)');

parentPort?.on('message', (rows: BareRow[]) => {
  database.exec('BEGIN IMMEDIATE');
  for (const { id, body } of rows) insert.run([id, Buffer.from(body.buffer, body.byteOffset, body.byteLength)]);
  database.exec('COMMIT');
  parentPort?.postMessage('durable');
});
