// What the storage threads do for documents: SQL only. Bodies arrive sealed, keys ready for comparing (document-keys.ts).

import { bytes, type Row, type Sql, text } from './sql.js';
import { forgetWords, putWords } from './word-operations.js';

export interface DocumentRowWrite {
  type: 'document';
  kind: string;
  id: string;
  lane: string;
  laneSeq: number;
  keys: Record<string, string>;
  words: { at: number; words: number[] } | null;
  keepUntil: number | null;
  /** Null leaves only the number, so that an older write cannot bring the document back. */
  payload: Uint8Array | null;
}

export interface ForgetDocumentsWrite {
  type: 'forget-documents';
  lane: string;
  laneSeq: number;
  /** Kinds that stay. */
  staying: readonly string[];
  keepUntil: number;
}

export interface DocumentRow {
  id: string;
  lane: string;
  payload: Uint8Array;
  key: string;
}

export function applyDocument(sql: Sql, write: DocumentRowWrite): void {
  const { kind, id, lane, laneSeq, keepUntil, payload } = write;
  const changed = sql.run(
    `INSERT INTO documents (kind, id, lane, lane_seq, keep_until, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
     ON CONFLICT (kind, id) DO UPDATE SET lane_seq = ?4, keep_until = ?5, payload = ?6 WHERE lane = ?3 AND lane_seq < ?4`,
    kind,
    id,
    lane,
    laneSeq,
    keepUntil,
    payload,
  );
  if (changed === 0) return;
  sql.run('DELETE FROM document_keys WHERE kind = ? AND id = ?', kind, id);
  for (const [name, key] of Object.entries(write.keys))
    sql.run('INSERT INTO document_keys (kind, name, key, id) VALUES (?, ?, ?, ?)', kind, name, key, id);
  if (write.words === null) forgetWords(sql, kind, id);
  else putWords(sql, kind, id, write.words);
}

export function forgetDocuments(sql: Sql, { lane, laneSeq, staying, keepUntil }: ForgetDocumentsWrite): void {
  for (const row of sql.all('SELECT kind, id FROM documents WHERE lane = ?', lane)) {
    const [kind, id] = [text(row, 'kind'), text(row, 'id')];
    if (staying.includes(kind)) continue;
    applyDocument(sql, { type: 'document', kind, id, lane, laneSeq, keys: {}, words: null, keepUntil, payload: null });
  }
}

/** Deletes at most `slice` documents whose time is over; returns how many. */
export function sweepDocuments(sql: Sql, now: number, slice: number): number {
  const over = sql.all('SELECT kind, id FROM documents WHERE keep_until < ? LIMIT ?', now, slice);
  for (const row of over) deleteDocument(sql, text(row, 'kind'), text(row, 'id'));
  return over.length;
}

export function deleteDocument(sql: Sql, kind: string, id: string): void {
  sql.run('DELETE FROM document_keys WHERE kind = ? AND id = ?', kind, id);
  forgetWords(sql, kind, id);
  sql.run('DELETE FROM documents WHERE kind = ? AND id = ?', kind, id);
}

interface Range {
  kind: string;
  name: string;
  from: string;
  to: string;
}

export const documentReads = {
  document(sql: Sql, { kind, id }: { kind: string; id: string }): DocumentRow | undefined {
    const row = sql.get(
      "SELECT id, lane, payload, '' AS key FROM documents WHERE kind = ? AND id = ? AND payload IS NOT NULL",
      kind,
      id,
    );
    return row === undefined ? undefined : toRow(row);
  },

  /** `from` is left out when it is the last key of the page before (`beyond`), and so is `to`, always. */
  documents(
    sql: Sql,
    { kind, name, from, to, order, beyond, limit }: Range & { order: 'up' | 'down'; beyond: boolean; limit: number },
  ): DocumentRow[] {
    const rows = sql.all(
      `SELECT k.key AS key, d.id AS id, d.lane AS lane, d.payload AS payload
         FROM document_keys AS k JOIN documents AS d ON d.kind = k.kind AND d.id = k.id
         WHERE k.kind = ? AND k.name = ? AND k.key ${beyond ? '>' : '>='} ? AND k.key < ?
         ORDER BY k.key ${order === 'up' ? 'ASC' : 'DESC'} LIMIT ?`,
      kind,
      name,
      from,
      to,
      limit,
    );
    return rows.map(toRow);
  },

  countDocuments(sql: Sql, { kind, name, from, to, most }: Range & { most: number }): number {
    return sql.number(
      'SELECT count(*) FROM (SELECT 1 FROM document_keys WHERE kind = ? AND name = ? AND key >= ? AND key < ? LIMIT ?)',
      kind,
      name,
      from,
      to,
      most,
    );
  },
};

function toRow(row: Row): DocumentRow {
  return { id: text(row, 'id'), lane: text(row, 'lane'), payload: bytes(row, 'payload'), key: text(row, 'key') };
}
