// What the storage threads do for searching documents by words: SQL only. Words arrive as hashes (document-words.ts).
import { bytes, integer, type Sql, text } from './sql.js';

/** Documents of one millisecond that can be told apart. */
const PER_MS = 1000;

export function putWords(sql: Sql, kind: string, id: string, { at, words }: { at: number; words: number[] }): void {
  forgetWords(sql, kind, id);
  // Of many in one millisecond the later ones move into the next: the order of writing is kept.
  const first = at * PER_MS;
  const taken = sql.number('SELECT max(n) FROM searched_documents WHERE n >= ? AND n < ?', first, first + PER_MS);
  let n = taken === 0 ? first : taken + 1;
  while (sql.get('SELECT 1 FROM searched_documents WHERE n = ?', n) !== undefined) n += 1;
  sql.run('INSERT INTO searched_documents (n, kind, id, at) VALUES (?, ?, ?, ?)', n, kind, id, at);
  sql.run('INSERT INTO document_words (rowid, words) VALUES (?, ?)', n, words.map(token).join(' '));
}

export function forgetWords(sql: Sql, kind: string, id: string): void {
  const row = sql.get('SELECT n FROM searched_documents WHERE kind = ? AND id = ?', kind, id);
  if (row === undefined) return;
  const n = integer(row, 'n');
  sql.run('DELETE FROM document_words WHERE rowid = ?', n);
  sql.run('DELETE FROM searched_documents WHERE n = ?', n);
}

export const wordReads = {
  /** The latest first; `words`: of each, the marks it may have. */
  searchDocuments(
    sql: Sql,
    { words, before, limit }: { words: readonly (readonly number[])[]; before: number | null; limit: number },
  ): { n: number; id: string; lane: string; payload: Uint8Array }[] {
    const match = words.map((marks) => `(${marks.map(token).join(' OR ')})`).join(' AND ');
    const rows = sql.all(
      `SELECT s.n AS n, d.id AS id, d.lane AS lane, d.payload AS payload
         FROM (SELECT rowid FROM document_words WHERE document_words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?) AS w
         JOIN searched_documents AS s ON s.n = w.rowid
         JOIN documents AS d ON d.kind = s.kind AND d.id = s.id
         ORDER BY n DESC`,
      match,
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
    );
    return rows.map((row) => ({
      n: integer(row, 'n'),
      id: text(row, 'id'),
      lane: text(row, 'lane'),
      payload: bytes(row, 'payload'),
    }));
  },
};

function token(mark: number): string {
  return `x${mark.toString(16)}`;
}
