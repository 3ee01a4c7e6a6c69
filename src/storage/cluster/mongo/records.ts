// Records in MongoDB: single-document updates only, no transactions. What one update cannot hold together is written in an
// order that a restart can pick up (docs/decisions/0201-mongodb-without-transactions.md).
import type { Connection, Model, mongo } from 'mongoose';
import type { Clock } from '../../../lib/clock.js';
import { CodedError } from '../../../lib/errors.js';
import type { LaneId } from '../../../lib/ids.js';
import type { Sealer } from '../../../lib/sealing.js';
import type { Blobs } from '../../../records/blobs.js';
import type { Procedure } from '../../../records/procedure.js';
import type {
  Contact,
  DeadLetter,
  DeadLetterPage,
  NotUnderstood,
  NotUnderstoodPage,
  ProcedureChanges,
  Records,
  RecordWrite,
  SyncState,
} from '../../../records/records.js';
import { openNotUnderstood } from '../../not-understood-sealing.js';
import { rawCollection } from './connection.js';
import { type ContactDocument, contactSchema } from './contact-schema.js';
import { type DeadLetterDocument, deadLetterSchema, keyOf, markOf } from './dead-letter-schema.js';
import type { MongoDocuments } from './documents.js';
import { reaching } from './failures.js';
import { type NotUnderstoodDocument, notUnderstoodSchema } from './not-understood-schema.js';
import { type ProcedureRow, positionSchema, procedureSchema, type SyncPosition } from './procedure-schema.js';
import {
  contactUpdate,
  deadLetterStatusUpdate,
  deadLetterUpdate,
  lettersForgotten,
  notUnderstoodChoiceUpdate,
  notUnderstoodUpdate,
  toDeadLetterDocument,
  toNotUnderstoodDocument,
} from './record-writes.js';

const CATALOGUE_SYNC = 'catalogue-sync';
/** Rows of one message to the server. */
const ROWS_AT_ONCE = 500;

export class MongoRecords implements Records {
  private readonly contacts: Model<ContactDocument>;
  private readonly letters: Model<DeadLetterDocument>;
  private readonly misread: Model<NotUnderstoodDocument>;
  private readonly rows: Model<ProcedureRow>;
  private readonly positions: Model<SyncPosition>;

  constructor(
    connection: Connection,
    private readonly sealer: Sealer,
    private readonly documents: MongoDocuments,
    private readonly blobs: Pick<Blobs, 'deleteLane'>,
    private readonly clock: Clock,
  ) {
    this.contacts = connection.model<ContactDocument>('Contact', contactSchema);
    this.letters = connection.model<DeadLetterDocument>('DeadLetter', deadLetterSchema);
    this.misread = connection.model<NotUnderstoodDocument>('NotUnderstood', notUnderstoodSchema);
    this.rows = connection.model<ProcedureRow>('Procedure', procedureSchema);
    this.positions = connection.model<SyncPosition>('SyncPosition', positionSchema);
  }

  /** Checked first, so that one record that does not fit fails before anything is written. */
  apply(writes: readonly RecordWrite[]): Promise<void> {
    return reaching(async () => {
      const contacts: mongo.AnyBulkWriteOperation<ContactDocument>[] = [];
      const letters: mongo.AnyBulkWriteOperation<DeadLetterDocument>[] = [];
      const misread: mongo.AnyBulkWriteOperation<NotUnderstoodDocument>[] = [];
      const documents = this.documents.batch();
      for (const write of writes) {
        const { lane, laneSeq, change } = write;
        if (change.type === 'contact') {
          await new this.contacts({ _id: lane, laneSeq, body: change.set }).validate();
          contacts.push(contactUpdate(write, change.set));
        } else if (change.type === 'contact-forget') {
          contacts.push(contactUpdate(write, null));
          misread.push({ deleteMany: { filter: { lane } } });
          letters.push(...lettersForgotten(lane));
          documents.addForget(write, this.clock());
        } else if (change.type === 'document' || change.type === 'document-remove') {
          documents.add({ lane, laneSeq, change }, this.clock());
        } else if (change.type === 'not-understood') {
          const document = toNotUnderstoodDocument(lane, change, this.sealer);
          await new this.misread(document).validate();
          misread.push(notUnderstoodUpdate(document));
        } else if (change.type === 'not-understood-choice') {
          misread.push(notUnderstoodChoiceUpdate(change));
        } else if (change.type === 'dead-letter') {
          const letter = toDeadLetterDocument(change);
          await new this.letters(letter).validate();
          letters.push(deadLetterUpdate(letter));
        } else {
          letters.push(deadLetterStatusUpdate(write.id, change));
        }
      }
      // Ordered: the writes of one document stay in order, and a failure leaves only a tail to repeat.
      if (contacts.length > 0) await rawCollection(this.contacts).bulkWrite(contacts, { ordered: true });
      if (letters.length > 0) await rawCollection(this.letters).bulkWrite(letters, { ordered: true });
      if (misread.length > 0) await rawCollection(this.misread).bulkWrite(misread, { ordered: true });
      await documents.write();
      for (const { lane, change } of writes)
        if (change.type === 'contact-forget') await this.blobs.deleteLane(lane, change.at);
    });
  }

  contact(lane: LaneId): Promise<Contact | undefined> {
    return reaching(async () => {
      const found = await this.contacts.findById(lane).lean();
      return found === null ? undefined : { ...found.body, lane };
    });
  }

  deadLetter(id: string): Promise<DeadLetter | undefined> {
    return reaching(async () => {
      const found = await this.letters.findById(id).lean();
      return found === null ? undefined : toDeadLetter(found);
    });
  }

  async deadLetters(query: { status?: DeadLetter['status']; after?: string; limit: number }): Promise<DeadLetterPage> {
    const after = query.after === undefined ? '' : keyOf(query.after);
    if (after === undefined) throw new CodedError('records.bad-page', 'not a page mark of ours');
    const filter = { ...(query.status === undefined ? {} : { status: query.status }), key: { $gt: after } };
    return reaching(async () => {
      const found = await this.letters
        .find(filter)
        .sort({ key: 1 })
        .limit(query.limit + 1)
        .lean();
      const page = found.slice(0, query.limit);
      const last = page.at(-1);
      return {
        letters: page.map(toDeadLetter),
        ...(found.length > page.length && last !== undefined ? { next: markOf(last.key) } : {}),
      };
    });
  }

  notUnderstoodOf(lane: LaneId): Promise<number> {
    return reaching(() => this.misread.countDocuments({ lane }));
  }

  notUnderstoodRecord(id: string): Promise<NotUnderstood | undefined> {
    return reaching(async () => {
      const row = await this.misread.findById(id).lean();
      return row === null ? undefined : this.toNotUnderstood(row);
    });
  }

  async notUnderstood(query: { now: number; after?: string; limit: number }): Promise<NotUnderstoodPage> {
    const { now, limit } = query;
    const after = query.after === undefined ? '' : keyOf(query.after);
    if (after === undefined) throw new CodedError('records.bad-page', 'not a page mark of ours');
    return reaching(async () => {
      const found = await this.misread
        .find({ key: { $gt: after }, keepUntil: { $gte: new Date(now) } })
        .sort({ key: 1 })
        .limit(limit + 1)
        .lean();
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        records: page.map((row) => this.toNotUnderstood(row)),
        ...(found.length > page.length && last !== undefined ? { next: markOf(last.key) } : {}),
      };
    });
  }

  private toNotUnderstood({ _id: id, lane, at, keepUntil, payload, chosen }: NotUnderstoodDocument): NotUnderstood {
    return {
      id,
      lane: lane as LaneId,
      at,
      keepUntil: keepUntil.getTime(),
      what: openNotUnderstood(this.sealer, id, payload),
      ...(chosen === undefined ? {} : { chosen }),
    };
  }

  procedures(): Promise<{ items: Procedure[]; sync: SyncState }> {
    return reaching(async () => {
      const sync = await this.position();
      const rows = await this.rows.find({}).sort({ _id: 1 }).batchSize(ROWS_AT_ONCE).lean();
      return { items: rows.map(({ _id: code, ...rest }) => ({ code, ...rest })), sync };
    });
  }

  syncState(): Promise<SyncState> {
    return reaching(() => this.position());
  }

  private async position(): Promise<SyncState> {
    const { _id: _, ...sync } = (await this.positions.findById(CATALOGUE_SYNC).lean()) ?? { _id: CATALOGUE_SYNC };
    return sync;
  }

  /** Rows first, the position last: a crash between them leaves rows that are newer than the position, and the next run brings them again. */
  changeProcedures({ items, removed, sync }: ProcedureChanges): Promise<void> {
    return reaching(async () => {
      for (let from = 0; from < items.length; from += ROWS_AT_ONCE)
        await this.replaceRows(items.slice(from, from + ROWS_AT_ONCE));
      if (removed.length > 0) await rawCollection(this.rows).deleteMany({ _id: { $in: [...removed] } });
      const position: SyncPosition = { ...sync, _id: CATALOGUE_SYNC };
      await new this.positions(position).validate();
      await rawCollection(this.positions).replaceOne({ _id: CATALOGUE_SYNC }, position, { upsert: true });
    });
  }

  private async replaceRows(items: readonly Procedure[]): Promise<void> {
    const changes: mongo.AnyBulkWriteOperation<ProcedureRow>[] = [];
    for (const { code, ...rest } of items) {
      const row: ProcedureRow = { _id: code, ...rest };
      await new this.rows(row).validate();
      changes.push({ replaceOne: { filter: { _id: code }, replacement: row, upsert: true } });
    }
    await rawCollection(this.rows).bulkWrite(changes, { ordered: true });
  }
}

function toDeadLetter({ _id, lane, source, reason, at, payload, status }: DeadLetterDocument): DeadLetter {
  return { id: _id, ...(lane === undefined ? {} : { lane }), source, reason, at, payload, status };
}
