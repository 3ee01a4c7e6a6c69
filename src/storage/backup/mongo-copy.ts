// The MongoDB half of a back-up and of a restore: every collection of the records, document by document, as BSON. The order
// of reading keeps what belongs together whole, since nothing is read at one moment.
import { randomBytes } from 'node:crypto';
import { type Connection, createConnection, mongo } from 'mongoose';
import { z } from 'zod';
import { CodedError } from '../../lib/errors.js';
import { Sealer } from '../../lib/sealing.js';
import type { BlobChunkDocument, BlobDocument } from '../cluster/mongo/blob-schema.js';
import type { DeadLetterDocument } from '../cluster/mongo/dead-letter-schema.js';
import { reaching } from '../cluster/mongo/failures.js';
import { type MongoHalfOptions, recordsOn } from '../cluster/mongo/open.js';
import type { Entry } from './archive.js';
import type { Progress } from './home-backup.js';

const MIGRATIONS = 'migrations';
const BLOBS = 'blobs';
const CHUNKS = 'blob_chunks';
const LETTERS = 'dead_letters';
const ROWS_AT_ONCE = 200;
/** Types stay what they are: a whole number does not become a fraction on its way. */
const EXACT = { promoteValues: false, promoteBuffers: false, promoteLongs: false } as const;

const documentHead = z.object({ type: z.literal('document'), collection: z.string() });

export type DocumentHead = z.output<typeof documentHead>;

/** What a copy has no use for: nobody refreshes a token here, and nothing is sealed. */
export const UNUSED: Pick<MongoHalfOptions, 'sealer' | 'leases' | 'owner'> = {
  sealer: new Sealer([randomBytes(32)]),
  leases: { acquire: async () => undefined, renew: async () => false, release: async () => undefined },
  owner: 'backup',
};

/** All that this program keeps, sorted: the collections of its models, and the list of migrations. */
const COLLECTIONS: readonly string[] = (() => {
  const connection = createConnection();
  connection.set('autoCreate', false);
  connection.set('autoIndex', false);
  recordsOn(connection, UNUSED);
  return [MIGRATIONS, ...Object.values(connection.models).map(({ collection }) => collection.collectionName)].sort();
})();

/** Undefined for what is no document of a collection that this program knows. */
export function documentHeadOf(head: Entry['head']): DocumentHead | undefined {
  const parsed = documentHead.safeParse(head);
  return parsed.success && COLLECTIONS.includes(parsed.data.collection) ? parsed.data : undefined;
}

export class MongoCopy {
  private constructor(
    private readonly connection: Connection,
    private readonly replayedBefore: ReadonlySet<string>,
  ) {}

  /** To be called before the copy of Redis begins, see `letters`. */
  static async begin(connection: Connection): Promise<MongoCopy> {
    const replayed = new Set<string>();
    await reaching(async () => {
      const letters = databaseOf(connection).collection<DeadLetterDocument>(LETTERS);
      const found = letters.find({ status: 'replayed' }, { projection: { _id: 1 } });
      for await (const { _id } of found) replayed.add(_id);
    });
    return new MongoCopy(connection, replayed);
  }

  /**
   * To be called after the copy of Redis began: an effect that is no longer in its outbox is here then. Sorted by name,
   * the catalogue's position (`positions`) comes before its rows (`procedures`), which may be newer, never older.
   */
  async *entries(progress: Progress): AsyncGenerator<Entry> {
    for (const collection of COLLECTIONS) {
      if (collection === CHUNKS) continue;
      let count = 0;
      for await (const document of documentsOf(this.connection, collection)) {
        if (collection === BLOBS) yield* this.blob(document);
        else if (collection === LETTERS) yield documentEntry(LETTERS, this.letter(document));
        else yield documentEntry(collection, document);
        count += 1;
        progress(`${count} documents of ${collection}`);
      }
    }
  }

  /** The chunks first. A blob whose deletion has begun is left out. */
  private async *blob(document: Buffer): AsyncGenerator<Entry> {
    const { _id, upload, chunks } = mongo.BSON.deserialize(document) as BlobDocument;
    const collection = databaseOf(this.connection).collection<BlobChunkDocument>(CHUNKS);
    for (let number = 0; number < chunks; number += 1) {
      const chunk = await reaching(() =>
        collection.findOne({ _id: `${upload}:${number}`, blob: _id }, { promoteBuffers: false }),
      );
      if (chunk === null) return;
      yield documentEntry(CHUNKS, Buffer.from(mongo.BSON.serialize(chunk)));
    }
    yield documentEntry(BLOBS, document);
  }

  /**
   * A replay puts its event into Redis and then marks the letter. One that is marked only since the copy of Redis began may
   * have its event not in there: it is open again, and replaying it once more is harmless.
   */
  private letter(document: Buffer): Buffer {
    const letter = mongo.BSON.deserialize(document, EXACT);
    const id = String(letter._id);
    if (letter.status !== 'replayed' || this.replayedBefore.has(id)) return document;
    const applied = (letter.applied as unknown[]).filter((write) => write !== `${id}~replayed`);
    return Buffer.from(mongo.BSON.serialize({ ...letter, status: 'open', applied }));
  }
}

/** Whole documents as they lie in the database, in slices, by id. */
export async function* documentsOf(connection: Connection, collection: string): AsyncGenerator<Buffer> {
  const cursor = databaseOf(connection)
    .collection(collection)
    .find({}, { raw: true })
    .sort({ _id: 1 })
    .batchSize(ROWS_AT_ONCE);
  try {
    for (;;) {
      // With `raw`, the driver hands out bytes.
      const document = (await reaching(() => cursor.next())) as unknown as Uint8Array | null;
      if (document === null) return;
      yield Buffer.from(document.buffer, document.byteOffset, document.byteLength);
    }
  } finally {
    await cursor.close().catch(() => undefined);
  }
}

function documentEntry(collection: string, body: Buffer): Entry {
  return { head: { type: 'document', collection }, body };
}

export async function holdsRecords(connection: Connection): Promise<boolean> {
  for (const name of COLLECTIONS) {
    if (name === MIGRATIONS) continue;
    const found = await reaching(() =>
      databaseOf(connection)
        .collection(name)
        .findOne({}, { projection: { _id: 1 } }),
    );
    if (found !== null) return true;
  }
  return false;
}

/** Indexes stay: they are this program's. The list of migrations comes with the documents, so that later ones run at the next start. */
export async function emptyCollections(connection: Connection): Promise<void> {
  for (const name of COLLECTIONS) await reaching(() => databaseOf(connection).collection(name).deleteMany({}));
}

/** Documents of one collection, as they were. */
export async function putDocuments(connection: Connection, name: string, bodies: readonly Buffer[]): Promise<void> {
  if (bodies.length === 0) return;
  const documents = bodies.map((body) => mongo.BSON.deserialize(body, EXACT));
  await reaching(() => databaseOf(connection).collection(name).insertMany(documents, { ordered: false }));
}

function databaseOf(connection: Connection): NonNullable<Connection['db']> {
  if (connection.db === undefined) throw new CodedError('mongo.no-database', 'not connected');
  return connection.db;
}
