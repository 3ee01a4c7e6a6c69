// Days as the desk asks for them, `from` and `to` both included, in Vietnam's time. Pure.
import { DAY, HOUR } from '../../lib/clock.js';

const VIETNAM = 7 * HOUR;
const USUAL_DAYS = 30;
/** Statistics and exports of more than a year are asked for in parts. */
export const MOST_DAYS = 400;

export interface Days {
  first: string;
  last: string;
  /** The beginning of the first day, ms. */
  from: number;
  /** The end of the last day, ms; not in it any more. */
  to: number;
}

/** Undefined for what are no days, or too many. Without them: the last 30 days, today among them. */
export function readDays({ from, to }: Readonly<Record<string, string>>, now: number): Days | undefined {
  const last = to === undefined ? dayBegins(now) : beginOf(to);
  if (last === undefined) return undefined;
  const first = from === undefined ? last - (USUAL_DAYS - 1) * DAY : beginOf(from);
  if (first === undefined || first > last || last - first >= MOST_DAYS * DAY) return undefined;
  return { first: dayOf(first), last: dayOf(last), from: first, to: last + DAY };
}

/** `2026-11-21` of a moment. */
export function dayOf(at: number): string {
  return new Date(at + VIETNAM).toISOString().slice(0, 10);
}

function dayBegins(at: number): number {
  return Math.floor((at + VIETNAM) / DAY) * DAY - VIETNAM;
}

function beginOf(day: string): number | undefined {
  if (!/^20\d\d-\d\d-\d\d$/.test(day)) return undefined;
  const at = Date.parse(`${day}T00:00:00+07:00`);
  return Number.isNaN(at) || dayOf(at) !== day ? undefined : at;
}
