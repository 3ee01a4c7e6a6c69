// Sealing the cluster home anew while bots work: read, seal, swap if it is still the same. What changed meanwhile is left
// for the next run. Broken off, it goes on where older keys are still found.
import { type Connection, mongo } from 'mongoose';
import { CodedError } from '../../lib/errors.js';
import { DOCUMENT_KINDS } from '../../records/kinds.js';
import { sealedAs } from '../../turns/codec.js';
import { tokensSealedAs } from '../cluster/mongo/account-tokens.js';
import type { BlobChunkDocument, BlobDocument } from '../cluster/mongo/blob-schema.js';
import { chunkSealedAs } from '../cluster/mongo/blobs.js';
import { collectionOf, type DocumentRow } from '../cluster/mongo/document-schema.js';
import { reaching } from '../cluster/mongo/failures.js';
import { PARTITION_COUNT_KEY, type PartitionKeys, partitionKeys, SESSION_KEYS } from '../cluster/redis/keys.js';
import type { RedisLink } from '../cluster/redis/link.js';
import { SWAP_FIELD, SWAP_STRING } from '../cluster/redis/lua/reseal.js';
import { splitState, unpackEvent, unpackItem, unpackTimer } from '../cluster/redis/packed.js';
import { bytesOf, listOf, numberOf } from '../cluster/redis/reply.js';
import { documentSealedAs } from '../document-sealing.js';
import { notUnderstoodSealedAs } from '../not-understood-sealing.js';
import { sessionSealedAs } from '../session-sealing.js';
import type { Progress } from './home-backup.js';
import { documentsOf } from './mongo-copy.js';
import { hashEntries, scanKeys } from './redis-scan.js';
import type { ResealCount, Resealing, ResealOutcome } from './resealing.js';

export const RESEAL_SCRIPTS = [SWAP_FIELD, SWAP_STRING] as const;

const SLICE = 500;

/** Events cannot be replaced where they stand: they are counted, and go with their turns. */
export async function resealRedis(
  link: RedisLink,
  resealing: Resealing,
  count: ResealCount,
  progress: Progress,
): Promise<void> {
  const stored = await link.command('GET', PARTITION_COUNT_KEY);
  if (stored === null) throw new CodedError('backup.nothing', 'this Redis holds no data of a bot');
  for (let partition = 0; partition < numberOf(stored); partition += 1) {
    const keys = partitionKeys(partition);
    await countEvents(link, keys, resealing, count);
    for await (const [id, packed] of hashEntries(link, keys.outbox)) {
      const { payload } = unpackItem(id, partition, packed, 0);
      const outcome = resealing.item(payload, id);
      await take(outcome, 'outbox items', count, (sealed) => swapField(link, keys.outbox, id, packed, payload, sealed));
    }
    for await (const [field, packed] of hashEntries(link, keys.timers)) {
      const { lane, name, payload } = unpackTimer(partition, packed);
      const outcome = resealing.value(payload, sealedAs.timer(lane, name));
      await take(outcome, 'timers', count, (sealed) => swapField(link, keys.timers, field, packed, payload, sealed));
    }
    progress(`partition ${partition}: ${count.resealed} values sealed anew so far`);
  }
  for await (const [id, packed] of hashEntries(link, SESSION_KEYS.sessions)) {
    const payload = packed.subarray(packed.indexOf('\n') + 1);
    const outcome = resealing.value(payload, sessionSealedAs(id));
    await take(outcome, 'sessions of staff', count, (sealed) =>
      swapField(link, SESSION_KEYS.sessions, id, packed, payload, sealed),
    );
  }
  for await (const states of scanKeys(link, '{p:*}:s:*')) {
    await Promise.all(states.map((key) => resealState(link, key, resealing, count)));
    progress(`states: ${count.resealed} values sealed anew so far`);
  }
}

async function countEvents(
  link: RedisLink,
  { events }: PartitionKeys,
  resealing: Resealing,
  count: ResealCount,
): Promise<void> {
  for (let from = '-'; ; ) {
    const found = listOf(await link.command('XRANGE', events, from, '+', 'COUNT', SLICE));
    let last: string | undefined;
    for (const entry of found) {
      const { id, position, payload } = unpackEvent(0, entry);
      await take(resealing.value(payload, sealedAs.event(id)), 'events', count, async () => false);
      last = position;
    }
    if (last === undefined) return;
    from = `(${last}`;
  }
}

async function resealState(link: RedisLink, key: string, resealing: Resealing, count: ResealCount): Promise<void> {
  const reply = await link.command('GET', key);
  if (reply === null) return;
  const packed = bytesOf(reply);
  const { head, payload } = splitState(packed);
  const lane = key.slice(key.indexOf('}:s:') + '}:s:'.length);
  await take(resealing.value(payload, sealedAs.state(lane)), 'states', count, async (sealed) => {
    const swapped = await link.run(SWAP_STRING, [key], [packed, Buffer.concat([head, sealed])]);
    return numberOf(swapped) === 1;
  });
}

/** What stands before the payload stays. */
async function swapField(
  link: RedisLink,
  hash: string,
  field: string,
  packed: Buffer,
  payload: Buffer,
  sealed: Buffer,
): Promise<boolean> {
  const head = packed.subarray(0, packed.length - payload.length);
  return numberOf(await link.run(SWAP_FIELD, [hash], [field, packed, Buffer.concat([head, sealed])])) === 1;
}

async function take(
  outcome: ResealOutcome,
  kind: string,
  count: ResealCount,
  swap: (sealed: Buffer) => Promise<boolean>,
): Promise<void> {
  if (outcome === 'fresh') return;
  if (outcome === 'unreadable') count.addUnreadable(kind);
  else if (await swap(outcome)) count.resealed += 1;
  else count.addLeft(kind);
}

interface SealedDocument {
  _id: string;
  payload: Buffer;
}

export async function resealMongo(
  connection: Connection,
  resealing: Resealing,
  count: ResealCount,
  progress: Progress,
): Promise<void> {
  const say = (kind: string) => progress(`${kind}: ${count.resealed} values sealed anew so far`);
  for await (const { _id, payload } of sealedDocuments(connection, 'account_tokens')) {
    const outcome = resealing.value(payload, tokensSealedAs(_id));
    await take(outcome, 'tokens', count, (sealed) => swapPayload(connection, 'account_tokens', _id, payload, sealed));
  }
  for await (const { _id, payload } of sealedDocuments(connection, 'dead_letters')) {
    const outcome = resealing.letter(payload, _id);
    await take(outcome, 'dead letters', count, (sealed) =>
      swapPayload(connection, 'dead_letters', _id, payload, sealed),
    );
    say('dead letters');
  }
  for await (const { _id, payload } of sealedDocuments(connection, 'not_understood')) {
    const outcome = resealing.value(payload, notUnderstoodSealedAs(_id));
    await take(outcome, 'messages not understood', count, (sealed) =>
      swapPayload(connection, 'not_understood', _id, payload, sealed),
    );
    say('messages not understood');
  }
  for (const kind of DOCUMENT_KINDS) {
    const { name } = kind;
    const collection = collectionOf(name);
    for await (const { _id, payload } of sealedDocuments(connection, collection)) {
      if (payload === undefined) continue;
      const outcome = resealing.value(payload, documentSealedAs(name, _id));
      await take(outcome, 'documents', count, (sealed) => {
        const words = resealing.wordsOf(kind, _id, sealed);
        const also = words === undefined ? {} : { words: words.words, wordsAt: words.at };
        return swapPayload(connection, collection, _id, payload, sealed, also);
      });
    }
    say(`documents of ${name}`);
  }
  const chunks = connection.collection<BlobChunkDocument>('blob_chunks');
  for await (const document of documentsOf(connection, 'blobs')) {
    const blob = mongo.BSON.deserialize(document) as BlobDocument;
    for (let number = 0; number < blob.chunks; number += 1) {
      const found = await reaching(() => chunks.findOne({ _id: `${blob.upload}:${number}` }));
      if (found === null) continue;
      const { _id, bytes } = found;
      const outcome = resealing.value(bytes, chunkSealedAs(blob._id, number, blob.chunks));
      await take(outcome, 'pieces of received files', count, async (sealed) => {
        const { matchedCount } = await reaching(() => chunks.updateOne({ _id, bytes }, { $set: { bytes: sealed } }));
        return matchedCount === 1;
      });
    }
    say('received files');
  }
}

async function* sealedDocuments(connection: Connection, collection: string): AsyncGenerator<SealedDocument> {
  for await (const document of documentsOf(connection, collection))
    yield mongo.BSON.deserialize(document, { promoteBuffers: true }) as SealedDocument;
}

async function swapPayload(
  connection: Connection,
  collection: string,
  _id: string,
  payload: Buffer,
  sealed: Buffer,
  also: Partial<Pick<DocumentRow, 'words' | 'wordsAt'>> = {},
): Promise<boolean> {
  const documents = connection.collection<SealedDocument & Pick<DocumentRow, 'words' | 'wordsAt'>>(collection);
  const { matchedCount } = await reaching(() =>
    documents.updateOne({ _id, payload }, { $set: { payload: sealed, ...also } }),
  );
  return matchedCount === 1;
}
