// Every kind of document there is. A new one is a file of its own and a line here.
import { AUDIT } from './audit.js';
import { CONSENT } from './consent.js';
import { DATA_REQUEST } from './data-request.js';
import { CANNED_ANSWER, DAY_FIGURES, DESK_OUTCOME, MEANING_LABEL } from './desk-records.js';
import type { DocumentKind } from './documents.js';
import { FEEDBACK } from './feedback.js';
import { NOTICE } from './notice.js';
import { RATING } from './rating.js';
import { DUTY, STAFF_MEMBER } from './staff.js';
import { SUBSCRIPTION } from './subscription.js';
import { TICKET } from './ticket.js';
import { DELIVERY, TRANSCRIPT } from './transcript.js';

export const DOCUMENT_KINDS: readonly DocumentKind[] = [
  CONSENT,
  DATA_REQUEST,
  RATING,
  SUBSCRIPTION,
  NOTICE,
  FEEDBACK,
  TICKET,
  TRANSCRIPT,
  DELIVERY,
  STAFF_MEMBER,
  DUTY,
  DESK_OUTCOME,
  CANNED_ANSWER,
  MEANING_LABEL,
  DAY_FIGURES,
  AUDIT,
];
