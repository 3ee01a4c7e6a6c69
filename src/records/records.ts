// What is kept beyond a conversation's state: types and repository contracts. Written by effects only (`apply`), in lane
// order, and repeating a write is harmless. Implementations live in storage/.
import type { LaneId } from '../lib/ids.js';
import type { JsonObject } from '../lib/json.js';
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

export interface NotUnderstood {
  /** The event's, with the part's number where only a part of it was not understood. */
  id: string;
  /** Deletion on request goes by it. */
  lane: LaneId;
  at: number;
  /** Kept until then, ms: 90 days. */
  keepUntil: number;
  what: NotUnderstoodMessage;
  /** The address that the citizen then tapped among `offered`: what the message turned out to mean. */
  chosen?: string;
}

/** A message that the bot did not understand, for review and for teaching it. Stored sealed. */
export interface NotUnderstoodMessage {
  /** Without personal numbers (language/mask), cut to 300 UTF-16 units. */
  text: string;
  /** Best first, at most 4. */
  guesses: { intent: string; confidence: number }[];
  /** Addresses of the choices shown, at most 6. */
  offered: string[];
  /** Where the conversation stood: the step whose question was open. */
  open?: string;
}

export type RecordChange =
  | { type: 'contact'; set: Omit<Contact, 'lane'> }
  /**
   * Everything of the lane: also what was not understood, its documents but for the kinds that stay, its blobs (those received
   * until `at`, or all), and what is in its dead letters, of which the heads stay.
   */
  | { type: 'contact-forget'; at?: number }
  /** The whole document; see putDocument. */
  | { type: 'document'; kind: string; id: string; body: JsonObject }
  | { type: 'document-remove'; kind: string; id: string }
  | { type: 'dead-letter'; letter: Omit<DeadLetter, 'status' | 'payload'> & { payload: string } }
  | { type: 'dead-letter-status'; id: string; status: 'replayed' | 'dropped' }
  | { type: 'not-understood'; record: Omit<NotUnderstood, 'lane' | 'chosen'> }
  /** Only the first choice counts. */
  | { type: 'not-understood-choice'; id: string; chosen: string };

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

export interface NotUnderstoodPage {
  records: NotUnderstood[];
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
  /** Fingerprint of the file that the rows came from; a portal's sync drops it. */
  file?: string;
  /** When a run last changed rows: other processes reload theirs when it moves. */
  changedAt?: number;
}

export interface Records {
  /** Durable before it resolves; in order; harmless when repeated. */
  apply(writes: readonly RecordWrite[]): Promise<void>;
  contact(lane: LaneId): Promise<Contact | undefined>;
  deadLetter(id: string): Promise<DeadLetter | undefined>;
  deadLetters(query: { status?: DeadLetter['status']; after?: string; limit: number }): Promise<DeadLetterPage>;
  /** How many messages of this lane are kept because they were not understood. */
  notUnderstoodOf(lane: LaneId): Promise<number>;
  notUnderstoodRecord(id: string): Promise<NotUnderstood | undefined>;
  /** Oldest first, without what is older than its time at `now`. */
  notUnderstood(query: { now: number; after?: string; limit: number }): Promise<NotUnderstoodPage>;
  procedures(): Promise<{ items: Procedure[]; sync: SyncState }>;
  /** The position alone, which is cheap. */
  syncState(): Promise<SyncState>;
  /** Rows and sync position together: nobody sees a position newer than its rows, and a repeated write is harmless. */
  changeProcedures(changes: ProcedureChanges): Promise<void>;
}
