// The indexes of the records, as versioned steps. A step that was released is never changed; new ones are added. Each may run
// again, also in two processes at once: what was done is noted after it.
import type { Connection } from 'mongoose';
import { CodedError } from '../../../lib/errors.js';
import type { DocumentKind } from '../../../records/documents.js';
import { ensureDocumentIndexes } from './document-schema.js';
import { isDuplicateKey } from './failures.js';

type Database = NonNullable<Connection['db']>;

interface Migration {
  version: number;
  name: string;
  run(database: Database): Promise<void>;
}

const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'first indexes',
    async run(database) {
      await database.collection('dead_letters').createIndexes([
        { key: { key: 1 }, name: 'key', unique: true },
        { key: { status: 1, key: 1 }, name: 'status_key' },
      ]);
      await database.collection('blobs').createIndexes([{ key: { lane: 1 }, name: 'lane' }]);
      await database.collection('blob_chunks').createIndexes([
        { key: { blob: 1 }, name: 'blob' },
        { key: { lane: 1 }, name: 'lane' },
      ]);
    },
  },
  {
    version: 2,
    name: 'messages not understood',
    async run(database) {
      await database.collection('not_understood').createIndexes([
        { key: { key: 1 }, name: 'key', unique: true },
        { key: { lane: 1 }, name: 'lane' },
        { key: { keepUntil: 1 }, name: 'keep_until', expireAfterSeconds: 0 },
      ]);
    },
  },
  {
    version: 3,
    name: 'dead letters of a lane',
    async run(database) {
      await database.collection('dead_letters').createIndexes([{ key: { lane: 1 }, name: 'lane', sparse: true }]);
    },
  },
];

/** Of the records as this program knows them. */
export const RECORDS_VERSION = MIGRATIONS.at(-1)?.version ?? 0;

interface MigrationDone {
  _id: number;
  name: string;
  at: Date;
}

/** Throws CodedError `storage.newer-data` when a newer version of this program wrote here. */
export async function migrate(connection: Connection, kinds: readonly DocumentKind[]): Promise<void> {
  const database = connection.db;
  if (database === undefined) throw new CodedError('mongo.no-database', 'not connected');
  const done = database.collection<MigrationDone>('migrations');
  const versions = new Set((await done.find({}).sort({ _id: 1 }).toArray()).map(({ _id }) => _id));
  const known = new Set(MIGRATIONS.map(({ version }) => version));
  if ([...versions].some((version) => !known.has(version)))
    throw new CodedError('storage.newer-data', 'the data was written by a newer version of this program');
  for (const { version, name, run } of MIGRATIONS) {
    if (versions.has(version)) continue;
    await run(database);
    await done.insertOne({ _id: version, name, at: new Date() }).catch((error: unknown) => {
      // Another process ran the same step.
      if (!isDuplicateKey(error)) throw error;
    });
  }
  await ensureDocumentIndexes(database, kinds);
}
