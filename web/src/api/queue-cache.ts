// The queues that are kept, and how a changed ticket changes them at once: it moves into, within or out of each list that was
// read. Counts are read anew shortly after, at most every few seconds.
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Me, Queue, QueueView, TicketDetail, TicketRow } from '../../../src/desk/api.js';
import { onForget } from '../parts/kept.js';
import { ME } from './query-client.js';
import { belongs, compare } from './queue-order.js';

export const queueKey = (agency: string | undefined, view: QueueView) => ['queue', agency ?? '', view] as const;
export const countsKey = (agency: string | undefined) => ['queue-counts', agency ?? ''] as const;
export const ticketKey = (id: string) => ['ticket', id] as const;
export const entriesKey = (id: string) => ['entries', id] as const;

export type QueuePages = InfiniteData<Queue, string | undefined>;

/** Takes a row that the server sent, by live event or as an action's answer. An older revision than the known one is ignored. */
export function applyTicket(client: QueryClient, row: TicketRow, now = Date.now()): void {
  const user = client.getQueryData<Me | null>(ME);
  // After a transfer the answer may be another agency's ticket.
  if (user && !user.agencies.some(({ id, permissions }) => id === row.agency && permissions.includes('tickets.read'))) {
    forgetTicket(client, row.id);
    return;
  }
  heard.delete(row.id);
  heard.set(row.id, { row, at: now });
  const me = user?.id;
  for (const [key, pages] of client.getQueriesData<QueuePages>({ queryKey: ['queue'] })) {
    const [, agency, view] = key as ReturnType<typeof queueKey>;
    if (pages === undefined) continue;
    const fits = (agency === '' || agency === row.agency) && belongs(row, view, me, now);
    client.setQueryData<QueuePages>(key, placed(pages, row, view, fits));
  }
  client.setQueryData<TicketDetail>(ticketKey(row.id), (known) =>
    known === undefined || known.revision >= row.revision ? known : { ...known, ...row },
  );
  void client.invalidateQueries({ queryKey: ticketKey(row.id) });
  countSoon(client);
}

/** What was heard of lately, oldest first: an answer that was under way meanwhile may not know it. */
const heard = new Map<string, { row: TicketRow; at: number }>();
const HEARD_FOR = 30_000;
const MOST_HEARD = 500;
onForget(() => heard.clear());

/** A page of a view that was asked for at `asked`, with what was heard since. On later pages rows are changed or dropped, none is added. */
export function withHeard(
  client: QueryClient,
  key: ReturnType<typeof queueKey>,
  page: Queue,
  first: boolean,
  asked: number,
) {
  const [, agency, view] = key;
  const me = client.getQueryData<Me | null>(ME)?.id;
  let pages: QueuePages = { pages: [page], pageParams: [undefined] };
  for (const [id, { row, at }] of heard) {
    if (at < Date.now() - HEARD_FOR || heard.size > MOST_HEARD) heard.delete(id);
    else if (at >= asked && (first || page.items.some((one) => one.id === id))) {
      const fits = (agency === '' || agency === row.agency) && belongs(row, view, me, at);
      pages = placed(pages, row, view, fits);
    }
  }
  return pages.pages[0] ?? page;
}

/** It went to an agency that is not seen here. What was read of it is asked for anew, and is not there any more. */
export function forgetTicket(client: QueryClient, id: string): void {
  heard.delete(id);
  client.setQueriesData<QueuePages>({ queryKey: ['queue'] }, (pages) =>
    pages === undefined
      ? pages
      : { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((row) => row.id !== id) })) },
  );
  client.removeQueries({ queryKey: entriesKey(id), type: 'inactive' });
  void client.resetQueries({ queryKey: ticketKey(id) });
  countSoon(client);
}

function placed(pages: QueuePages, row: TicketRow, view: QueueView, fits: boolean): QueuePages {
  const all = pages.pages.flatMap(({ items }) => items);
  const known = all.find(({ id }) => id === row.id);
  if (known === undefined && !fits) return pages;
  if (known !== undefined && known.revision > row.revision) return pages;
  const others = all.filter(({ id }) => id !== row.id);
  const items = fits ? inserted(others, row, compare(view), pages.pages.at(-1)?.next !== undefined) : others;
  // The marks of further pages stay; where the rows stand among the pages does not matter to the list.
  return { ...pages, pages: pages.pages.map((page, i) => ({ ...page, items: i === 0 ? items : [] })) };
}

function inserted(
  rows: TicketRow[],
  row: TicketRow,
  order: (a: TicketRow, b: TicketRow) => number,
  more: boolean,
): TicketRow[] {
  const at = rows.findIndex((other) => order(row, other) < 0);
  if (at >= 0) return [...rows.slice(0, at), row, ...rows.slice(at)];
  // Behind the last one that was read, it may belong further down.
  return more ? rows : [...rows, row];
}

const COUNT_EVERY = 3_000;
let counted = 0;
let due: ReturnType<typeof setTimeout> | undefined;

function countSoon(client: QueryClient): void {
  if (due !== undefined) return;
  // Many desks hear of the same ticket at once: they do not all ask in the same moment.
  const wait = Math.max(0, counted + COUNT_EVERY - Date.now()) + Math.random() * 400;
  due = setTimeout(() => {
    due = undefined;
    counted = Date.now();
    void client.invalidateQueries({ queryKey: ['queue-counts'] });
  }, wait);
}
