// Hours in which the bot does not speak first. In Vietnam's time. Pure.
import { DAY, MINUTE } from '../../lib/clock.js';
import { vnMidnight } from '../../lib/vietnam-time.js';

/** Minutes since midnight in Vietnam; a stretch may go over midnight. */
export interface QuietHours {
  from: number;
  to: number;
}

/** When the quiet that reigns now ends; undefined when it is not quiet. */
export function quietUntil(quiet: QuietHours | undefined, now: number): number | undefined {
  if (quiet === undefined) return undefined;
  const midnight = vnMidnight(now);
  const minute = (now - midnight) / MINUTE;
  const { from, to } = quiet;
  if (from < to) return minute >= from && minute < to ? midnight + to * MINUTE : undefined;
  if (minute >= from) return midnight + DAY + to * MINUTE;
  return minute < to ? midnight + to * MINUTE : undefined;
}
