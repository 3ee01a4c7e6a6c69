// How a dossier stands to its appointment, counted in working days. Pure; the words are the card's.
import type { WorkingDays } from '../../lib/working-days.js';
import type { Dossier } from '../../portal/portal.js';
import { calendarDays } from '../dates.js';

/** The clock of the appointment runs only while the agency has the dossier (domain reference, section 3). */
const RUNNING: ReadonlySet<number> = new Set([2, 4]);
/** The citizen is to act, or the agency stopped: nothing is late meanwhile. */
const PAUSED: ReadonlySet<number> = new Set([5, 6, 8]);
const RETURNED: ReadonlySet<number> = new Set([9, 10]);

/** `days` are working days; `about`: a year without a holiday table was crossed, so weekends alone were counted. */
export type Due =
  | { is: 'none' | 'paused' | 'today' | 'early' | 'on-time' }
  /** `opens`: the appointment falls on a day off, and this is the working day after it. */
  | { is: 'left'; days: number; about: boolean; opens?: number }
  /** 0 days: only days off have passed since. */
  | { is: 'overdue' | 'late'; days: number; about: boolean };

export function dueOf({ status, dueAt, finishedAt }: Dossier, now: number, calendar: WorkingDays): Due {
  if (PAUSED.has(status)) return { is: 'paused' };
  if (dueAt === undefined) return { is: 'none' };
  // A term that ends on a day off ends with the next working day (Civil Code 2015, article 148.5).
  const last = calendar.isWorkingDay(dueAt) ? dueAt : calendar.add(dueAt, 1);
  const counted = (from: number, to: number) => ({
    days: calendar.between(from, to),
    about: !calendar.knows(from, to),
  });
  if (RETURNED.has(status)) {
    if (finishedAt === undefined) return { is: 'none' };
    if (calendarDays(last, finishedAt) > 0) return { is: 'late', ...counted(last, finishedAt) };
    return { is: calendarDays(dueAt, finishedAt) < 0 ? 'early' : 'on-time' };
  }
  if (!RUNNING.has(status)) return { is: 'none' };
  if (calendarDays(last, now) > 0) return { is: 'overdue', ...counted(last, now) };
  if (calendarDays(now, last) === 0) return { is: 'today' };
  return { is: 'left', ...counted(now, last), ...(last === dueAt ? {} : { opens: last }) };
}

export function isOverdue(dossier: Dossier, now: number, calendar: WorkingDays): boolean {
  return dueOf(dossier, now, calendar).is === 'overdue';
}
