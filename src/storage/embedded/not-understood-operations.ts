// What the storage threads do for messages that were not understood: SQL only. The message itself arrives sealed.
import { bytes, integer, type Row, type Sql, text } from './sql.js';

export interface NotUnderstoodWrite {
  type: 'not-understood';
  id: string;
  lane: string;
  at: number;
  keepUntil: number;
  payload: Uint8Array;
}

export interface NotUnderstoodChoiceWrite {
  type: 'not-understood-choice';
  id: string;
  chosen: string;
}

export function applyNotUnderstood(sql: Sql, write: NotUnderstoodWrite | NotUnderstoodChoiceWrite): void {
  if (write.type === 'not-understood-choice') {
    sql.run('UPDATE not_understood SET chosen = ? WHERE id = ? AND chosen IS NULL', write.chosen, write.id);
    return;
  }
  sql.run(
    'INSERT OR IGNORE INTO not_understood (id, lane, at, keep_until, payload) VALUES (?, ?, ?, ?, ?)',
    write.id,
    write.lane,
    write.at,
    write.keepUntil,
    write.payload,
  );
}

export function forgetNotUnderstood(sql: Sql, lane: string): void {
  sql.run('DELETE FROM not_understood WHERE lane = ?', lane);
}

/** Deletes at most `slice` rows whose time is over; returns how many. */
export function sweepNotUnderstood(sql: Sql, now: number, slice: number): number {
  return sql.run(
    'DELETE FROM not_understood WHERE n IN (SELECT n FROM not_understood WHERE keep_until < ? LIMIT ?)',
    now,
    slice,
  );
}

export const notUnderstoodReads = {
  notUnderstoodOf(sql: Sql, lane: string): number {
    return sql.number('SELECT count(*) FROM not_understood WHERE lane = ?', lane);
  },

  notUnderstoodRecord(sql: Sql, id: string) {
    const row = sql.get('SELECT * FROM not_understood WHERE id = ?', id);
    return row === undefined ? undefined : toRow(row);
  },

  notUnderstood(sql: Sql, { now, after, limit }: { now: number; after: number; limit: number }) {
    return sql
      .all('SELECT * FROM not_understood WHERE n > ? AND keep_until >= ? ORDER BY n LIMIT ?', after, now, limit)
      .map(toRow);
  },
};

function toRow(row: Row) {
  return {
    n: integer(row, 'n'),
    id: text(row, 'id'),
    lane: text(row, 'lane'),
    at: integer(row, 'at'),
    keepUntil: integer(row, 'keep_until'),
    payload: bytes(row, 'payload'),
    chosen: row.chosen === null ? undefined : text(row, 'chosen'),
  };
}
