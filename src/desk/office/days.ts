// Days as the desk asks for them, `from` and `to` both included, in Vietnam's time. Pure.
import { DAY } from '../../lib/clock.js';
import { vnDay, vnMidnight } from '../../lib/vietnam-time.js';

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
  const last = to === undefined ? vnMidnight(now) : beginOf(to);
  if (last === undefined) return undefined;
  const first = from === undefined ? last - (USUAL_DAYS - 1) * DAY : beginOf(from);
  if (first === undefined || first > last || last - first >= MOST_DAYS * DAY) return undefined;
  return { first: vnDay(first), last: vnDay(last), from: first, to: last + DAY };
}

function beginOf(day: string): number | undefined {
  if (!/^20\d\d-\d\d-\d\d$/.test(day)) return undefined;
  const at = Date.parse(`${day}T00:00:00+07:00`);
  return Number.isNaN(at) || vnDay(at) !== day ? undefined : at;
}
