// What the routes of the desk work with, put together by main.ts. A list of routes takes the part that it needs.

import type { Agencies } from '../flows/handover/agencies.js';
import type { Clock } from '../lib/clock.js';
import type { Log } from '../lib/log.js';
import type { Blobs } from '../records/blobs.js';
import type { Counters } from '../records/counters.js';
import type { SearchableDocuments } from '../records/documents.js';
import type { Records } from '../records/records.js';
import type { DeskActions } from './actions.js';
import type { CsrfTokens } from './csrf.js';
import type { DeskSessions } from './sessions.js';
import type { StaffDirectory } from './staff-directory.js';

export interface DeskServices {
  documents: SearchableDocuments;
  records: Records;
  blobs: Blobs;
  counters: Counters;
  actions: DeskActions;
  agencies: Agencies;
  staff: StaffDirectory;
  sessions: DeskSessions;
  csrf: CsrfTokens;
  clock: Clock;
  log: Log;
}
