// What the routes of tickets work with.
import type { Agencies } from '../../flows/handover/agencies.js';
import type { Clock } from '../../lib/clock.js';
import type { Blobs } from '../../records/blobs.js';
import type { SearchableDocuments } from '../../records/documents.js';
import type { DeskActions } from '../actions.js';
import type { StaffDirectory } from '../staff-directory.js';
import type { EntryViews } from './entries.js';
import type { TicketRows } from './rows.js';

export interface TicketParts {
  documents: SearchableDocuments;
  blobs: Pick<Blobs, 'get' | 'put'>;
  agencies: Agencies;
  actions: Pick<DeskActions, 'perform' | 'audit'>;
  staff: Pick<StaffDirectory, 'get' | 'nameOf'>;
  rows: TicketRows;
  entries: EntryViews;
  clock: Clock;
  /** Whether there is such a procedure. */
  knowsProcedure(code: string): boolean;
}
