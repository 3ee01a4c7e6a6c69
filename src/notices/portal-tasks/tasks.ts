// Every task that the portal is told. A new one is a file here and a line in this list.
import { amendFeedback } from './amend-feedback.js';
import { reopenFeedback } from './reopen-feedback.js';
import { sendFeedback } from './send-feedback.js';
import { sendRating } from './send-rating.js';
import type { AnyTask } from './task.js';

export const PORTAL_TASKS: readonly AnyTask[] = [sendFeedback, amendFeedback, reopenFeedback, sendRating];
