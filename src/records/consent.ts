// What a citizen agreed to, purpose by purpose, and when: given by a tap or in words, never assumed, withdrawn at any time.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LaneId } from '../lib/ids.js';
import { type DocumentKind, type Documents, putDocument } from './documents.js';
import type { RecordChange } from './records.js';
import { keptUntil } from './retention.js';

/**
 * What data may be used for beyond answering (which is what the citizen asks for): telling of changes on the bot's own accord,
 * showing a report in public.
 */
export const PURPOSES = ['notices', 'publish-feedback'] as const;
export type Purpose = (typeof PURPOSES)[number];

export type Consent = {
  purpose: Purpose;
  given: boolean;
  /** Of the last change, ms. */
  at: number;
  /** The proof: every change, oldest first. `words`: version of the text that was agreed to; `event`: the citizen's act. */
  history: { given: boolean; at: number; words: string; event: string }[];
};

const MOST_CHANGES = 50;

const body = z.strictObject({
  purpose: z.enum(PURPOSES),
  given: z.boolean(),
  at: z.number(),
  history: z
    .array(
      z.strictObject({ given: z.boolean(), at: z.number(), words: z.string().max(40), event: z.string().max(300) }),
    )
    .max(MOST_CHANGES),
}) as z.ZodType<Consent>;

export const CONSENT: DocumentKind<Consent> = {
  name: 'consent',
  body,
  indexes: { lane: ({ purpose }, { lane }) => [lane, purpose] },
  keepUntil: ({ given, at }) => (given ? undefined : keptUntil('consent', at)),
};

export function consentId(lane: LaneId, purpose: Purpose): string {
  return `consent-${createHash('sha256').update(`${lane}\n${purpose}`).digest('hex').slice(0, 24)}`;
}

export async function consentOf(
  documents: Pick<Documents, 'get'>,
  lane: LaneId,
  purpose: Purpose,
): Promise<Consent | undefined> {
  return (await documents.get(CONSENT, consentId(lane, purpose)))?.body;
}

export interface ConsentChange {
  purpose: Purpose;
  given: boolean;
  now: number;
  /** Version of the words that the citizen saw. */
  words: string;
  /** The event in which they agreed or withdrew. */
  event: string;
}

/** The record of a change after `before`; undefined when nothing changes. Agreeing to new words is a change. */
export function consentRecord(
  lane: LaneId,
  before: Consent | undefined,
  { purpose, given, now, words, event }: ConsentChange,
): RecordChange | undefined {
  const last = before?.history.at(-1);
  if (before?.given === given && (!given || last?.words === words)) return undefined;
  const history = [...(before?.history ?? []), { given, at: now, words, event }].slice(-MOST_CHANGES);
  return putDocument(CONSENT, consentId(lane, purpose), { purpose, given, at: now, history });
}
