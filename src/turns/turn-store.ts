// The contract of the store that keeps lanes: events, state, outbox, timers and leases. Both homes implement it and
// pass test/storage/turn-store-contract.ts. Payloads are sealed before they come here; the store reads none of them.
import type { EventId, LaneId } from '../lib/ids.js';
import type { LaneMode } from './turn.js';

/** Raised as StorageUnavailable by every method when the storage cannot be written or read now. */
export interface TurnStore {
  /**
   * One durable write for all. The unique insert of `id` is the dedupe: a known id is `duplicate` and changes nothing.
   * Order within a lane is the order of acceptance.
   */
  accept(events: readonly NewEvent[]): Promise<AcceptOutcome[]>;

  /** Takes a lease nobody holds, or whose time is over. The epoch grows with every holder. */
  acquire(name: string, owner: string, ttlMs: number): Promise<Lease | undefined>;
  /** False when somebody else holds it now. */
  renew(lease: Lease, ttlMs: number): Promise<boolean>;
  /**
   * Gives it up at once; harmless when it is lost already. `in-doubt`: a send may have left whose outcome this holder never
   * learned, so the next one is told that it did not leave cleanly.
   */
  release(lease: Lease, left?: 'clean' | 'in-doubt'): Promise<void>;
  /** Who holds each of these leases now; undefined where nobody does. */
  leaseHolders(names: readonly string[]): Promise<(string | undefined)[]>;

  /**
   * Hands the partition's pending events to the holder, oldest first, then every new one as it is accepted, each once.
   * At most `batch` a call while catching up.
   */
  follow(lease: Lease, partition: number, onEvents: (events: StoredEvent[]) => void): EventFeed;
  /** Outbox items of the partition that were never settled, in lane order. */
  unsettled(lease: Lease, partition: number): Promise<OutboxItem[]>;
  readState(lane: LaneId): Promise<Buffer | undefined>;

  /** One atomic write: event done, new state, outbox, timers. `fenced` when the lease is no longer held: nothing changed. */
  commit(lease: Lease, turn: TurnCommit): Promise<CommitOutcome>;
  /** One atomic write: outbox items done and the items that take their place. */
  settle(lease: Lease, settlement: Settlement): Promise<CommitOutcome>;

  /** Durable counts per event. Both return the new count; 0 when fenced or gone. */
  noteThrow(lease: Lease, event: StoredEvent): Promise<number>;
  noteDeath(lease: Lease, event: StoredEvent): Promise<number>;
  /** Durable before an item is sent a second time. Returns how often it was noted. */
  noteResend(lease: Lease, item: OutboxItem): Promise<number>;

  /** Timers of the partition due at `now`, oldest first. They stay until `dropTimer` or a commit replaces them. */
  dueTimers(partition: number, now: number, limit: number): Promise<DueTimer[]>;
  dropTimer(timer: DueTimer): Promise<void>;

  /** Remembers platform echoes for an hour, to settle sends of unknown outcome; not those that `settle` has confirmed. */
  noteEchoes(echoes: readonly Echo[]): Promise<void>;
  /** True once per echo: one with any of `keys`, the best key first, seen for this lane at or after `since`, is used up. */
  takeEcho(lane: LaneId, keys: readonly string[], since: number): Promise<boolean>;

  /** Forgets ids past their time, old echoes, and idle states; a bounded slice per call. Returns how many rows went. */
  sweep(now: number): Promise<number>;
  /** Numbers for metrics: what waits and how old it is. */
  backlog(): Promise<Backlog>;
  /** Cheap write-free check that the store answers. */
  ping(): Promise<void>;
}

export interface NewEvent {
  id: EventId;
  lane: LaneId;
  partition: number;
  payload: Buffer;
  acceptedAt: number;
  /** The id is kept for dedupe until then: 72 h for platforms, 30 days for portal events. */
  keepIdUntil: number;
}

export type AcceptOutcome = 'accepted' | 'duplicate';
export type CommitOutcome = 'committed' | 'fenced';

export interface StoredEvent {
  /** Names the event within its partition; only the store reads it. */
  position: string;
  id: EventId;
  lane: LaneId;
  partition: number;
  payload: Buffer;
  acceptedAt: number;
  throws: number;
  deaths: number;
}

export interface Lease {
  name: string;
  owner: string;
  epoch: number;
  /** The holder before gave it up; false after a crash or a pause. */
  clean: boolean;
}

export interface EventFeed {
  /** Stops handing out events until `resume`; nothing is lost. */
  pause(): void;
  resume(): void;
  stop(): void;
}

/** `send` items leave in order per lane; `record` and `append` items apply in order per lane; the two do not wait for each other. */
export type OutboxKind = 'send' | 'record' | 'append';

export interface OutboxItem {
  /** Event id + position: the idempotency key. */
  id: string;
  lane: LaneId;
  partition: number;
  laneSeq: number;
  kind: OutboxKind;
  payload: Buffer;
  createdAt: number;
  resends: number;
}

export interface StateWrite {
  payload: Buffer;
  mode: LaneMode;
  /** Idle state is forgotten then, unless something still waits in the lane. */
  expiresAt: number;
}

export type TimerWrite =
  | { type: 'set'; name: string; generation: number; dueAt: number; payload: Buffer }
  | { type: 'cancel'; name: string };

export interface TurnCommit {
  event: StoredEvent;
  /** null: the lane's state is forgotten. */
  state: StateWrite | null;
  outbox: readonly OutboxItem[];
  timers: readonly TimerWrite[];
}

export interface Settlement {
  partition: number;
  done: readonly OutboxItem[];
  add: readonly OutboxItem[];
  /** Echoes of what surely arrived, come or yet to come: they say nothing about any other send. */
  confirmed?: readonly ConfirmedEcho[];
}

export interface ConfirmedEcho {
  lane: LaneId;
  /** The best of its echo's keys: the platform's id. */
  key: string;
  /** Of the confirmation. */
  at: number;
}

export interface DueTimer {
  lane: LaneId;
  partition: number;
  name: string;
  generation: number;
  dueAt: number;
  payload: Buffer;
}

export interface Echo {
  lane: LaneId;
  /** At least one, the best first. */
  keys: readonly string[];
  at: number;
}

export interface Backlog {
  events: number;
  oldestEventAt?: number;
  outbox: number;
  oldestOutboxAt?: number;
  timers: number;
}
