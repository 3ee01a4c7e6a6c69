// Which conversations a view of the queue lists, and in which order: as the server does. Pure.
import type { QueueView, TicketRow } from '../../../src/desk/api.js';

export function belongs(row: TicketRow, view: QueueView, me: string | undefined, now: number): boolean {
  switch (view) {
    case 'waiting':
    case 'closed':
    case 'open':
      return row.status === view;
    case 'mine':
      return row.status === 'open' && row.assignee?.id === me;
    case 'breached':
      return row.status !== 'closed' && row.dueAt !== undefined && row.dueAt <= now;
  }
}

/** The order in which the server lists a view. */
export function compare(view: QueueView): (a: TicketRow, b: TicketRow) => number {
  if (view === 'closed') return (a, b) => b.changedAt - a.changedAt;
  if (view === 'breached') return (a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0);
  return (a, b) => a.priority - b.priority || a.waitingSince - b.waitingSince;
}
