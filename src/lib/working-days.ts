// Days as public offices count them: UTC+7, closed on Saturday, Sunday and the days of a table, open on make-up days.
// Pure; the table is data (calendar/). Hours of the day are no matter of this file.
import { parse } from 'yaml';
import { z } from 'zod';
import { DAY } from './clock.js';
import { VIETNAM, vnDay } from './vietnam-time.js';

/** The furthest that is counted; no legal time limit comes near it. */
const MOST_DAYS = 3660;

/** Counts working days. Moments are milliseconds since 1970; a day is the one on which the moment falls in Vietnam. */
export interface WorkingDays {
  isWorkingDay(at: number): boolean;
  /** Stands in the table as a day off. */
  isHoliday(at: number): boolean;
  /** Working days after the day of `from`, up to and with the day of `to`; negative when `to` lies before. At most 3,660 days are looked at. */
  between(from: number, to: number): number;
  /** The same time of day, `days` ≥ 0 working days later. */
  add(at: number, days: number): number;
  /** Whether every year that a span touches has its table; without it weekends alone are counted. */
  knows(from: number, to: number): boolean;
}

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-01-01');
const tableSchema = z.record(
  z.string().regex(/^\d{4}$/, 'a year such as 2026'),
  z.strictObject({ off: z.array(date).max(60), worked: z.array(date).max(30).default([]) }),
);

/**
 * Reads a holiday table: years with the days `off` and the weekend days `worked`, as in calendar/vietnam.yaml.
 * @throws Error that names the entry when a date is none, stands under another year, or is both off and worked.
 */
export function readWorkingDays(yaml: string): WorkingDays {
  // Plain strings: a date that YAML resolved would carry a time zone.
  const table = tableSchema.parse(parse(yaml, { schema: 'failsafe' }));
  const off = new Set<string>();
  const worked = new Set<string>();
  for (const [year, days] of Object.entries(table)) {
    for (const [day, into] of [
      ...days.off.map((text) => [text, off] as const),
      ...days.worked.map((text) => [text, worked] as const),
    ]) {
      const real = !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
      if (!real || !day.startsWith(year)) throw new Error(`${day} is no day of ${year}`);
      into.add(day);
    }
  }
  for (const day of worked) if (off.has(day)) throw new Error(`${day} is both off and worked`);
  return new TableOfDays(new Set(Object.keys(table)), off, worked);
}

class TableOfDays implements WorkingDays {
  constructor(
    private readonly years: ReadonlySet<string>,
    private readonly off: ReadonlySet<string>,
    private readonly worked: ReadonlySet<string>,
  ) {}

  isWorkingDay(at: number): boolean {
    const local = new Date(at + VIETNAM);
    const day = local.toISOString().slice(0, 10);
    if (this.worked.has(day)) return true;
    const weekday = local.getUTCDay();
    return weekday !== 0 && weekday !== 6 && !this.off.has(day);
  }

  isHoliday(at: number): boolean {
    return this.off.has(vnDay(at));
  }

  between(from: number, to: number): number {
    if (to < from) return 0 - this.between(to, from);
    const days = Math.min(MOST_DAYS, dayNumber(to) - dayNumber(from));
    let working = 0;
    for (let i = 1; i <= days; i++) if (this.isWorkingDay(from + i * DAY)) working++;
    return working;
  }

  add(at: number, days: number): number {
    if (!Number.isInteger(days) || days < 0) throw new RangeError('days must be a whole number, 0 or more');
    let moved = at;
    for (let left = days, looked = 0; left > 0 && looked < MOST_DAYS; looked++) {
      moved += DAY;
      if (this.isWorkingDay(moved)) left--;
    }
    return moved;
  }

  knows(from: number, to: number): boolean {
    const last = yearOf(Math.max(from, to));
    for (let year = yearOf(Math.min(from, to)); year <= last; year++) if (!this.years.has(String(year))) return false;
    return true;
  }
}

function dayNumber(at: number): number {
  return Math.floor((at + VIETNAM) / DAY);
}

function yearOf(at: number): number {
  return new Date(at + VIETNAM).getUTCFullYear();
}
