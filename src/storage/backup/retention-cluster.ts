// What MongoDB keeps longer than its time: counting it by class, and deleting it, beside bots that run. Documents and what was
// not understood MongoDB deletes by itself (TTL indexes); conversations expire in Redis.
import type { Connection } from 'mongoose';
import { CodedError } from '../../lib/errors.js';
import { CHAT_FILE } from '../../records/blobs.js';
import { DOCUMENT_KINDS } from '../../records/kinds.js';
import { collectionOf } from '../cluster/mongo/document-schema.js';
import type { Overdue } from './home-backup.js';
import { startOf } from './retention-embedded.js';

type Filter = Record<string, Record<string, unknown>>;

/** Class, collection, and what of it is over. */
function overdueParts(now: number): readonly (readonly [string, string, Filter])[] {
  const over = { keepUntil: { $lt: new Date(now) } };
  return [
    ...DOCUMENT_KINDS.map(({ name }) => [name, collectionOf(name), { ...over, payload: { $exists: true } }] as const),
    ['not-understood', 'not_understood', over],
    ['dead-letter', 'dead_letters', { at: { $lt: startOf('dead-letter', now) } }],
    ...overdueBlobs(now).map(({ name, filter }) => [name, 'blobs', filter] as const),
  ];
}

/** The classes that are blobs, told by their ids. */
function overdueBlobs(now: number) {
  const chat = new RegExp(`^${CHAT_FILE}`);
  const before = (name: 'chat-file' | 'picture') => ({ createdAt: { $lt: startOf(name, now) } });
  return [
    { name: 'chat-file', filter: { ...before('chat-file'), _id: { $regex: chat } } },
    { name: 'picture', filter: { ...before('picture'), _id: { $not: { $regex: chat } } } },
  ];
}

export async function overdueDocuments(connection: Connection, now: number): Promise<Overdue> {
  const database = databaseOf(connection);
  const overdue: Overdue = new Map();
  for (const [name, collection, filter] of overdueParts(now)) {
    const count = await database.collection(collection).countDocuments(filter);
    if (count > 0) overdue.set(name, count);
  }
  return overdue;
}

export async function deleteOverdueDocuments(connection: Connection, now: number): Promise<Overdue> {
  const overdue = await overdueDocuments(connection, now);
  const database = databaseOf(connection);
  const blobs = database.collection<{ _id: string }>('blobs');
  for (const [, collection, filter] of overdueParts(now)) {
    if (collection === 'blobs') continue;
    await database.collection(collection).deleteMany(filter);
  }
  for (const { filter } of overdueBlobs(now))
    for await (const { _id } of blobs.find(filter, { projection: { _id: 1 } })) {
      await blobs.deleteOne({ _id });
      await database.collection('blob_chunks').deleteMany({ blob: _id });
    }
  return overdue;
}

function databaseOf({ db }: Connection): NonNullable<Connection['db']> {
  if (db === undefined) throw new CodedError('mongo.no-database', 'not connected');
  return db;
}
