// Record writes as MongoDB updates. Each one finds its document by id and carries its own guard, so that repeating it, late
// or out of turn, changes nothing. Pure: sending them is records.ts.
import type { mongo } from 'mongoose';
import type { LaneId } from '../../../lib/ids.js';
import type { Sealer } from '../../../lib/sealing.js';
import type { Contact, RecordChange, RecordWrite } from '../../../records/records.js';
import { sealNotUnderstood } from '../../not-understood-sealing.js';
import type { ContactDocument } from './contact-schema.js';
import { type DeadLetterDocument, pageKey } from './dead-letter-schema.js';
import type { NotUnderstoodDocument } from './not-understood-schema.js';

/** More than staff ever change one letter; a repeat comes within minutes of its first time. */
const KEPT_STATUS_WRITES = 20;

/** `set` null forgets. A write not newer than the document's leaves it as it is. */
export function contactUpdate(
  { lane, laneSeq }: Pick<RecordWrite, 'lane' | 'laneSeq'>,
  set: Omit<Contact, 'lane'> | null,
): mongo.AnyBulkWriteOperation<ContactDocument> {
  const newer = { $lt: [{ $ifNull: ['$laneSeq', -1] }, laneSeq] };
  const body = set === null ? { $literal: {} } : { $mergeObjects: ['$body', { $literal: set }] };
  const update = [
    { $set: { laneSeq: { $cond: [newer, laneSeq, '$laneSeq'] }, body: { $cond: [newer, body, '$body'] } } },
  ];
  return { updateOne: { filter: { _id: lane }, update, upsert: true } };
}

export function deadLetterUpdate(letter: DeadLetterDocument): mongo.AnyBulkWriteOperation<DeadLetterDocument> {
  const { _id, ...rest } = letter;
  return { updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true } };
}

export function deadLetterStatusUpdate(
  write: string,
  { id, status }: Extract<RecordChange, { type: 'dead-letter-status' }>,
): mongo.AnyBulkWriteOperation<DeadLetterDocument> {
  return {
    updateOne: {
      filter: { _id: id, applied: { $ne: write } },
      update: { $set: { status }, $push: { applied: { $each: [write], $slice: -KEPT_STATUS_WRITES } } },
    },
  };
}

/** That something failed stays; what it was does not, so it cannot be replayed either. */
export function lettersForgotten(lane: LaneId): mongo.AnyBulkWriteOperation<DeadLetterDocument>[] {
  return [
    { updateMany: { filter: { lane, status: 'open' }, update: { $set: { status: 'dropped' } } } },
    { updateMany: { filter: { lane }, update: { $set: { payload: Buffer.alloc(0) } } } },
  ];
}

export function toDeadLetterDocument({ letter }: Extract<RecordChange, { type: 'dead-letter' }>): DeadLetterDocument {
  const { id, payload, ...rest } = letter;
  return {
    _id: id,
    key: pageKey(letter.at, id),
    ...rest,
    payload: Buffer.from(payload, 'base64'),
    status: 'open',
    applied: [],
  };
}

export function notUnderstoodUpdate(
  document: NotUnderstoodDocument,
): mongo.AnyBulkWriteOperation<NotUnderstoodDocument> {
  const { _id, ...rest } = document;
  return { updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true } };
}

/** Only the first choice counts. */
export function notUnderstoodChoiceUpdate({
  id,
  chosen,
}: Extract<RecordChange, { type: 'not-understood-choice' }>): mongo.AnyBulkWriteOperation<NotUnderstoodDocument> {
  return { updateOne: { filter: { _id: id, chosen: { $exists: false } }, update: { $set: { chosen } } } };
}

export function toNotUnderstoodDocument(
  lane: LaneId,
  { record }: Extract<RecordChange, { type: 'not-understood' }>,
  sealer: Sealer,
): NotUnderstoodDocument {
  const { id, at, keepUntil, what } = record;
  const payload = sealNotUnderstood(sealer, id, what);
  return { _id: id, lane, key: pageKey(at, id), at, keepUntil: new Date(keepUntil), payload };
}
