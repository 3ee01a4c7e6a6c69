// The queue in its views: pages over one agency or all that may be seen, and how many there are.
import type { Agencies } from '../../flows/handover/agencies.js';
import type { DocumentRange, Documents } from '../../records/documents.js';
import { ALL_AGENCIES } from '../../records/staff.js';
import { nextDue, PRIORITIES, TICKET, type Ticket } from '../../records/ticket.js';
import { QUEUE_VIEWS, type Queue, type QueueView } from '../api.js';
import { agenciesWhere, can } from '../permissions.js';
import type { SignedIn } from '../route.js';
import { type MergedLists, mergedPage } from './merged-pages.js';
import type { TicketRows } from './rows.js';
import { sees } from './seen.js';

const QUEUE_PAGE = 50;
const MOST_COUNTED = 1000;

export interface QueueParts {
  documents: Documents;
  agencies: Agencies;
  rows: TicketRows;
}

export interface QueueQuery {
  who: SignedIn;
  /** One, or all that may be seen. */
  agency?: string;
  view: QueueView;
  after?: string;
  now: number;
}

/** Undefined for an agency that is not theirs. Throws CodedError `records.bad-page`. */
export async function readQueue(
  { documents, agencies, rows }: QueueParts,
  query: QueueQuery,
): Promise<Queue | undefined> {
  const { who, view, now, after } = query;
  const scopes = scopesOf(who, agencies, query.agency);
  if (scopes === undefined) return undefined;
  const [page, counts] = await Promise.all([
    mergedPage(documents, listsOf(view, who, scopes, now), QUEUE_PAGE, after),
    Promise.all(QUEUE_VIEWS.map((one) => count(documents, listsOf(one, who, scopes, now)))),
  ]);
  return {
    items: await rows.all(page.documents),
    ...(page.next === undefined ? {} : { next: page.next }),
    counts: Object.fromEntries(QUEUE_VIEWS.map((one, i) => [one, counts[i] ?? 0])) as Queue['counts'],
  };
}

/** `all`: every agency there is, in lists of their own, so that a province's desk does not read a hundred of them. */
type Scopes = 'all' | readonly string[];

function scopesOf({ grants }: SignedIn, agencies: Agencies, agency: string | undefined): Scopes | undefined {
  if (agency !== undefined) return can(grants, 'tickets.read', agency) && agencies.get(agency) ? [agency] : undefined;
  if (can(grants, 'tickets.read', ALL_AGENCIES)) return 'all';
  return agenciesWhere(
    grants,
    'tickets.read',
    agencies.all.map(({ id }) => id),
  );
}

function listsOf(view: QueueView, who: SignedIn, scopes: Scopes, now: number): MergedLists<Ticket> {
  const under = (...rest: string[]) => (scopes === 'all' ? [rest] : scopes.map((agency) => [agency, ...rest]));
  const index = (name: 'queue' | 'latest' | 'due') => (scopes === 'all' ? `${name}OfAll` : name);
  switch (view) {
    case 'waiting':
    case 'open':
      return {
        kind: TICKET,
        index: index('queue'),
        order: 'up',
        under: under(view === 'open' ? 'open' : 'waiting'),
        numbersOf: ({ priority, waitingSince }) => [priority, waitingSince],
        firsts: PRIORITIES,
      };
    case 'mine':
      return {
        kind: TICKET,
        index: 'mine',
        order: 'up',
        under: [[who.id, 'open']],
        numbersOf: ({ priority, waitingSince }) => [priority, waitingSince],
        firsts: PRIORITIES,
        shown: (ticket) => sees(who, ticket) && (scopes === 'all' || scopes.includes(ticket.body.agency)),
      };
    case 'breached':
      return {
        kind: TICKET,
        index: index('due'),
        order: 'up',
        under: under(),
        to: now,
        numbersOf: (ticket) => [nextDue(ticket) ?? 0],
      };
    case 'closed':
      return {
        kind: TICKET,
        index: index('latest'),
        order: 'down',
        under: under('closed'),
        numbersOf: ({ changedAt }) => [changedAt],
      };
  }
}

/** Mine are counted without looking at agencies: nobody has a ticket of an agency that is not theirs for long. */
async function count(documents: Documents, { kind, index, under, to }: MergedLists<Ticket>): Promise<number> {
  const range = (one: readonly (string | number)[]): DocumentRange => ({
    index,
    under: one,
    ...(to === undefined ? {} : { to }),
  });
  const counts = await Promise.all(under.map((one) => documents.count(kind, range(one), MOST_COUNTED)));
  return Math.min(
    MOST_COUNTED,
    counts.reduce((sum, one) => sum + one, 0),
  );
}
