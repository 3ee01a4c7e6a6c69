// Names of everything kept in Redis. What belongs to one partition stands under its hash tag `{p:<n>}`, so that a script
// touches one slot of a Redis Cluster only.
import { createHash } from 'node:crypto';
import type { EventId, LaneId } from '../../../lib/ids.js';

export interface PartitionKeys {
  /** Stream of pending events, in order of acceptance; a commit takes its event out. */
  readonly events: string;
  /** Hash: `t:<position>` throws, `d:<position>` deaths, `r:<item id>` resends. */
  readonly tries: string;
  /** Hash: lane → how many events, outbox items and timers wait in it. Idle lanes have no field. */
  readonly waiting: string;
  /** Hash: item id → packed item; and the same ids by age. */
  readonly outbox: string;
  readonly outboxAge: string;
  /** Hash: lane and name → packed timer; and the same fields by due time. */
  readonly timers: string;
  readonly due: string;
  /** Shard channel: something was accepted. */
  readonly wake: string;
  /** The lane's state, with its mode and expiry in front. */
  state(lane: LaneId): string;
  /** An accepted id, holding the event's position; its expiry ends the dedupe. */
  acceptedId(id: EventId): string;
  /** Hash: echo key → when it was seen. */
  echoes(lane: LaneId): string;
  readonly copy: PartitionCopyKeys;
}

/** While a back-up copies the partition: what was there when it began, see lua/copy.ts. */
export interface PartitionCopyKeys {
  readonly events: string;
  readonly tries: string;
  readonly outbox: string;
  readonly timers: string;
  /** Hash: lane → its state before its first commit since then, '' where it had none. Commits write it while it is there. */
  readonly states: string;
}

export function partitionKeys(partition: number): PartitionKeys {
  const tag = `{p:${partition}}`;
  return {
    events: `${tag}:events`,
    tries: `${tag}:tries`,
    waiting: `${tag}:waiting`,
    outbox: `${tag}:outbox`,
    outboxAge: `${tag}:outbox-age`,
    timers: `${tag}:timers`,
    due: `${tag}:due`,
    wake: `${tag}:wake`,
    state: (lane) => `${tag}:s:${lane}`,
    // A digest: ids come from outside, and millions of them are kept.
    acceptedId: (id) => `${tag}:i:${createHash('sha256').update(id).digest('base64url').slice(0, 22)}`,
    echoes: (lane) => `${tag}:e:${lane}`,
    copy: {
      events: `${tag}:copy:events`,
      tries: `${tag}:copy:tries`,
      outbox: `${tag}:copy:outbox`,
      timers: `${tag}:copy:timers`,
      states: `${tag}:copy:states`,
    },
  };
}

/** A partition's lease stands with its partition; any other lease has a tag of its own. */
export function leaseKey(name: string): string {
  const [, partition] = /^partition:(\d+)$/.exec(name) ?? [];
  return partition === undefined ? `{lease:${name}}` : `{p:${partition}}:lease`;
}

export function counterKey(name: string): string {
  return `{counter:${name}}`;
}

/** Sessions of staff, see lua/sessions.ts. */
export const SESSION_KEYS = {
  sessions: '{staff-sessions}:all',
  ends: '{staff-sessions}:ends',
  users: '{staff-sessions}:users',
} as const;

export const PARTITION_COUNT_KEY = '{deployment}:partitions';
/** In place of the number while a restore is under way: no bot starts on half of it. */
export const RESTORING = 'restoring';
/** Written before each WAIT, see RedisLink. */
export const REPLICATION_MARK_KEY = '{deployment}:replication-mark';
