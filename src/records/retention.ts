// How long each class of what is kept about citizens stays, as one table. Kinds of documents take their time from it, and so
// does the program that shows what is over (npm run retention). Deleting is storage/.
import { DAY } from '../lib/clock.js';

export interface RetentionClass {
  days: number;
  /** From when the days count. */
  from: string;
  /** Where the period comes from; "our rule" where no source gives one. */
  source: string;
}

/**
 * Nothing is kept for longer than it is needed (Law 91/2025/QH15 on personal data). No text we know gives periods for a chat
 * service; chat text 90 days and audit 12 months are what the domain reference suggests, the rest is our rule.
 */
export const RETENTION = {
  'not-understood': { days: 90, from: 'the message', source: 'chat text: 90 days suggested' },
  transcript: { days: 90, from: 'the message', source: 'chat text: 90 days suggested' },
  ticket: { days: 365, from: 'the last change', source: 'our rule: earlier cases help for a year' },
  audit: { days: 365, from: 'the action', source: 'audit: 12 months suggested' },
  'dead-letter': { days: 90, from: 'the failure', source: 'holds chat text, sealed: as chat text' },
  feedback: { days: 365, from: 'the last change', source: 'our rule: may be reopened and asked about for a year' },
  subscription: { days: 730, from: 'its beginning', source: 'our rule: longer, nobody waits for a dossier' },
  notice: { days: 180, from: 'the decision', source: 'audit: 12 months suggested at most' },
  'chat-file': { days: 90, from: 'its receipt', source: 'as chat text' },
  picture: { days: 730, from: 'its receipt', source: 'our rule: no report stays longer without a change' },
  rating: {
    days: 730,
    from: 'the last change',
    source: 'our rule: yearly indexes (QĐ 766, SIPAS) are compared with the year before',
  },
  consent: { days: 365, from: 'its withdrawal', source: 'audit: 12 months suggested; while it holds it is kept' },
  'data-request': { days: 730, from: 'the request', source: 'our rule: proof for the citizen and the authority' },
} as const satisfies Readonly<Record<string, RetentionClass>>;

export type RetentionName = keyof typeof RETENTION;

/** When something of this class that dates from `at` is over, ms. */
export function keptUntil(name: RetentionName, at: number): number {
  return at + RETENTION[name].days * DAY;
}
