// Looking at what the embedded home keeps, beside a bot that runs or without one: nothing is written and no lock is taken.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '../../lib/errors.js';
import type { Sealer } from '../../lib/sealing.js';
import { DOCUMENT_KINDS } from '../../records/kinds.js';
import { Codec } from '../../turns/codec.js';
import { DocumentSealing } from '../document-sealing.js';
import { DatabaseThread } from '../embedded/database-thread.js';
import { EmbeddedDocuments } from '../embedded/documents.js';
import type { reads } from '../embedded/operations.js';
import { DATA_VERSION } from '../embedded/schema.js';
import { Sql } from '../embedded/sql.js';
import type { Reading } from './home-backup.js';

/** Throws CodedError `backup.nothing` when there is no data, `storage.other-version` when another program's is. */
export async function readFolder(dataDir: string, sealer: Sealer): Promise<Reading> {
  const file = join(dataDir, 'mot-cua.db');
  if (!existsSync(file)) throw new CodedError('backup.nothing', 'DATA_DIR holds no data of a bot');
  checkVersion(file);
  const options = { role: 'reader', file, lockFile: join(dataDir, 'lock.db') } as const;
  const reader = await DatabaseThread.start<typeof reads>(options);
  const codec = new Codec(sealer);
  return {
    documents: new EmbeddedDocuments(reader, new DocumentSealing(DOCUMENT_KINDS, sealer)),
    async state(lane) {
      const sealed = await reader.call('state', lane);
      return sealed === undefined ? undefined : codec.openState(lane, Buffer.from(sealed));
    },
    close: () => reader.close(),
  };
}

/** An older program's file lacks tables that this one asks for. */
function checkVersion(file: string): void {
  const sql = new Sql({ file });
  try {
    if (sql.number('PRAGMA user_version') !== DATA_VERSION)
      throw new CodedError(
        'storage.other-version',
        'the data is of another version: start the bot once, then try again',
      );
  } finally {
    sql.close();
  }
}
