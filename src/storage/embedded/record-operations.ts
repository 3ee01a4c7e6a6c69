// What the storage threads do for records, counters, tokens and the list of blobs: SQL only.
import {
  applyDocument,
  type DocumentRowWrite,
  documentReads,
  type ForgetDocumentsWrite,
  forgetDocuments,
} from './document-operations.js';
import {
  applyNotUnderstood,
  forgetNotUnderstood,
  type NotUnderstoodChoiceWrite,
  type NotUnderstoodWrite,
  notUnderstoodReads,
} from './not-understood-operations.js';
import { bytes, integer, type Row, type Sql, text } from './sql.js';

export interface ContactWrite {
  type: 'contact';
  lane: string;
  laneSeq: number;
  /** JSON merge patch; null forgets the contact. */
  patch: string | null;
}

export interface DeadLetterWrite {
  type: 'dead-letter';
  id: string;
  lane: string | null;
  source: string;
  reason: string;
  at: number;
  payload: Uint8Array;
}

export interface DeadLetterStatusWrite {
  type: 'dead-letter-status';
  /** Idempotency key of the write. */
  write: string;
  id: string;
  status: string;
}

export type RecordRowWrite =
  | ContactWrite
  | DeadLetterWrite
  | DeadLetterStatusWrite
  | DocumentRowWrite
  | ForgetDocumentsWrite
  | NotUnderstoodWrite
  | NotUnderstoodChoiceWrite;

export const recordWrites = {
  applyRecords(sql: Sql, writes: readonly RecordRowWrite[]): void {
    for (const write of writes) applyRecord(sql, write);
  },

  changeProcedures(
    sql: Sql,
    change: { items: readonly { code: string; body: string }[]; removed: readonly string[]; sync: string },
  ): void {
    for (const { code, body } of change.items)
      sql.run('INSERT OR REPLACE INTO procedures (code, body) VALUES (?, ?)', code, body);
    for (const code of change.removed) sql.run('DELETE FROM procedures WHERE code = ?', code);
    sql.run("INSERT OR REPLACE INTO facts (name, body) VALUES ('catalogue-sync', ?)", change.sync);
  },

  saveTokens(
    sql: Sql,
    { account, payload, expected }: { account: string; payload: Uint8Array; expected: number },
  ): boolean {
    const version = sql.number('SELECT max(version) FROM tokens WHERE account = ?', account);
    if (version !== expected) return false;
    sql.run(
      'INSERT OR REPLACE INTO tokens (account, version, payload) VALUES (?, ?, ?)',
      account,
      version + 1,
      payload,
    );
    return true;
  },

  takeHit(sql: Sql, take: { counter: string; hit: string; now: number; windowMs: number; limit: number }) {
    const known = sql.number('SELECT count(*) FROM hits WHERE counter = ? AND hit = ?', take.counter, take.hit) > 0;
    const count = countHits(sql, take);
    if (!known && count >= take.limit) return { allowed: false, count, oldest: oldestHit(sql, take) };
    if (!known) {
      const values = [take.counter, take.hit, take.now, take.now + take.windowMs] as const;
      sql.run('INSERT INTO hits (counter, hit, at, keep_until) VALUES (?, ?, ?, ?)', ...values);
    }
    return { allowed: true, count: known ? count : count + 1, oldest: 0 };
  },

  giveBackHit(sql: Sql, { counter, hit }: { counter: string; hit: string }): void {
    sql.run('DELETE FROM hits WHERE counter = ? AND hit = ?', counter, hit);
  },

  addBlob(sql: Sql, blob: { id: string; lane: string; mimeType: string; sizeBytes: number; createdAt: number }): void {
    sql.run(
      'INSERT OR IGNORE INTO blobs (id, lane, mime_type, size_bytes, created_at) VALUES (?, ?, ?, ?, ?)',
      blob.id,
      blob.lane,
      blob.mimeType,
      blob.sizeBytes,
      blob.createdAt,
    );
  },

  dropBlob(sql: Sql, id: string): void {
    sql.run('DELETE FROM blobs WHERE id = ?', id);
  },
};

function applyRecord(sql: Sql, write: RecordRowWrite): void {
  switch (write.type) {
    case 'contact':
      // A write not newer than the row has been applied before.
      sql.run(
        `INSERT INTO contacts (lane, lane_seq, body) VALUES (?1, ?2, json_patch('{}', ?3))
         ON CONFLICT (lane) DO UPDATE SET lane_seq = ?2, body = json_patch(CASE WHEN ?4 THEN '{}' ELSE body END, ?3) WHERE lane_seq < ?2`,
        write.lane,
        write.laneSeq,
        write.patch ?? '{}',
        write.patch === null ? 1 : 0,
      );
      if (write.patch === null) {
        forgetNotUnderstood(sql, write.lane);
        forgetLetters(sql, write.lane);
      }
      return;
    case 'document':
      applyDocument(sql, write);
      return;
    case 'forget-documents':
      forgetDocuments(sql, write);
      return;
    case 'not-understood':
    case 'not-understood-choice':
      applyNotUnderstood(sql, write);
      return;
    case 'dead-letter':
      sql.run(
        "INSERT OR IGNORE INTO dead_letters (id, lane, source, reason, at, payload, status) VALUES (?, ?, ?, ?, ?, ?, 'open')",
        write.id,
        write.lane,
        write.source,
        write.reason,
        write.at,
        write.payload,
      );
      return;
    case 'dead-letter-status':
      applyStatus(sql, write);
      return;
  }
}

/** That something failed stays; what it was does not, so it cannot be replayed either. */
function forgetLetters(sql: Sql, lane: string): void {
  sql.run(
    "UPDATE dead_letters SET payload = x'', status = CASE status WHEN 'open' THEN 'dropped' ELSE status END WHERE lane = ?",
    lane,
  );
}

/** More than staff ever change one letter; a repeat comes within minutes of its first time. */
const KEPT_STATUS_WRITES = 20;

/** A write that was applied before changes nothing, whatever came after it. */
function applyStatus(sql: Sql, { write, id, status }: DeadLetterStatusWrite): void {
  const row = sql.get('SELECT applied FROM dead_letters WHERE id = ?', id);
  if (row === undefined) return;
  const applied = JSON.parse(text(row, 'applied')) as string[];
  if (applied.includes(write)) return;
  const kept = JSON.stringify([...applied, write].slice(-KEPT_STATUS_WRITES));
  sql.run('UPDATE dead_letters SET status = ?, applied = ? WHERE id = ?', status, kept, id);
}

interface HitWindow {
  counter: string;
  now: number;
  windowMs: number;
}

function countHits(sql: Sql, { counter, now, windowMs }: HitWindow): number {
  return sql.number('SELECT count(*) FROM hits WHERE counter = ? AND at > ?', counter, now - windowMs);
}

function oldestHit(sql: Sql, { counter, now, windowMs }: HitWindow): number {
  return sql.number('SELECT min(at) FROM hits WHERE counter = ? AND at > ?', counter, now - windowMs);
}

function toDeadLetter(row: Row) {
  return {
    n: integer(row, 'n'),
    id: text(row, 'id'),
    lane: row.lane === null ? undefined : text(row, 'lane'),
    source: text(row, 'source'),
    reason: text(row, 'reason'),
    at: integer(row, 'at'),
    payload: bytes(row, 'payload'),
    status: text(row, 'status'),
  };
}

export const recordReads = {
  ...notUnderstoodReads,
  ...documentReads,

  contact(sql: Sql, lane: string): string | undefined {
    const row = sql.get('SELECT body FROM contacts WHERE lane = ?', lane);
    return row === undefined ? undefined : text(row, 'body');
  },

  deadLetter(sql: Sql, id: string) {
    const row = sql.get('SELECT * FROM dead_letters WHERE id = ?', id);
    return row === undefined ? undefined : toDeadLetter(row);
  },

  deadLetters(sql: Sql, { status, after, limit }: { status: string | null; after: number; limit: number }) {
    const rows =
      status === null
        ? sql.all('SELECT * FROM dead_letters WHERE n > ? ORDER BY n LIMIT ?', after, limit)
        : sql.all('SELECT * FROM dead_letters WHERE status = ? AND n > ? ORDER BY n LIMIT ?', status, after, limit);
    return rows.map(toDeadLetter);
  },

  procedures(sql: Sql, { after, limit }: { after: string; limit: number }): { code: string; body: string }[] {
    return sql
      .all('SELECT code, body FROM procedures WHERE code > ? ORDER BY code LIMIT ?', after, limit)
      .map((row) => ({ code: text(row, 'code'), body: text(row, 'body') }));
  },

  syncState(sql: Sql): string | undefined {
    const sync = sql.get("SELECT body FROM facts WHERE name = 'catalogue-sync'");
    return sync === undefined ? undefined : text(sync, 'body');
  },

  tokens(sql: Sql, account: string): { version: number; payload: Buffer } | undefined {
    const row = sql.get('SELECT version, payload FROM tokens WHERE account = ?', account);
    return row === undefined ? undefined : { version: integer(row, 'version'), payload: bytes(row, 'payload') };
  },

  peekHits(sql: Sql, window: HitWindow): { count: number; oldest: number } {
    return { count: countHits(sql, window), oldest: oldestHit(sql, window) };
  },

  blob(sql: Sql, id: string) {
    const row = sql.get('SELECT * FROM blobs WHERE id = ?', id);
    return row === undefined ? undefined : toBlob(row);
  },

  blobsOfLane(sql: Sql, { lane, upTo }: { lane: string; upTo: number }): string[] {
    const rows = sql.all('SELECT id FROM blobs WHERE lane = ? AND created_at <= ?', lane, upTo);
    return rows.map((row) => text(row, 'id'));
  },
};

function toBlob(row: Row) {
  return {
    id: text(row, 'id'),
    lane: text(row, 'lane'),
    mimeType: text(row, 'mime_type'),
    sizeBytes: integer(row, 'size_bytes'),
    createdAt: integer(row, 'created_at'),
  };
}
