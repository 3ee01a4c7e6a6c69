// A catalogue from a file, for deployments without a portal and for the first start of one with it. A file that was read
// before is not read again.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Records } from '../records/records.js';
import { type ImportedProcedures, importProcedureFile } from './import.js';

/** Rows per write: one write must not hold up the storage. */
const PART = 500;
/** Raise it when import.ts makes something else of the same file. */
const READING = 1;

export interface FileImport extends Pick<ImportedProcedures, 'skipped' | 'skippedCount'> {
  imported: number;
  removed: number;
}

/** The stored catalogue becomes what the file holds; `unchanged` when it does already. Throws what reading the file throws. */
export async function importCatalogueFile(
  path: string,
  records: Pick<Records, 'procedures' | 'syncState' | 'changeProcedures'>,
): Promise<FileImport | 'unchanged'> {
  const file = await fingerprint(path);
  if ((await records.syncState()).file === file) return 'unchanged';
  const { items, skipped, skippedCount } = await importProcedureFile(path);
  const stored = await records.procedures();
  const codes = new Set(items.map(({ code }) => code));
  const removed = stored.items.filter(({ code }) => !codes.has(code)).map(({ code }) => code);
  for (let at = 0; at < items.length; at += PART) {
    await records.changeProcedures({ items: items.slice(at, at + PART), removed: [], sync: stored.sync });
  }
  // Last: a crash before it leaves rows that the next start writes again.
  await records.changeProcedures({ items: [], removed, sync: { ...stored.sync, file } });
  return { imported: items.length, removed: removed.length, skipped, skippedCount };
}

async function fingerprint(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return `${READING}:${hash.digest('hex')}`;
}
