// What officers sent and what became of it, until it stands in the transcript. One at a time a conversation, in the order of
// writing; it goes on while another conversation is open. The key of each makes the server send it once, however often it is asked.
import { useSyncExternalStore } from 'react';
import type { ActionResult, EntryView, Note, Reply } from '../../../../../src/desk/api.js';
import { ApiError, send } from '../../../api/client.js';
import { queryClient } from '../../../api/query-client.js';
import { applyTicket, ticketKey } from '../../../api/queue-cache.js';
import { refreshEntries } from '../../../api/ticket.js';
import { onForget } from '../../../parts/kept.js';

export interface Pending {
  key: string;
  kind: 'reply' | 'note';
  at: number;
  text?: string;
  /** What goes with it, in words. */
  attachments: string[];
  body: Reply | Note;
  /** `accepted`: the server has it; the transcript will show it in a moment. */
  state: 'sending' | 'accepted' | 'failed';
  /** Of the transcript, once accepted. */
  entry?: string;
  error?: ApiError;
}

const NONE: readonly Pending[] = [];
/** How long an accepted message waits for its place in the transcript, ms. */
const LONGEST_WAIT = 10_000;

const byTicket = new Map<string, readonly Pending[]>();
const chains = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();

export function usePending(ticket: string): readonly Pending[] {
  return useSyncExternalStore(subscribe, () => byTicket.get(ticket) ?? NONE);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function change(ticket: string, to: (before: readonly Pending[]) => readonly Pending[]): void {
  byTicket.set(ticket, to(byTicket.get(ticket) ?? NONE));
  for (const listener of listeners) listener();
}

export function discard(ticket: string, key: string): void {
  change(ticket, (all) => all.filter((one) => one.key !== key));
}

// Nothing of anybody's work stays after sign-out.
onForget(() => {
  byTicket.clear();
  for (const listener of listeners) listener();
});

/** What stands in the transcript is no longer under way. */
export function settle(ticket: string, entries: readonly EntryView[]): void {
  const all = byTicket.get(ticket) ?? NONE;
  const left = all.filter(({ entry }) => entry === undefined || !entries.some(({ id }) => id === entry));
  if (left.length < all.length) change(ticket, () => left);
}

export function sendMessage(
  ticket: string,
  message: Pick<Pending, 'kind' | 'text' | 'attachments'> & { body: Reply | Note },
): void {
  const pending: Pending = { ...message, key: message.body.key, at: Date.now(), state: 'sending' };
  change(ticket, (all) => [...all.filter(({ key }) => key !== pending.key), pending]);
  chains.set(
    ticket,
    (chains.get(ticket) ?? Promise.resolve()).then(() => deliver(ticket, pending)),
  );
}

async function deliver(ticket: string, pending: Pending): Promise<void> {
  const set = (now: Partial<Pending>) =>
    change(ticket, (all) => all.map((one) => (one.key === pending.key ? { ...one, ...now } : one)));
  const path = `/tickets/${encodeURIComponent(ticket)}/${pending.kind === 'note' ? 'notes' : 'reply'}`;
  try {
    const { ticket: row, entry } = await send<ActionResult>('POST', path, pending.body);
    set({ state: 'accepted', ...(entry === undefined ? {} : { entry }) });
    applyTicket(queryClient, row);
    setTimeout(() => discard(ticket, pending.key), LONGEST_WAIT);
    await refreshEntries(queryClient, ticket);
  } catch (error) {
    set({ state: 'failed', error: error instanceof ApiError ? error : new ApiError('unknown', 0) });
    void queryClient.invalidateQueries({ queryKey: ticketKey(ticket) });
  }
}

/** Whether the same message may be asked for again under its key: the server never had it, or never said what became of it. */
export function mayRepeat({ error }: Pending): boolean {
  return error === undefined || error.status === 0 || error.status === 503 || error.status === 429;
}
