// When things happened to a sample dossier, counted in working days from "now": submitted, accepted, due, and each change
// of state, never in the future and never backwards. What happened is in dossiers.ts.
import { addWorkingDays, DAY, HOUR, MINUTE, startOfDay } from './calendar.js';
import type { Random } from './random.js';
import type { Procedure } from './schemas.js';

export type Situation =
  | 'waiting'
  | 'accepted'
  | 'rejected'
  | 'in-progress'
  | 'due-soon'
  | 'overdue'
  | 'supplement'
  | 'payment'
  | 'withdrawn'
  | 'stopped'
  | 'ready'
  | 'returned';

export interface Times {
  submitted: number;
  due?: number;
  /** One time per state of the plan's path, never in the future, never backwards. */
  changes: number[];
}

export function timesOf(situation: Situation, total: number, now: number, random: Random): Times {
  /** Some time in office hours, so many working days ago; never later than a few minutes before now. */
  const ago = (days: number): number => {
    const day = startOfDay(addWorkingDays(now, -days));
    return Math.min(
      day + 7 * HOUR + 30 * MINUTE + random.between(0, 500) * MINUTE,
      now - random.between(40, 90) * MINUTE,
    );
  };
  const after = (at: number, minutes: number): number => Math.min(at + minutes * MINUTE, now - MINUTE);

  if (situation === 'waiting') return { submitted: ago(random.between(0, 1)), changes: [] };
  if (situation === 'rejected' || situation === 'withdrawn') {
    const submitted = ago(random.between(2, 18));
    return { submitted, changes: [after(submitted, random.between(60, 1800))] };
  }
  const elapsed = elapsedDays(situation, total, random);
  const accepted = ago(elapsed.sinceAccepted);
  const taken = after(accepted, random.between(5, 30));
  const last = Math.max(taken, ago(elapsed.sinceLast));
  const returned = after(last, random.between(1, 3) * 24 * 60);
  return {
    submitted: accepted - random.between(20, 300) * MINUTE - (random.chance(0.3) ? DAY : 0),
    due: startOfDay(addWorkingDays(accepted, total)) + 17 * HOUR,
    changes: [accepted, taken, last, returned],
  };
}

/** Working days since the acceptance and since the last change, for a procedure of `total` working days. */
function elapsedDays(
  situation: Situation,
  total: number,
  random: Random,
): { sinceAccepted: number; sinceLast: number } {
  const within = (sinceAccepted: number) => ({
    sinceAccepted,
    sinceLast: random.between(0, Math.max(0, sinceAccepted - 1)),
  });
  switch (situation) {
    case 'accepted':
      return within(0);
    case 'due-soon':
      return within(Math.max(0, total - random.between(0, 2)));
    case 'overdue':
      return within(total + random.between(1, 8));
    case 'stopped':
      return within(random.between(2, total + 3));
    case 'supplement':
    case 'payment':
      return within(random.between(1, Math.max(1, total)));
    case 'ready':
    case 'returned': {
      const sinceLast = situation === 'ready' ? random.between(0, 6) : random.between(2, 45);
      const handled = Math.max(1, total + random.pick([-3, -2, -1, -1, 0, 0, 1, 3]));
      return { sinceAccepted: sinceLast + handled, sinceLast };
    }
    default:
      return within(total > 4 ? random.between(1, total - 3) : 0);
  }
}

/** The published time when it is plainly in working days, else a usual one. */
export function processingDays(procedure: Procedure, random: Random): number {
  const published = (procedure.methods ?? [])
    .map((method) => /(\d{1,3}) ngày làm việc/iu.exec((method.timeText ?? '').normalize('NFC'))?.[1])
    .find((days) => days !== undefined);
  const days = published === undefined ? 0 : Number(published);
  return days >= 1 && days <= 60 ? days : random.pick([3, 5, 7, 10, 15, 20]);
}
