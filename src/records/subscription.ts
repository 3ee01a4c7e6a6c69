// A citizen's wish to be told when a dossier changes. Belongs to the citizen's lane, the portal's lanes only look for it; the
// consent it rests on is a document of its own (consent.ts).
import { z } from 'zod';
import type { LaneId } from '../lib/ids.js';
import type { DocumentKind } from './documents.js';
import { keptUntil } from './retention.js';

const subscription = z.strictObject({
  code: z.string().max(80),
  /** For the list of one's subscriptions. */
  procedure: z.string().max(200),
  /** Keyed hash of the code. */
  key: z.string().max(40),
  since: z.number(),
  /** The state that the citizen knows, or that was decided about: anything not newer is not told. */
  known: z.strictObject({ status: z.number(), dueAt: z.number().optional(), at: z.number() }),
  /** To rate the service, once the dossier was done. */
  invited: z.literal(true).optional(),
  /** The dossier came to its end: nothing follows but late events. */
  endsAt: z.number().optional(),
});

export type Subscription = Omit<z.infer<typeof subscription>, 'known' | 'invited' | 'endsAt'> & {
  known: { status: number; dueAt?: number; at: number };
  invited?: true;
  endsAt?: number;
};

/**
 * Found by the dossier through a keyed hash: a code is agency, date and a running number, so a plain hash of it is as good as the
 * code, and beside the lane it says who waits for which paper. Whoever has the database but not DATA_KEY learns only that two
 * citizens follow the same dossier.
 */
export const SUBSCRIPTION: DocumentKind<Subscription> = {
  name: 'subscription',
  body: subscription as unknown as z.ZodType<Subscription>,
  indexes: {
    dossier: ({ key }) => [key],
    lane: ({ since, endsAt }, { lane }) => (endsAt === undefined ? [lane, since] : undefined),
  },
  keepUntil: ({ since, endsAt }) => endsAt ?? keptUntil('subscription', since),
};

/** One for each dossier in a lane: subscribing again changes it. */
export function subscriptionId(lane: LaneId, key: string): string {
  return `${lane}/${key}`;
}
