// Reading the queue: a view's rows page by page, and how many each view has.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Queue, QueueView, TicketRow } from '../../../src/desk/api.js';
import { get } from './client.js';
import { listMine } from './mine.js';
import { countsKey, type QueuePages, queueKey, withHeard } from './queue-cache.js';
import { useCan } from './session.js';

/** Each conversation once: one that moved may stand on two pages. */
export function rowsOf(pages: QueuePages | undefined): TicketRow[] {
  const byId = new Map<string, TicketRow>();
  for (const { items } of pages?.pages ?? []) for (const row of items) if (!byId.has(row.id)) byId.set(row.id, row);
  return [...byId.values()];
}

/** Lists are patched by live events; this catches what an event could not say, such as a target that passed. */
const ANEW_EVERY = 60_000;

export function useQueue(agency: string | undefined, view: QueueView) {
  const client = useQueryClient();
  return useInfiniteQuery<Queue, Error, QueuePages, ReturnType<typeof queueKey>, string | undefined>({
    queryKey: queueKey(agency, view),
    queryFn: async ({ pageParam, signal, queryKey }) => {
      const asked = Date.now();
      const page = await get<Queue>('/queue', { agency, view, after: pageParam }, signal);
      client.setQueryData(countsKey(agency), page.counts);
      return withHeard(client, queryKey, page, pageParam === undefined, asked);
    },
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ANEW_EVERY,
  });
}

/** Undefined until known, and for those who may not see tickets. */
export function useCounts(agency: string | undefined): Queue['counts'] | undefined {
  const can = useCan();
  return useQuery({
    queryKey: countsKey(agency),
    queryFn: async ({ signal }) => {
      const { items, counts } = await get<Queue>('/queue', { agency, view: 'mine' }, signal);
      listMine(items.map(({ id }) => id));
      return counts;
    },
    enabled: can('tickets.read'),
    refetchInterval: ANEW_EVERY,
  }).data;
}
