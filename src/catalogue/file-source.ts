// A catalogue from a file, for deployments without a portal and for the first start of one with it.
import type { Records } from '../records/records.js';
import { type ImportedProcedures, importProcedureFile } from './import.js';

/** Rows per write: one write must not hold up the storage. */
const PART = 500;

export interface FileImport extends Pick<ImportedProcedures, 'skipped' | 'skippedCount'> {
  imported: number;
  removed: number;
}

/** The stored catalogue becomes what the file holds. Throws what reading the file throws. */
export async function importCatalogueFile(
  path: string,
  records: Pick<Records, 'procedures' | 'changeProcedures'>,
): Promise<FileImport> {
  const { items, skipped, skippedCount } = await importProcedureFile(path);
  const stored = await records.procedures();
  const codes = new Set(items.map(({ code }) => code));
  const removed = stored.items.filter(({ code }) => !codes.has(code)).map(({ code }) => code);
  for (let at = 0; at < items.length; at += PART) {
    await records.changeProcedures({ items: items.slice(at, at + PART), removed: [], sync: stored.sync });
  }
  if (removed.length > 0) await records.changeProcedures({ items: [], removed, sync: stored.sync });
  return { imported: items.length, removed: removed.length, skipped, skippedCount };
}
