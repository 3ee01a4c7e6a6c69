// GET /statistics: the figures of days, and what citizens thought of their talks with staff.

import { DAY_FIGURES, type DayFigures } from '../../records/desk-records.js';
import type { Documents } from '../../records/documents.js';
import { RATING } from '../../records/rating.js';
import { TICKET } from '../../records/ticket.js';
import { FEWEST_FOR_PERCENT, type Rated, summarise } from '../../reports/satisfaction.js';
import type { Statistics } from '../api.js';
import { BAD_REQUEST, NOT_FOUND } from '../refusals.js';
import type { DeskRoute } from '../route.js';
import { type Days, MOST_DAYS, readDays } from './days.js';
import type { OfficeParts } from './office.js';
import { agenciesAsked } from './scope.js';

const RATINGS_AT_ONCE = 500;
/** Tickets read at once for their agency. */
const READS_AT_ONCE = 50;

export function statisticsRoutes({ documents, agencies }: OfficeParts): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/statistics',
      needs: 'statistics.read',
      async handle(request) {
        const of = agenciesAsked(request, agencies, 'statistics.read');
        if (of === undefined) return NOT_FOUND;
        const days = readDays(request.query, request.now);
        if (days === undefined) return BAD_REQUEST;
        const [figures, ratings] = await Promise.all([
          figuresOf(documents, of, days),
          ratingsOf(documents, new Set(of), days),
        ]);
        return { status: 200, json: { days: figures, ratings } satisfies Statistics };
      },
    },
  ];
}

/** Days on which nothing happened are left out. */
async function figuresOf(documents: Documents, of: readonly string[], { first, last }: Days): Promise<DayFigures[]> {
  const each = await Promise.all(
    of.map((agency) =>
      // No day sorts between a day and the same with a sign behind it.
      documents.find(DAY_FIGURES, { index: 'day', under: [agency], from: first, to: `${last}~`, limit: MOST_DAYS }),
    ),
  );
  return each.flatMap((page) => page.documents.map(({ body }) => body));
}

/** Ratings of talks whose ticket is of these agencies. */
async function ratingsOf(
  documents: Documents,
  of: ReadonlySet<string>,
  { from, to }: Days,
): Promise<Statistics['ratings']> {
  const rated: Rated[] = [];
  let after: string | undefined;
  do {
    const page = await documents.find(RATING, {
      index: 'time',
      from,
      to,
      limit: RATINGS_AT_ONCE,
      ...(after === undefined ? {} : { after }),
    });
    const talks = page.documents.flatMap(({ body }) => (body.subject.kind === 'handover' ? [body] : []));
    for (let at = 0; at < talks.length; at += READS_AT_ONCE) {
      const some = talks.slice(at, at + READS_AT_ONCE);
      const tickets = await Promise.all(some.map(({ subject }) => documents.get(TICKET, subject.code)));
      rated.push(...some.filter((_, i) => of.has(tickets[i]?.body.agency ?? '')));
    }
    after = page.next;
  } while (after !== undefined);
  const { n, steps, satisfied } = summarise(rated);
  const total = steps.reduce((sum, count, step) => sum + count * (step + 1), 0);
  return {
    count: n,
    // As with percentages: the mean of a few says little, and tells who gave what.
    ...(n < FEWEST_FOR_PERCENT ? {} : { mean: Math.round((total / n) * 100) / 100 }),
    byScore: [...steps],
    satisfied,
  };
}
