// The code of a report: short, readable aloud, ours. It proves nothing: whoever has it sees the state, not the words.
import { shortCode, shortCodeReader } from '../../lib/short-codes.js';

const PREFIX = 'PA';

/** A code that another report has is avoided by `attempt`. */
export function reportCode(eventId: string, attempt = 0): string {
  return shortCode(PREFIX, 'feedback', eventId, attempt);
}

/** Our code in what a citizen wrote. */
export const reportCodeIn = shortCodeReader(PREFIX);
