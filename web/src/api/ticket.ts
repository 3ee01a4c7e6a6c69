// Reading a conversation: the ticket, its transcript page by page, and keeping both new.
import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { ActionResult, Entries, EntryView, Revealed, TicketDetail } from '../../../src/desk/api.js';
import { failed } from '../parts/notify.js';
import { get, send } from './client.js';
import { useLive } from './live.js';
import { tookMine } from './mine.js';
import { applyTicket, entriesKey, ticketKey } from './queue-cache.js';

type EntryPages = InfiniteData<Entries, string | undefined>;

const path = (id: string) => `/tickets/${encodeURIComponent(id)}`;

export function useTicket(id: string) {
  return useQuery({
    queryKey: ticketKey(id),
    queryFn: ({ signal }) => get<TicketDetail>(path(id), {}, signal),
    // Remaining working time and the window are the server's to say.
    refetchInterval: 60_000,
  });
}

/** Oldest first, each once. */
export function entriesOf(data: EntryPages | undefined): EntryView[] {
  const byId = new Map<string, EntryView>();
  for (const page of [...(data?.pages ?? [])].reverse()) for (const entry of page.entries) byId.set(entry.id, entry);
  return [...byId.values()];
}

/** Reads on with every event of this conversation; once for each conversation that is shown. */
export function useFreshEntries(id: string): void {
  const client = useQueryClient();
  useLive('entry', ({ ticket }) => {
    if (ticket === id) void refreshEntries(client, id);
  });
}

export function useEntries(id: string) {
  return useInfiniteQuery<Entries, Error, EntryPages, ReturnType<typeof entriesKey>, string | undefined>({
    queryKey: entriesKey(id),
    queryFn: ({ pageParam, signal }) => get<Entries>(`${path(id)}/entries`, { before: pageParam }, signal),
    initialPageParam: undefined,
    getNextPageParam: ({ before }) => before,
    staleTime: 2_000,
  });
}

const running = new Map<string, { again: boolean }>();

/** Reads the newest page only; what was read before it stays. One at a time a conversation: a call meanwhile means once more. */
export async function refreshEntries(client: QueryClient, id: string): Promise<void> {
  const before = running.get(id);
  if (before !== undefined) {
    before.again = true;
    return;
  }
  const run = { again: false };
  running.set(id, run);
  try {
    do {
      run.again = false;
      if (client.isFetching({ queryKey: entriesKey(id) }) > 0) {
        // What is under way may have been read before what happened now.
        await client.refetchQueries({ queryKey: entriesKey(id) }, { cancelRefetch: true });
        continue;
      }
      const newest = await get<Entries>(`${path(id)}/entries`);
      const known = client.getQueryData<EntryPages>(entriesKey(id));
      const first = known?.pages[0];
      if (known === undefined || first === undefined) continue;
      const ids = new Set(newest.entries.map((entry) => entry.id));
      if (first.entries.length > 0 && !first.entries.some((entry) => ids.has(entry.id))) {
        await client.invalidateQueries({ queryKey: entriesKey(id) });
        continue;
      }
      // The known page keeps its place: its older lines lie before the new page's mark.
      const older = first.entries.filter((entry) => !ids.has(entry.id));
      const merged: Entries = { ...first, entries: [...older, ...newest.entries] };
      client.setQueryData<EntryPages>(entriesKey(id), { ...known, pages: [merged, ...known.pages.slice(1)] });
    } while (run.again);
  } catch {
    // No answer now: the next event, or the reconnect, reads again.
  } finally {
    running.delete(id);
  }
}

export interface TicketAction {
  method?: 'POST' | 'PUT';
  /** Below /tickets/:id */
  action: 'claim' | 'release' | 'assign' | 'transfer' | 'close' | 'tags' | 'priority';
  body?: object;
}

/** An action on the ticket; its answer is the ticket as it then is. A refusal is said in words and the ticket read anew. */
export function useTicketAction(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method = 'POST', action, body }: TicketAction) =>
      send<ActionResult>(method, `${path(id)}/${action}`, body),
    onMutate: ({ action }) => {
      if (action === 'claim' || action === 'assign') tookMine(id);
    },
    onSuccess: ({ ticket }) => {
      applyTicket(client, ticket);
      void refreshEntries(client, id);
    },
    onError: (error) => {
      failed(error);
      void client.invalidateQueries({ queryKey: ticketKey(id) });
    },
  });
}

/** The originals of one entry's lines; the server writes down who looked. */
export async function reveal(ticket: string, entry: string): Promise<Revealed['lines']> {
  return (await send<Revealed>('POST', `${path(ticket)}/reveal`, { entry })).lines;
}

/** Where the bytes of a file of an entry are. */
export function fileAddress(ticket: string, entry: string, blob: string): string {
  return `/api/desk${path(ticket)}/entries/${encodeURIComponent(entry)}/files/${encodeURIComponent(blob)}`;
}
