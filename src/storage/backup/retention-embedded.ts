// What the embedded home keeps longer than its time: counting it by class, and deleting it in small slices, beside a bot that
// runs or without one. Documents and what was not understood the bot deletes by itself; the rest goes by this alone.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DAY } from '../../lib/clock.js';
import { CHAT_FILE } from '../../records/blobs.js';
import { RETENTION } from '../../records/retention.js';
import { blobPath } from '../embedded/blobs.js';
import { deleteDocument } from '../embedded/document-operations.js';
import { type Sql, text } from '../embedded/sql.js';
import type { Overdue } from './home-backup.js';

const SLICE = 200;

export function overdueRows(sql: Sql, now: number): Overdue {
  const overdue: Overdue = new Map();
  const note = (name: string, count: number) => void (count > 0 && overdue.set(name, count));
  const documents = sql.all(
    'SELECT kind, count(*) AS n FROM documents WHERE keep_until < ? AND payload IS NOT NULL GROUP BY kind ORDER BY kind',
    now,
  );
  for (const row of documents) note(text(row, 'kind'), Number(row.n));
  note('not-understood', sql.number('SELECT count(*) FROM not_understood WHERE keep_until < ?', now));
  note('dead-letter', sql.number('SELECT count(*) FROM dead_letters WHERE at < ?', startOf('dead-letter', now)));
  for (const { name, among, before } of overdueBlobs(now))
    note(name, sql.number(`SELECT count(*) FROM blobs WHERE created_at < ? AND ${among}`, before));
  return overdue;
}

/** The classes that are blobs, told by their ids. */
function overdueBlobs(now: number) {
  const chat = `substr(id, 1, ${CHAT_FILE.length}) = '${CHAT_FILE}'`;
  return [
    { name: 'chat-file', among: chat, before: startOf('chat-file', now) },
    { name: 'picture', among: `NOT ${chat}`, before: startOf('picture', now) },
  ] as const;
}

export async function deleteOverdueRows(sql: Sql, blobs: string, now: number): Promise<Overdue> {
  const overdue = overdueRows(sql, now);
  await inSlices(() => {
    const over = sql.all('SELECT kind, id FROM documents WHERE keep_until < ? LIMIT ?', now, SLICE);
    for (const row of over) {
      deleteDocument(sql, text(row, 'kind'), text(row, 'id'));
    }
    return over.length;
  }, sql);
  const some = (table: string, condition: string, before: number) =>
    inSlices(
      () =>
        sql.run(
          `DELETE FROM ${table} WHERE n IN (SELECT n FROM ${table} WHERE ${condition} < ? LIMIT ?)`,
          before,
          SLICE,
        ),
      sql,
    );
  await some('not_understood', 'keep_until', now);
  await some('dead_letters', 'at', startOf('dead-letter', now));
  for (const { among, before } of overdueBlobs(now))
    await inSlices(() => {
      const over = sql.all(`SELECT id FROM blobs WHERE created_at < ? AND ${among} LIMIT ?`, before, SLICE);
      for (const row of over) {
        sql.run('DELETE FROM blobs WHERE id = ?', text(row, 'id'));
        rmSync(join(blobs, blobPath(text(row, 'id'))), { force: true });
      }
      return over.length;
    }, sql);
  return overdue;
}

/** What is older than this is over. */
export function startOf(name: 'dead-letter' | 'picture' | 'chat-file', now: number): number {
  return now - RETENTION[name].days * DAY;
}

/** Short transactions with room between them, so that the bot's own writes wait for milliseconds only. */
async function inSlices(slice: () => number, sql: Sql): Promise<void> {
  while (sql.transaction(slice) > 0) await setImmediate();
}
