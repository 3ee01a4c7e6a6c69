// The days that statistics are about: today, a week, a month, or any two dates; and the figures of them as they are shown. Pure.
import type { Statistics } from '../../../../src/desk/api.js';
import { dayKey } from '../../parts/format.js';

export const PERIODS = ['week', 'today', 'month', 'last-month', 'other'] as const;
export type Period = (typeof PERIODS)[number];

/** Both days included, as `2026-11-21`. */
export interface Days {
  from: string;
  to: string;
}

const DAY = 24 * 60 * 60_000;
/** As the server takes them. */
export const MOST_DAYS = 366;

const at = (day: string) => Date.parse(`${day}T00:00:00+07:00`);
const moved = (day: string, days: number) => dayKey(at(day) + days * DAY);

export function daysOf(period: Exclude<Period, 'other'>, now: number): Days {
  const today = dayKey(now);
  const first = `${today.slice(0, 7)}-01`;
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case 'week':
      return { from: moved(today, -6), to: today };
    case 'month':
      return { from: first, to: today };
    case 'last-month': {
      const to = moved(first, -1);
      return { from: `${to.slice(0, 7)}-01`, to };
    }
  }
}

export function length({ from, to }: Days): number {
  return Math.round((at(to) - at(from)) / DAY) + 1;
}

/** As many days, just before. */
export function before(days: Days): Days {
  return { from: moved(days.from, -length(days)), to: moved(days.from, -1) };
}

export function isDay(text: string | undefined): text is string {
  return text !== undefined && /^20\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(at(text)) && dayKey(at(text)) === text;
}

export interface Figures {
  opened: number;
  closed: number;
  reopened: number;
  answered: number;
  breached: number;
  /** Working ms; undefined when nothing was answered. */
  firstAnswer: number | undefined;
}

export type DayRow = Figures & { day: string };

type Day = Statistics['days'][number];

export function totals(days: readonly Day[]): Figures {
  const sum = (pick: (day: Day) => number) => days.reduce((all, day) => all + pick(day), 0);
  const answered = sum((day) => day.answered);
  return {
    opened: sum((day) => day.opened),
    closed: sum((day) => day.closed),
    reopened: sum((day) => day.reopened),
    answered,
    breached: sum((day) => day.breached),
    firstAnswer: answered === 0 ? undefined : sum((day) => day.firstAnswerMs) / answered,
  };
}

/** One row a day over all agencies; days on which nothing happened stand with zeros. */
export function byDay(days: readonly Day[], asked: Days): DayRow[] {
  return Array.from({ length: length(asked) }, (_, i) => {
    const day = moved(asked.from, i);
    return { day, ...totals(days.filter((one) => one.day === day)) };
  });
}

/** Opened by hour of the day, 24 numbers. */
export function byHour(days: readonly Day[]): number[] {
  return Array.from({ length: 24 }, (_, hour) => days.reduce((all, { hours }) => all + (hours[hour] ?? 0), 0));
}
