// What a home offers: every contract, implemented over the same storage.
import type { AccountTokenStore } from '../channels/account-tokens.js';
import type { Blobs } from '../records/blobs.js';
import type { Counters } from '../records/counters.js';
import type { SearchableDocuments } from '../records/documents.js';
import type { Records } from '../records/records.js';
import type { StaffSessions } from '../records/staff-sessions.js';
import type { TurnStore } from '../turns/turn-store.js';

export interface Home {
  readonly name: 'embedded' | 'cluster';
  /** Fixed when a deployment is created. */
  readonly partitions: number;
  readonly turns: TurnStore;
  readonly records: Records;
  readonly documents: SearchableDocuments;
  readonly counters: Counters;
  readonly sessions: StaffSessions;
  readonly blobs: Blobs;
  readonly tokens: AccountTokenStore;
  /** Rejects when any part of the storage does not answer. */
  ping(): Promise<void>;
  /** Writes what waits and gives the storage up. */
  close(): Promise<void>;
}
