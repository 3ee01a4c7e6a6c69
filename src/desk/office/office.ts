// The routes around the conversations: canned answers, supervision, statistics, dead letters, what was not understood,
// reports of citizens, their requests about data, the audit trail, exports.
import type { FeedbackCategory } from '../../flows/feedback/categories.js';
import type { DeadLetters } from '../../turns/replay.js';
import type { DeskRoute } from '../route.js';
import type { DeskServices } from '../services.js';
import type { TicketRows } from '../tickets/rows.js';
import { auditRoutes } from './audit.js';
import { cannedRoutes } from './canned.js';
import { dataRequestRoutes } from './data-requests.js';
import { deadLetterRoutes } from './dead-letters.js';
import { exportRoutes } from './exports.js';
import { feedbackRoutes } from './feedback.js';
import { notUnderstoodRoutes } from './not-understood.js';
import { statisticsRoutes } from './statistics.js';
import { supervisionRoutes } from './supervision.js';

export interface OfficeParts
  extends Pick<DeskServices, 'documents' | 'records' | 'blobs' | 'actions' | 'agencies' | 'staff'> {
  deadLetters: Pick<DeadLetters, 'replay' | 'drop'>;
  rows: Pick<TicketRows, 'all'>;
  /** Of reports (intents/categories/feedback.yaml). */
  categories: readonly FeedbackCategory[];
}

export function officeRoutes(parts: OfficeParts): DeskRoute[] {
  return [
    cannedRoutes,
    supervisionRoutes,
    statisticsRoutes,
    deadLetterRoutes,
    notUnderstoodRoutes,
    feedbackRoutes,
    dataRequestRoutes,
    auditRoutes,
    exportRoutes,
  ].flatMap((routes) => routes(parts));
}
