// Which conversations this officer has looked at since the citizen last wrote: kept until sign-out, ids and times alone.
import { useSyncExternalStore } from 'react';
import type { TicketRow } from '../../../../src/desk/api.js';
import { keepWork, work } from '../../parts/kept.js';

const listeners = new Set<() => void>();
const key = (ticket: string) => `seen.${ticket}`;

/** The ticket's state as it is now was seen. */
export function markSeen({ id, changedAt }: Pick<TicketRow, 'id' | 'changedAt'>): void {
  if (Number(work(key(id)) ?? 0) >= changedAt) return;
  keepWork(key(id), String(changedAt));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useUnread({ id, changedAt, unanswered, status }: TicketRow): boolean {
  const seen = useSyncExternalStore(subscribe, () => Number(work(key(id)) ?? 0));
  return status !== 'closed' && unanswered > 0 && seen < changedAt;
}
