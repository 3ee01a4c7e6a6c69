// Every kind of document there is. A new one is a file of its own and a line here.
import { CONSENT } from './consent.js';
import { DATA_REQUEST } from './data-request.js';
import type { DocumentKind } from './documents.js';
import { FEEDBACK } from './feedback.js';
import { NOTICE } from './notice.js';
import { RATING } from './rating.js';
import { SUBSCRIPTION } from './subscription.js';

export const DOCUMENT_KINDS: readonly DocumentKind[] = [CONSENT, DATA_REQUEST, RATING, SUBSCRIPTION, NOTICE, FEEDBACK];
