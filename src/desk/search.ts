// POST /search: conversations by what was said in them, by name, code or tag, or by their own code. Within the agencies that may be
// seen, the latest first. Names are looked for: they stand in the body, not in an address that proxies and browsers write down.
import { z } from 'zod';
import type { Agencies } from '../flows/handover/agencies.js';
import { fold } from '../language/fold.js';
import { CodedError } from '../lib/errors.js';
import type { JsonObject } from '../lib/json.js';
import type { DocumentKind, DocumentPage, SearchableDocuments } from '../records/documents.js';
import { TICKET } from '../records/ticket.js';
import { TRANSCRIPT, type TranscriptEntry } from '../records/transcript.js';
import type { Found } from './api.js';
import { agenciesWhere } from './permissions.js';
import { NOT_FOUND } from './refusals.js';
import type { DeskRoute, SignedIn } from './route.js';
import type { StoredTicket, TicketRows } from './tickets/rows.js';
import { sees, ticketSeen } from './tickets/seen.js';

/** Of each kind, a page. */
const PER_KIND = 20;
const SNIPPET_BEFORE = 40;
const SNIPPET_LENGTH = 160;
/** Stands for a list that is at its end. */
const OVER = '-';

const searchBody = z.strictObject({
  q: z.string().trim().min(1).max(200),
  agency: z.string().max(100).optional(),
  after: z.string().max(500).optional(),
});

export interface SearchParts {
  documents: SearchableDocuments;
  agencies: Agencies;
  rows: Pick<TicketRows, 'of'>;
}

type Hit = { ticket: StoredTicket; at: number; snippet?: string };

export function searchRoutes(parts: SearchParts): DeskRoute[] {
  return [
    {
      method: 'post',
      path: '/search',
      needs: 'tickets.read',
      async handle({ body, who }) {
        const { q, agency, after } = searchBody.parse(body);
        const all = agenciesWhere(
          who.grants,
          'tickets.read',
          parts.agencies.all.map(({ id }) => id),
        );
        const scope = agency === undefined ? all : all.filter((id) => id === agency);
        if (scope.length === 0) return NOT_FOUND;
        return { status: 200, json: await found(parts, { q, scope, who, ...(after === undefined ? {} : { after }) }) };
      },
    },
  ];
}

interface Asked {
  q: string;
  scope: readonly string[];
  who: SignedIn;
  after?: string;
}

async function found({ documents, rows }: SearchParts, { q, scope, who, after }: Asked): Promise<Found> {
  const marks = after === undefined ? { tickets: undefined, entries: undefined } : readMark(after);
  const [exact, tickets, entries] = await Promise.all([
    after === undefined ? ticketSeen(documents, who, q.toUpperCase()) : undefined,
    pageOf(documents, TICKET, q, scope, marks.tickets),
    pageOf(documents, TRANSCRIPT, q, scope, marks.entries),
  ]);
  const said = await Promise.all(entries.documents.map(({ body }) => hitOf(documents, body, q)));
  const named = tickets.documents.map((ticket): Hit => ({ ticket, at: ticket.body.changedAt }));
  const hits = newestOfEach([...said.flat(), ...named].filter(({ ticket }) => sees(who, ticket)));
  const first: Hit[] =
    exact === undefined || !scope.includes(exact.body.agency) ? [] : [{ ticket: exact, at: exact.body.changedAt }];
  const items = [...first, ...hits.filter(({ ticket }) => ticket.id !== exact?.id)];
  const next = [tickets.next ?? OVER, entries.next ?? OVER];
  return {
    items: await Promise.all(
      items.map(async ({ ticket, at, snippet }) => ({
        ticket: await rows.of(ticket),
        at,
        ...(snippet === undefined ? {} : { snippet }),
      })),
    ),
    ...(next.every((one) => one === OVER) ? {} : { next: next.join('.') }),
  };
}

async function pageOf<T extends JsonObject>(
  documents: SearchableDocuments,
  kind: DocumentKind<T>,
  text: string,
  scope: readonly string[],
  mark: string | undefined,
): Promise<DocumentPage<T>> {
  if (mark === OVER) return { documents: [] };
  return documents.search(kind, { text, scope, limit: PER_KIND, ...(mark === undefined ? {} : { after: mark }) });
}

/** None where the ticket is over and gone. */
async function hitOf(documents: SearchableDocuments, entry: TranscriptEntry, q: string): Promise<Hit[]> {
  if (entry.ticket === undefined) return [];
  const ticket = await documents.get(TICKET, entry.ticket);
  if (ticket === undefined) return [];
  const snippet = snippetOf(entry, q);
  return [{ ticket, at: entry.at, ...(snippet === undefined ? {} : { snippet }) }];
}

/** One line for each ticket: its newest words, rather than none. */
function newestOfEach(hits: readonly Hit[]): Hit[] {
  const best = new Map<string, Hit>();
  for (const hit of [...hits].sort((a, b) => rank(b) - rank(a)))
    if (!best.has(hit.ticket.id)) best.set(hit.ticket.id, hit);
  return [...best.values()].sort((a, b) => b.at - a.at);
}

function rank({ at, snippet }: Hit): number {
  return snippet === undefined ? 0 : at;
}

/** What stands around the first of the words, from text that is masked already; the words may stand in several lines. */
export function snippetOf({ lines }: Pick<TranscriptEntry, 'lines'>, q: string): string | undefined {
  const words = wordsIn(q);
  for (const { by, text } of lines) {
    if (by === 'bot' || text === undefined) continue;
    const at = firstWord(text, words);
    if (at === undefined) continue;
    const start = at <= SNIPPET_BEFORE ? 0 : wholeCharacter(text, at - SNIPPET_BEFORE);
    const end = Math.min(text.length, wholeCharacter(text, start + SNIPPET_LENGTH));
    return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
  }
  return undefined;
}

function wordsIn(text: string): Set<string> {
  return new Set(
    fold(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1),
  );
}

/** Where the first of these words begins. Folding may change lengths, so each word is folded by itself. */
function firstWord(text: string, words: ReadonlySet<string>): number | undefined {
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) if (words.has(fold(match[0]))) return match.index;
  return undefined;
}

function wholeCharacter(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at + 1 : at;
}

/** Throws CodedError `records.bad-page`. */
function readMark(mark: string): { tickets: string; entries: string } {
  const [tickets, entries, ...rest] = mark.split('.');
  if (tickets === undefined || entries === undefined || rest.length > 0)
    throw new CodedError('records.bad-page', 'not a page mark of a search');
  return { tickets, entries };
}
