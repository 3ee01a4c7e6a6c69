// What both homes offer the programs of back-up, restore and re-sealing (src/backup.ts): the same shape, so that the
// programs know no home.
import type { LaneId } from '../../lib/ids.js';
import type { Sealer } from '../../lib/sealing.js';
import type { Documents } from '../../records/documents.js';
import type { LaneState } from '../../turns/codec.js';
import type { Entry, Header } from './archive.js';

/** Says in a few words what is done now; never with personal data. */
export type Progress = (what: string) => void;

export interface Dump {
  /** Facts for the header. */
  facts: Pick<Header, 'home' | 'dataVersion' | 'partitions'>;
  entries: AsyncIterable<Entry>;
  /** Gives up what the copy held, whether it succeeded or not. Throws when the copy turned out not to be one of a single moment. */
  close(): Promise<void>;
}

export interface HomeBackup {
  readonly name: Header['home'];
  /**
   * Begins a copy of one moment, also while bots run. `workFolder` is empty and goes with the back-up. Throws CodedError
   * `backup.nothing` when there is nothing to copy.
   */
  dump(workFolder: string, progress: Progress): Promise<Dump>;
  /** Looks at an entry's form alone. Throws CodedError `backup.unknown-entry`. */
  check(header: Header, entry: Entry): void;
  /** Takes the storage for a restore. Throws CodedError `storage.locked` while a bot uses it. */
  beginRestore(): Promise<Restoring>;
  /** Seals anew what lies under older keys. Throws CodedError `storage.locked` where it cannot be done beside a bot that runs. */
  reseal(sealer: Sealer, progress: Progress): Promise<Resealed>;
  /** What is over by its retention class at `now`; bots may run. With `remove` it is deleted as well. */
  overdue(now: number, remove: boolean): Promise<Overdue>;
  /** Opens what is kept for looking at it; bots may run. Throws CodedError `backup.nothing` when there is nothing. */
  read(sealer: Sealer): Promise<Reading>;
}

export interface Reading {
  documents: Pick<Documents, 'get' | 'find'>;
  /** As the lane's last turn left it; undefined when the lane is new or was forgotten. */
  state(lane: LaneId): Promise<LaneState | undefined>;
  close(): Promise<void>;
}

/** How many, by class (records/retention.ts) or kind of document; classes without any are left out. */
export type Overdue = Map<string, number>;

export interface Restoring {
  /** In words, what is there already; undefined when nothing is. */
  occupied(): Promise<string | undefined>;
  /** Takes the place of everything that is there. What was broken off can be begun again. */
  replaceAll(header: Header, entries: AsyncIterable<Entry>, progress: Progress): Promise<void>;
  close(): Promise<void>;
}

export interface Resealed {
  /** Values sealed anew. */
  resealed: number;
  /** By kind, how many values are still sealed under older keys; kinds without any are left out. */
  left: Map<string, number>;
  /** By kind, how many values DATA_KEY does not open at all. */
  unreadable: Map<string, number>;
}
