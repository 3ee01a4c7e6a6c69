// Records on the same SQLite file. A whole batch of writes is one transaction.
import type { Clock } from '../../lib/clock.js';
import { CodedError } from '../../lib/errors.js';
import type { LaneId } from '../../lib/ids.js';
import type { Sealer } from '../../lib/sealing.js';
import type { Blobs } from '../../records/blobs.js';
import type { Procedure } from '../../records/procedure.js';
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
} from '../../records/records.js';
import { type DocumentSealing, TOMBSTONE_MS } from '../document-sealing.js';
import { openNotUnderstood, sealNotUnderstood } from '../not-understood-sealing.js';
import type { DatabaseThread } from './database-thread.js';
import type { reads, writes } from './operations.js';
import type { RecordRowWrite } from './record-operations.js';

/** Bounds what is in memory three times at once: in the database, on its way between threads, and parsed. */
const PROCEDURES_AT_ONCE = 200;

export class EmbeddedRecords implements Records {
  constructor(
    private readonly writer: DatabaseThread<typeof writes>,
    private readonly reader: DatabaseThread<typeof reads>,
    private readonly sealer: Sealer,
    private readonly documents: DocumentSealing,
    private readonly blobs: Pick<Blobs, 'deleteLane'>,
    private readonly clock: Clock,
  ) {}

  async apply(writes: readonly RecordWrite[]): Promise<void> {
    await this.writer.call(
      'applyRecords',
      writes.flatMap((write) => this.rowsOf(write)),
    );
    // Files lie outside the transaction: a crash before them repeats the writes.
    for (const { lane, change } of writes)
      if (change.type === 'contact-forget') await this.blobs.deleteLane(lane, change.at);
  }

  private rowsOf(write: RecordWrite): RecordRowWrite[] {
    const { lane, laneSeq, change } = write;
    switch (change.type) {
      case 'document':
      case 'document-remove': {
        const {
          keepUntil = null,
          payload = null,
          words = null,
          ...rest
        } = this.documents.seal({ lane, laneSeq, change }, this.clock());
        return [{ type: 'document', ...rest, words, keepUntil, payload }];
      }
      case 'contact-forget': {
        const { staying } = this.documents;
        const keepUntil = this.clock() + TOMBSTONE_MS;
        return [
          { type: 'contact', lane, laneSeq, patch: null },
          { type: 'forget-documents', lane, laneSeq, staying, keepUntil },
        ];
      }
      default:
        return [toRow({ ...write, change }, this.sealer)];
    }
  }

  async contact(lane: LaneId): Promise<Contact | undefined> {
    const body = await this.reader.call('contact', lane);
    return body === undefined ? undefined : { ...(JSON.parse(body) as Omit<Contact, 'lane'>), lane };
  }

  async deadLetter(id: string): Promise<DeadLetter | undefined> {
    const row = await this.reader.call('deadLetter', id);
    return row === undefined ? undefined : toDeadLetter(row);
  }

  async deadLetters(query: { status?: DeadLetter['status']; after?: string; limit: number }): Promise<DeadLetterPage> {
    const after = positionOf(query.after);
    const rows = await this.reader.call('deadLetters', { status: query.status ?? null, after, limit: query.limit });
    const last = rows.at(-1);
    return {
      letters: rows.map(toDeadLetter),
      ...(rows.length === query.limit && last !== undefined ? { next: String(last.n) } : {}),
    };
  }

  notUnderstoodOf(lane: LaneId): Promise<number> {
    return this.reader.call('notUnderstoodOf', lane);
  }

  async notUnderstoodRecord(id: string): Promise<NotUnderstood | undefined> {
    const row = await this.reader.call('notUnderstoodRecord', id);
    return row === undefined ? undefined : this.toNotUnderstood(row);
  }

  async notUnderstood(query: { now: number; after?: string; limit: number }): Promise<NotUnderstoodPage> {
    const { now, limit } = query;
    const rows = await this.reader.call('notUnderstood', { now, after: positionOf(query.after), limit });
    const last = rows.at(-1);
    return {
      records: rows.map((row) => this.toNotUnderstood(row)),
      ...(rows.length === limit && last !== undefined ? { next: String(last.n) } : {}),
    };
  }

  private toNotUnderstood({ id, lane, at, keepUntil, payload, chosen }: NotUnderstoodRow): NotUnderstood {
    return {
      id,
      lane: lane as LaneId,
      at,
      keepUntil,
      what: openNotUnderstood(this.sealer, id, payload),
      ...(chosen === undefined ? {} : { chosen }),
    };
  }

  async procedures(): Promise<{ items: Procedure[]; sync: SyncState }> {
    // The position first: rows may be newer than it, never older.
    const sync = await this.syncState();
    const items: Procedure[] = [];
    for (let after = ''; ; ) {
      const rows = await this.reader.call('procedures', { after, limit: PROCEDURES_AT_ONCE });
      for (const { body } of rows) items.push(JSON.parse(body) as Procedure);
      const last = rows.at(-1);
      if (last === undefined) return { items, sync };
      after = last.code;
    }
  }

  async syncState(): Promise<SyncState> {
    const sync = await this.reader.call('syncState', undefined);
    return sync === undefined ? {} : (JSON.parse(sync) as SyncState);
  }

  async changeProcedures({ items, removed, sync }: ProcedureChanges): Promise<void> {
    await this.writer.call('changeProcedures', {
      items: items.map((item) => ({ code: item.code, body: JSON.stringify(item) })),
      removed,
      sync: JSON.stringify(sync),
    });
  }
}

function positionOf(mark: string | undefined): number {
  const position = Number(mark ?? 0);
  if (!Number.isSafeInteger(position)) throw new CodedError('records.bad-page', 'not a page mark of ours');
  return position;
}

type PlainChange = Exclude<RecordWrite['change'], { type: 'document' | 'document-remove' | 'contact-forget' }>;

function toRow(
  { id, lane, laneSeq, change }: Omit<RecordWrite, 'change'> & { change: PlainChange },
  sealer: Sealer,
): RecordRowWrite {
  switch (change.type) {
    case 'contact':
      return { type: 'contact', lane, laneSeq, patch: JSON.stringify(change.set) };
    case 'dead-letter': {
      const { payload, lane: about, ...letter } = change.letter;
      return { type: 'dead-letter', ...letter, lane: about ?? null, payload: Buffer.from(payload, 'base64') };
    }
    case 'not-understood': {
      const { what, ...record } = change.record;
      return { type: 'not-understood', ...record, lane, payload: sealNotUnderstood(sealer, record.id, what) };
    }
    case 'not-understood-choice':
      return change;
    case 'dead-letter-status':
      return { ...change, write: id };
  }
}

interface NotUnderstoodRow {
  id: string;
  lane: string;
  at: number;
  keepUntil: number;
  payload: Uint8Array;
  chosen: string | undefined;
}

interface DeadLetterRow {
  id: string;
  lane: string | undefined;
  source: string;
  reason: string;
  at: number;
  payload: Uint8Array;
  status: string;
}

function toDeadLetter(row: DeadLetterRow): DeadLetter {
  return {
    id: row.id,
    ...(row.lane === undefined ? {} : { lane: row.lane as LaneId }),
    source: row.source as DeadLetter['source'],
    reason: row.reason,
    at: row.at,
    payload: Buffer.from(row.payload),
    status: row.status as DeadLetter['status'],
  };
}
