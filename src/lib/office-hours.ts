// Office hours: several periods a day on the days that are worked (working-days.ts), in Vietnam's time. Counts working time.
// Pure.
import { DAY, MINUTE } from './clock.js';
import { VIETNAM, vnMidnight } from './vietnam-time.js';
import type { WorkingDays } from './working-days.js';

/** The furthest that is looked: longer than any run of holidays. */
const MOST_DAYS = 400;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export interface OfficeHours {
  isOpen(at: number): boolean;
  /** `at` itself while open; undefined when nothing opens within a year. */
  nextOpening(at: number): number | undefined;
  /** When the period ends in which `at` falls; undefined while closed. */
  closing(at: number): number | undefined;
  /** The moment by which `ms` of working time have passed since `at`. */
  add(at: number, ms: number): number;
  /** Working time from one moment to a later one, ms; 0 where `to` lies before. */
  between(from: number, to: number): number;
}

/** From and to, ms since midnight. */
type Period = readonly [number, number];

/**
 * `hours`: by weekday (`mon` … `sun`) periods such as `07:30-11:30`. A weekend day that is worked in the table of holidays and has
 * no periods of its own has Friday's. A Saturday with periods is open although it is no working day, but for holidays.
 * @throws Error that names the period that is none.
 */
export function readOfficeHours(hours: Readonly<Record<string, readonly string[]>>, days: WorkingDays): OfficeHours {
  for (const day of Object.keys(hours))
    if (!WEEKDAYS.some((known) => known === day)) throw new Error(`${day} is no weekday (mon, tue, …)`);
  const week = WEEKDAYS.map((day) => (hours[day] ?? []).map(readPeriod).sort(([a], [b]) => a - b));
  for (const periods of week)
    for (const [i, [from]] of periods.entries())
      if (i > 0 && from < (periods[i - 1]?.[1] ?? 0)) throw new Error('two periods of a day overlap');
  if (week.every((periods) => periods.length === 0)) throw new Error('no weekday has office hours');
  return new WeekOfHours(week, days);
}

function readPeriod(text: string): Period {
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(text.trim());
  const [from, to] = match === null ? [0, 0] : [minuteOf(match[1], match[2]), minuteOf(match[3], match[4])];
  if (from >= to || to > 24 * 60) throw new Error(`${text} is no period such as 07:30-11:30`);
  return [from * MINUTE, to * MINUTE];
}

function minuteOf(hour: string | undefined, minute: string | undefined): number {
  return Number(hour) * 60 + Number(minute);
}

class WeekOfHours implements OfficeHours {
  constructor(
    private readonly week: readonly (readonly Period[])[],
    private readonly days: WorkingDays,
  ) {}

  isOpen(at: number): boolean {
    return this.closing(at) !== undefined;
  }

  closing(at: number): number | undefined {
    return this.periodsOf(vnMidnight(at)).find(([from, to]) => at >= from && at < to)?.[1];
  }

  nextOpening(at: number): number | undefined {
    for (const [from, to] of this.from(at)) if (at < to) return Math.max(at, from);
    return undefined;
  }

  add(at: number, ms: number): number {
    let left = ms;
    let last = at;
    for (const [from, to] of this.from(at)) {
      const begins = Math.max(at, from);
      if (begins >= to) continue;
      if (to - begins >= left) return begins + left;
      left -= to - begins;
      last = to;
    }
    return last + left;
  }

  between(from: number, to: number): number {
    let worked = 0;
    for (const [begins, ends] of this.from(from)) {
      if (begins >= to) break;
      worked += Math.max(0, Math.min(ends, to) - Math.max(begins, from));
    }
    return worked;
  }

  private *from(at: number): Generator<Period> {
    const first = vnMidnight(at);
    for (let day = 0; day < MOST_DAYS; day++) yield* this.periodsOf(first + day * DAY);
  }

  /** Of the day that begins at `start`, as moments. */
  private periodsOf(start: number): Period[] {
    const weekday = new Date(start + VIETNAM).getUTCDay();
    const weekend = weekday === 0 || weekday === 6;
    const worked = this.days.isWorkingDay(start);
    const own = this.week[weekday] ?? [];
    if (!worked && !weekend) return [];
    if (!worked && this.days.isHoliday(start)) return [];
    const periods = worked && own.length === 0 ? (this.week[5] ?? []) : own;
    return periods.map(([from, to]) => [start + from, start + to] as const);
  }
}
