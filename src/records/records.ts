// What is kept beyond a conversation's state: types and repository contracts. Written by effects only (`apply`), in lane
// order, and repeating a write is harmless. Implementations live in storage/.
import type { LaneId } from '../lib/ids.js';
import type { Procedure } from './procedure.js';

export interface Contact {
  lane: LaneId;
  /** Version and time of the privacy notice this citizen was shown. */
  noticeVersion?: string;
  noticeAt?: number;
  language?: 'vi';
  /** Coarse (hours): the exact one is in the lane's state. */
  lastInteractionAt?: number;
  following?: boolean;
}

/** What could not be processed or delivered, for staff. The payload is sealed; `reason` is a stable code. */
export interface DeadLetter {
  id: string;
  /** Absent for a webhook body that belongs to no lane. */
  lane?: LaneId;
  source: 'event' | 'reply' | 'effect' | 'webhook';
  reason: string;
  at: number;
  payload: Buffer;
  status: 'open' | 'replayed' | 'dropped';
}

export type RecordChange =
  | { type: 'contact'; set: Omit<Contact, 'lane'> }
  | { type: 'contact-forget' }
  | { type: 'dead-letter'; letter: Omit<DeadLetter, 'status' | 'payload'> & { payload: string } }
  | { type: 'dead-letter-status'; id: string; status: 'replayed' | 'dropped' };

export interface RecordWrite {
  /** Idempotency key: event id + position. */
  id: string;
  lane: LaneId;
  /** Position among the lane's effects; a write not newer than the document's is skipped. */
  laneSeq: number;
  change: RecordChange;
}

export interface DeadLetterPage {
  letters: DeadLetter[];
  next?: string;
}

export interface ProcedureChanges {
  items: readonly Procedure[];
  removed: readonly string[];
  /** Where the next sync resumes. */
  sync: SyncState;
}

export interface SyncState {
  /** `updatedSince` of the run in progress or of the next one. */
  updatedSince?: string;
  /** Set while a run is in progress: it resumes here after a restart. */
  cursor?: string;
  finishedAt?: number;
  /** When a run last changed rows: other processes reload theirs when it moves. */
  changedAt?: number;
}

export interface Records {
  /** Durable before it resolves; in order; harmless when repeated. */
  apply(writes: readonly RecordWrite[]): Promise<void>;
  contact(lane: LaneId): Promise<Contact | undefined>;
  deadLetter(id: string): Promise<DeadLetter | undefined>;
  deadLetters(query: { status?: DeadLetter['status']; after?: string; limit: number }): Promise<DeadLetterPage>;
  procedures(): Promise<{ items: Procedure[]; sync: SyncState }>;
  /** The position alone, which is cheap. */
  syncState(): Promise<SyncState>;
  /** Rows and sync position together: nobody sees a position newer than its rows, and a repeated write is harmless. */
  changeProcedures(changes: ProcedureChanges): Promise<void>;
}
