// What the storage threads do for sessions of staff: SQL only. A row is as it was written: who asks leaves out what has ended.
import { bytes, integer, type Row, type Sql, text } from './sql.js';

export interface SessionRow {
  id: string;
  user: string;
  createdAt: number;
  seenAt: number;
  endsAt: number;
  payload: Buffer;
}

interface Create {
  id: string;
  user: string;
  now: number;
  idleMs: number;
  absoluteMs: number;
  payload: Uint8Array;
  /** Sessions the user may have, this one included. */
  most: number;
}

export const sessionWrites = {
  /** False when the id is there. Forgets what ended, and of the user's sessions those seen longest ago beyond `most`. */
  createSession(sql: Sql, { id, user, now, idleMs, absoluteMs, payload, most }: Create): boolean {
    sql.run('DELETE FROM sessions WHERE ends_at <= ?', now);
    const until = now + absoluteMs;
    const fresh = sql.run(
      'INSERT OR IGNORE INTO sessions (id, user, created_at, seen_at, idle_ms, until, ends_at, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ...[id, user, now, now, idleMs, until, Math.min(now + idleMs, until), payload],
    );
    if (fresh === 0) return false;
    sql.run(
      `DELETE FROM sessions WHERE id IN
         (SELECT id FROM sessions WHERE user = ?1 AND id <> ?2 ORDER BY seen_at DESC, id LIMIT -1 OFFSET ?3)`,
      user,
      id,
      most - 1,
    );
    return true;
  },

  touchSession(
    sql: Sql,
    { id, now, payload }: { id: string; now: number; payload: Uint8Array | null },
  ): SessionRow | undefined {
    const row = sql.get(
      `UPDATE sessions SET seen_at = ?2, ends_at = min(?2 + idle_ms, until), payload = coalesce(?3, payload)
         WHERE id = ?1 AND ends_at > ?2 RETURNING *`,
      id,
      now,
      payload,
    );
    return row === undefined ? undefined : toSession(row);
  },

  endSession(sql: Sql, { id, now }: { id: string; now: number }): boolean {
    const alive = sql.number('SELECT count(*) FROM sessions WHERE id = ? AND ends_at > ?', id, now) > 0;
    sql.run('DELETE FROM sessions WHERE id = ?', id);
    return alive;
  },

  endSessionsOf(sql: Sql, { user, except, now }: { user: string; except: string; now: number }): number {
    sql.run('DELETE FROM sessions WHERE ends_at <= ?', now);
    return sql.run('DELETE FROM sessions WHERE user = ? AND id <> ?', user, except);
  },
};

export const sessionReads = {
  session(sql: Sql, { id, now }: { id: string; now: number }): SessionRow | undefined {
    const row = sql.get('SELECT * FROM sessions WHERE id = ? AND ends_at > ?', id, now);
    return row === undefined ? undefined : toSession(row);
  },

  sessionsOf(sql: Sql, { user, now }: { user: string; now: number }): SessionRow[] {
    return sql
      .all('SELECT * FROM sessions WHERE user = ? AND ends_at > ? ORDER BY seen_at DESC, id', user, now)
      .map(toSession);
  },
};

function toSession(row: Row): SessionRow {
  return {
    id: text(row, 'id'),
    user: text(row, 'user'),
    createdAt: integer(row, 'created_at'),
    seenAt: integer(row, 'seen_at'),
    endsAt: integer(row, 'ends_at'),
    payload: bytes(row, 'payload'),
  };
}
