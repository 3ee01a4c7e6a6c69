// How long the platform still lets us write, and what may be done after.
import { IconClock, IconCoin, IconLock } from '@tabler/icons-react';
import type { TicketDetail } from '../../../../../src/desk/api.js';
import { useNow } from '../../../parts/clock.js';
import { clock, dayKey, duration, shortTime } from '../../../parts/format.js';
import { WINDOW_BAR } from '../../../texts/inbox.js';
import classes from './reply.module.css';

export function isClosed({ window: { state, until } }: TicketDetail, now: number): boolean {
  return state === 'closed' || (state === 'billed' && until !== undefined && until <= now);
}

export function WindowBar({ ticket }: { ticket: TicketDetail }) {
  const now = useNow();
  const { state, until } = ticket.window;
  if (isClosed(ticket, now)) {
    return (
      <div className={classes.window} data-state="closed">
        <IconLock size={14} aria-hidden="true" /> {WINDOW_BAR.closed}
      </div>
    );
  }
  if (until === undefined || state === 'closed') return null;
  const when = dayKey(until) === dayKey(now) ? clock(until) : `${clock(until)} ${shortTime(until, now)}`;
  const Icon = state === 'open' ? IconClock : IconCoin;
  return (
    <div
      className={classes.window}
      data-state={state}
      title={state === 'open' ? WINDOW_BAR.after[ticket.channel] : undefined}
    >
      <Icon size={14} aria-hidden="true" /> {WINDOW_BAR[state](duration(Math.max(0, until - now)), when)}
    </div>
  );
}
