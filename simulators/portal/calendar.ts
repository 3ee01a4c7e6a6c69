// Days as a Vietnamese office counts them: UTC+7 all year, no work on Saturday, Sunday and fixed public holidays.
// Lunar holidays (Tết, Giỗ Tổ) are announced yearly and left out: sample data does not need them.

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const VIETNAM = 7 * HOUR;

const fixedHolidays = new Set(['01-01', '04-30', '05-01', '09-02']);

/** Midnight in Vietnam of the day that `at` falls on, in epoch milliseconds. */
export function startOfDay(at: number): number {
  return Math.floor((at + VIETNAM) / DAY) * DAY - VIETNAM;
}

/** `yyyy-mm-dd` in Vietnam. */
export function dateOf(at: number): string {
  return new Date(at + VIETNAM).toISOString().slice(0, 10);
}

/** `yyyy-mm` in Vietnam. */
export function monthOf(at: number): string {
  return dateOf(at).slice(0, 7);
}

/** `yymmdd` in Vietnam, the middle part of a dossier code. */
export function compactDate(at: number): string {
  return dateOf(at).slice(2).replaceAll('-', '');
}

export function isWorkingDay(at: number): boolean {
  const weekday = new Date(at + VIETNAM).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !fixedHolidays.has(dateOf(at).slice(5));
}

/**
 * Moves by whole working days and keeps the time of day. Zero leaves a working day alone and takes any other day
 * back to the last working day, so that "today" on a Sunday is Friday.
 */
export function addWorkingDays(at: number, days: number): number {
  let moved = at;
  while (days <= 0 && !isWorkingDay(moved)) moved -= DAY;
  const step = days < 0 ? -DAY : DAY;
  for (let left = Math.abs(days); left > 0; ) {
    moved += step;
    if (isWorkingDay(moved)) left -= 1;
  }
  return moved;
}

export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
