// The embedded home's tables, as versioned steps. A step that was released is never changed; new ones are added.
import type { Sql } from './sql.js';

const STEPS: readonly string[] = [
  `
  -- Ids of accepted events: the unique key is the dedupe.
  CREATE TABLE seen (id TEXT PRIMARY KEY, keep_until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX seen_keep_until ON seen (keep_until);
  -- Pending events only; done ones are deleted in their commit.
  CREATE TABLE events (
    pos INTEGER PRIMARY KEY AUTOINCREMENT, part INTEGER NOT NULL, id TEXT NOT NULL, lane TEXT NOT NULL, payload BLOB NOT NULL,
    accepted_at INTEGER NOT NULL, throws INTEGER NOT NULL DEFAULT 0, deaths INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE states (lane TEXT PRIMARY KEY, payload BLOB NOT NULL, mode TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE outbox (
    id TEXT PRIMARY KEY, part INTEGER NOT NULL, lane TEXT NOT NULL, lane_seq INTEGER NOT NULL, kind TEXT NOT NULL,
    payload BLOB NOT NULL, created_at INTEGER NOT NULL, resends INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
  CREATE TABLE timers (
    lane TEXT NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL, generation INTEGER NOT NULL, due_at INTEGER NOT NULL,
    payload BLOB NOT NULL, PRIMARY KEY (lane, name)) WITHOUT ROWID;
  CREATE INDEX timers_due ON timers (part, due_at);
  CREATE TABLE echoes (lane TEXT NOT NULL, echo TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (lane, echo)) WITHOUT ROWID;
  CREATE INDEX echoes_at ON echoes (at);
  CREATE TABLE leases (name TEXT PRIMARY KEY, owner TEXT NOT NULL, epoch INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;

  CREATE TABLE contacts (lane TEXT PRIMARY KEY, lane_seq INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE dead_letters (
    n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, lane TEXT, source TEXT NOT NULL, reason TEXT NOT NULL,
    at INTEGER NOT NULL, payload BLOB NOT NULL, status TEXT NOT NULL);
  CREATE INDEX dead_letters_status ON dead_letters (status, n);
  CREATE TABLE procedures (code TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE facts (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE tokens (account TEXT PRIMARY KEY, version INTEGER NOT NULL, payload BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE hits (counter TEXT NOT NULL, hit TEXT NOT NULL, at INTEGER NOT NULL, keep_until INTEGER NOT NULL, PRIMARY KEY (counter, hit)) WITHOUT ROWID;
  CREATE INDEX hits_keep_until ON hits (keep_until);
  CREATE TABLE blobs (id TEXT PRIMARY KEY, lane TEXT NOT NULL, mime_type TEXT NOT NULL, size_bytes INTEGER NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX blobs_lane ON blobs (lane);
  `,
  `
  CREATE TABLE not_understood (
    n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, lane TEXT NOT NULL, at INTEGER NOT NULL,
    keep_until INTEGER NOT NULL, payload BLOB NOT NULL, chosen TEXT);
  CREATE INDEX not_understood_lane ON not_understood (lane);
  CREATE INDEX not_understood_keep_until ON not_understood (keep_until);
  `,
  `
  -- One row per echo, under its best key, with all its keys; or, confirmed, a key whose echo has yet to come.
  ALTER TABLE echoes ADD COLUMN keys TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE echoes ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;
  UPDATE echoes SET keys = json_array(echo);
  -- Ids of the status writes that were applied, the last ones.
  ALTER TABLE dead_letters ADD COLUMN applied TEXT NOT NULL DEFAULT '[]';
  -- Times by this machine's clock; ends_at is the earlier of the two ends.
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, idle_ms INTEGER NOT NULL,
    until INTEGER NOT NULL, ends_at INTEGER NOT NULL, payload BLOB NOT NULL) WITHOUT ROWID;
  CREATE INDEX sessions_user ON sessions (user, seen_at);
  CREATE INDEX sessions_ends_at ON sessions (ends_at);
  `,
  `
  -- Documents of all kinds. Without a payload: removed, kept for a while so that an older write cannot bring it back.
  CREATE TABLE documents (
    kind TEXT NOT NULL, id TEXT NOT NULL, lane TEXT NOT NULL, lane_seq INTEGER NOT NULL, keep_until INTEGER, payload BLOB,
    PRIMARY KEY (kind, id)) WITHOUT ROWID;
  CREATE INDEX documents_lane ON documents (lane);
  CREATE INDEX documents_keep_until ON documents (keep_until) WHERE keep_until IS NOT NULL;
  -- Under which keys each is found, per index of its kind.
  CREATE TABLE document_keys (
    kind TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, name, key)) WITHOUT ROWID;
  CREATE INDEX document_keys_id ON document_keys (kind, id);
  `,
  `
  -- Deletion on request empties the letters of a lane.
  CREATE INDEX dead_letters_lane ON dead_letters (lane) WHERE lane IS NOT NULL;
  `,
  `
  -- What can be searched for by words. n grows with its time, so that the latest are found first.
  CREATE TABLE searched_documents (
    n INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (kind, id));
  -- Its words, as hashes in hexadecimal digits.
  CREATE VIRTUAL TABLE document_words USING fts5 (words, content='', contentless_delete=1, detail=none, tokenize='ascii');
  `,
];

/** Of the tables as this program knows them. */
export const DATA_VERSION = STEPS.length;

/** Brings an older file up to date; a file from a newer program is refused. */
export function migrate(sql: Sql): void {
  const version = sql.number('PRAGMA user_version');
  if (version > STEPS.length) {
    throw Object.assign(new Error('the data was written by a newer version of this program'), {
      code: 'storage.newer-data',
    });
  }
  STEPS.slice(version).forEach((step, index) => {
    sql.transaction(() => {
      sql.exec(step);
      sql.exec(`PRAGMA user_version = ${version + index + 1}`);
    });
  });
}
