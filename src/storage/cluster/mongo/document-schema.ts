// A document as MongoDB keeps it: one collection a kind, the keys of its indexes in clear, the body sealed. Without a payload
// it is removed and only guards against older writes; MongoDB deletes it itself when its time is over (an index with a TTL).
import { type Connection, type Model, type mongo, Schema } from 'mongoose';
import type { DocumentKind } from '../../../records/documents.js';
import type { SealedDocument } from '../../document-sealing.js';

export interface DocumentRow {
  _id: string;
  lane: string;
  laneSeq: number;
  keys: Record<string, string>;
  /** Hashes of its words, and the time by which it is found. */
  words?: number[];
  wordsAt?: number;
  keepUntil?: Date;
  payload?: Buffer;
}

export function documentModel(connection: Connection, { name }: Pick<DocumentKind, 'name'>): Model<DocumentRow> {
  const schema = new Schema<DocumentRow>(
    {
      _id: { type: String, required: true },
      lane: { type: String, required: true },
      laneSeq: { type: Number, required: true, min: 0 },
      keys: { type: Schema.Types.Mixed, required: true },
      words: { type: [Number], default: undefined },
      wordsAt: Number,
      keepUntil: Date,
      payload: Buffer,
    },
    { collection: collectionOf(name), versionKey: false, strict: 'throw', minimize: false },
  );
  return connection.model<DocumentRow>(`Document ${name}`, schema);
}

export function collectionOf(kind: string): string {
  return `documents_${kind.replaceAll('-', '_')}`;
}

const WORDS_INDEX: { key: Record<string, 1 | -1>; name: string; sparse: true } = {
  key: { words: 1, wordsAt: -1, _id: -1 },
  name: 'by_words',
  sparse: true,
};

/** Makes what is missing; may run again and in several processes at once. */
export async function ensureDocumentIndexes(
  database: NonNullable<Connection['db']>,
  kinds: readonly DocumentKind[],
): Promise<void> {
  for (const { name, indexes, searched } of kinds) {
    await database
      .collection(collectionOf(name))
      .createIndexes([
        { key: { lane: 1 }, name: 'lane' },
        { key: { keepUntil: 1 }, name: 'keep_until', expireAfterSeconds: 0 },
        ...Object.keys(indexes).map((index) => ({ key: { [`keys.${index}`]: 1 }, name: `by_${index}`, sparse: true })),
        ...(searched === undefined ? [] : [WORDS_INDEX]),
      ]);
  }
}

export function toRow({ id, lane, laneSeq, keys, words, keepUntil, payload }: SealedDocument): DocumentRow {
  return {
    _id: id,
    lane,
    laneSeq,
    keys,
    ...(words === undefined ? {} : { words: words.words, wordsAt: words.at }),
    ...(keepUntil === undefined ? {} : { keepUntil: new Date(keepUntil) }),
    ...(payload === undefined ? {} : { payload }),
  };
}

/** Replaces the document whole, unless it belongs to another lane or is as new: then it stays as it is. */
export function documentUpdate(row: DocumentRow): mongo.AnyBulkWriteOperation<DocumentRow> {
  const newer = {
    $and: [
      { $lt: [{ $ifNull: ['$laneSeq', -1] }, row.laneSeq] },
      { $eq: [{ $ifNull: ['$lane', row.lane] }, row.lane] },
    ],
  };
  const update = [{ $replaceWith: { $cond: [newer, { $literal: row }, '$$ROOT'] } }];
  return { updateOne: { filter: { _id: row._id }, update, upsert: true } };
}

/** Everything of a lane, as far as it is older. */
export function forgetUpdate(lane: string, laneSeq: number, keepUntil: Date): mongo.AnyBulkWriteOperation<DocumentRow> {
  return {
    updateMany: {
      filter: { lane, laneSeq: { $lt: laneSeq } },
      update: { $set: { laneSeq, keys: {}, keepUntil }, $unset: { payload: '', words: '', wordsAt: '' } },
    },
  };
}
