// Documents in MongoDB: reading them, and writing one batch of them in order. What is sealed and how is document-sealing.ts.
import type { Connection, Model, mongo } from 'mongoose';
import { CodedError } from '../../../lib/errors.js';
import type { JsonObject } from '../../../lib/json.js';
import type {
  DocumentKind,
  DocumentPage,
  DocumentQuery,
  DocumentRange,
  DocumentSearch,
  SearchableDocuments,
  StoredDocument,
} from '../../../records/documents.js';
import type { RecordWrite } from '../../../records/records.js';
import { keyOfMark, keyRange, pageMark } from '../../document-keys.js';
import { type DocumentChange, type DocumentSealing, TOMBSTONE_MS } from '../../document-sealing.js';
import { readSearchMark, searchMark } from '../../document-words.js';
import { rawCollection } from './connection.js';
import { type DocumentRow, documentModel, documentUpdate, forgetUpdate, toRow } from './document-schema.js';
import { reaching } from './failures.js';

type Write = mongo.AnyBulkWriteOperation<DocumentRow>;

export class MongoDocuments implements SearchableDocuments {
  private readonly models: ReadonlyMap<string, Model<DocumentRow>>;

  constructor(
    connection: Connection,
    private readonly sealing: DocumentSealing,
  ) {
    this.models = new Map(sealing.names.map((name) => [name, documentModel(connection, { name })]));
  }

  async get<T extends JsonObject>(kind: DocumentKind<T>, id: string): Promise<StoredDocument<T> | undefined> {
    const found = await reaching(() => this.model(kind.name).findById(id).lean());
    return found?.payload === undefined ? undefined : this.opened(kind, found, found.payload);
  }

  async find<T extends JsonObject>(kind: DocumentKind<T>, query: DocumentQuery): Promise<DocumentPage<T>> {
    const { index, order = 'up', after, limit } = query;
    const range = keyRange(query);
    const mark = after === undefined ? undefined : keyOfMark(after, range);
    const path = `keys.${index}`;
    const from = order === 'up' && mark !== undefined ? { $gt: mark } : { $gte: range.from };
    const to = { $lt: order === 'down' ? (mark ?? range.to) : range.to };
    const found = await reaching(() =>
      this.model(kind.name)
        .find({ [path]: { ...from, ...to } })
        .sort({ [path]: order === 'up' ? 1 : -1 })
        .limit(limit + 1)
        .lean(),
    );
    const page = found.slice(0, limit);
    const last = page.at(-1)?.keys[index];
    return {
      documents: page.flatMap((row) => (row.payload === undefined ? [] : [this.opened(kind, row, row.payload)])),
      ...(found.length > page.length && last !== undefined ? { next: pageMark(last) } : {}),
    };
  }

  count<T extends JsonObject>({ name }: DocumentKind<T>, range: DocumentRange, most: number): Promise<number> {
    const { from, to } = keyRange(range);
    const path = `keys.${range.index}`;
    return reaching(() =>
      this.model(name)
        .countDocuments({ [path]: { $gte: from, $lt: to } })
        .limit(most),
    );
  }

  async search<T extends JsonObject>(
    kind: DocumentKind<T>,
    { text, scope, after, limit }: DocumentSearch,
  ): Promise<DocumentPage<T>> {
    const words = this.sealing.words.asked(kind, scope, text);
    const mark = after === undefined ? undefined : readSearchMark(after);
    if (words.length === 0) return { documents: [] };
    const every: mongo.Filter<DocumentRow>[] = words.map((marks) => ({ words: { $in: marks } }));
    const beyond: mongo.Filter<DocumentRow>[] =
      mark === undefined ? [] : [{ $or: [{ wordsAt: { $lt: mark.at } }, { wordsAt: mark.at, _id: { $lt: mark.id } }] }];
    const collection = rawCollection(this.model(kind.name));
    const found = await reaching(() =>
      collection
        .find({ $and: [...every, ...beyond] }, { promoteBuffers: true })
        .sort({ wordsAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray(),
    );
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      documents: page.flatMap((row) => (row.payload === undefined ? [] : [this.opened(kind, row, row.payload)])),
      ...(found.length > page.length && last?.wordsAt !== undefined
        ? { next: searchMark({ at: last.wordsAt, id: last._id }) }
        : {}),
    };
  }

  /** What `writes` ask of documents, per collection, checked and sealed; nothing is written yet. */
  batch(): DocumentBatch {
    return new DocumentBatch(this.models, this.sealing);
  }

  private model(kind: string): Model<DocumentRow> {
    const model = this.models.get(kind);
    if (model === undefined) throw new CodedError('records.unknown-kind', `no kind of document is called ${kind}`);
    return model;
  }

  private opened<T extends JsonObject>(kind: DocumentKind<T>, { _id: id, lane }: DocumentRow, payload: Buffer) {
    return this.sealing.open(kind, { id, lane, payload });
  }
}

export class DocumentBatch {
  private readonly writes = new Map<string, Write[]>();

  constructor(
    private readonly models: ReadonlyMap<string, Model<DocumentRow>>,
    private readonly sealing: DocumentSealing,
  ) {}

  /** Throws what DocumentSealing.seal throws. */
  add(write: Omit<RecordWrite, 'id' | 'change'> & { change: DocumentChange }, now: number): void {
    const sealed = this.sealing.seal(write, now);
    this.of(sealed.kind).push(documentUpdate(toRow(sealed)));
  }

  addForget({ lane, laneSeq }: Pick<RecordWrite, 'lane' | 'laneSeq'>, now: number): void {
    for (const kind of this.models.keys()) {
      if (!this.sealing.staying.includes(kind))
        this.of(kind).push(forgetUpdate(lane, laneSeq, new Date(now + TOMBSTONE_MS)));
    }
  }

  /** Ordered: the writes of one document stay in order, and a failure leaves only a tail to repeat. */
  async write(): Promise<void> {
    for (const [kind, writes] of this.writes) {
      const model = this.models.get(kind);
      if (model !== undefined) await rawCollection(model).bulkWrite(writes, { ordered: true });
    }
  }

  private of(kind: string): Write[] {
    const known = this.writes.get(kind);
    if (known !== undefined) return known;
    const fresh: Write[] = [];
    this.writes.set(kind, fresh);
    return fresh;
  }
}
