// Opens the embedded home: one SQLite file and a blob folder under DATA_DIR, owned by this process alone.
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../lib/clock.js';
import { CodedError } from '../../lib/errors.js';
import type { Sealer } from '../../lib/sealing.js';
import type { DocumentKind } from '../../records/documents.js';
import { DOCUMENT_KINDS } from '../../records/kinds.js';
import { DocumentSealing } from '../document-sealing.js';
import type { Home } from '../home.js';
import { EmbeddedAccountTokens } from './account-tokens.js';
import { FolderBlobs } from './blobs.js';
import { EmbeddedCounters } from './counters.js';
import { DatabaseThread } from './database-thread.js';
import { EmbeddedDocuments } from './documents.js';
import type { reads, writes } from './operations.js';
import { EmbeddedRecords } from './records.js';
import { EmbeddedStaffSessions } from './staff-sessions.js';
import { EmbeddedTurnStore } from './turn-store.js';

export interface EmbeddedOptions {
  dataDir: string;
  sealer: Sealer;
  clock: Clock;
  /** Names this process in leases. */
  owner: string;
  /** See SqlOptions. */
  maxPages?: number;
  /** DOCUMENT_KINDS unless told. */
  kinds?: readonly DocumentKind[];
}

/** Throws CodedError `storage.locked` when another process uses the folder, `storage.folder` when it cannot be made. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Home> {
  const { dataDir, sealer, clock, owner } = options;
  try {
    await mkdir(dataDir, { recursive: true });
    await chmod(dataDir, 0o700);
  } catch (cause) {
    throw new CodedError('storage.folder', 'DATA_DIR cannot be made or entered', { cause });
  }
  const files = { file: join(dataDir, 'mot-cua.db'), lockFile: join(dataDir, 'lock.db') };
  const limit = options.maxPages === undefined ? {} : { maxPages: options.maxPages };
  const writer = await DatabaseThread.start<typeof writes>({ role: 'writer', ...files, ...limit });
  const reader = await DatabaseThread.start<typeof reads>({ role: 'reader', ...files });
  const turns = new EmbeddedTurnStore(writer, reader, clock);
  const documents = new DocumentSealing(options.kinds ?? DOCUMENT_KINDS, sealer);
  const blobs = new FolderBlobs(join(dataDir, 'blobs'), sealer, writer, reader);
  return {
    name: 'embedded',
    partitions: 1,
    turns,
    records: new EmbeddedRecords(writer, reader, sealer, documents, blobs, clock),
    documents: new EmbeddedDocuments(reader, documents),
    counters: new EmbeddedCounters(writer, reader, clock),
    sessions: new EmbeddedStaffSessions(sealer, writer, reader, clock),
    blobs,
    tokens: new EmbeddedAccountTokens(sealer, turns, owner, writer, reader),
    ping: () => turns.ping(),
    async close() {
      await reader.close();
      await writer.close();
    },
  };
}
