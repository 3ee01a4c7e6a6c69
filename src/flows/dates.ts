// Dates as citizens read them, in Vietnam's time.
import { DAY } from '../lib/clock.js';
import { VIETNAM } from '../lib/vietnam-time.js';

/** `dd/mm/yyyy`. */
export function vnDate(ms: number): string {
  const date = new Date(ms + VIETNAM);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const month = String(date.getUTCMonth() + 1).padStart(2, '0');
  return `${day}/${month}/${date.getUTCFullYear()}`;
}

/** Calendar days from the day of `from` to the day of `to`; negative when `to` lies before. */
export function calendarDays(from: number, to: number): number {
  return Math.floor((to + VIETNAM) / DAY) - Math.floor((from + VIETNAM) / DAY);
}

/** `YYYY-MM` of a moment. */
export function vnMonth(ms: number): string {
  return new Date(ms + VIETNAM).toISOString().slice(0, 7);
}

/** `hh:mm dd/mm/yyyy`. */
export function vnClock(ms: number): string {
  return `${new Date(ms + VIETNAM).toISOString().slice(11, 16)} ${vnDate(ms)}`;
}
