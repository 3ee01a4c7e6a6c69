// Hours in which the bot does not speak first. Vietnam has one time zone and no daylight saving. Pure.
import { DAY, HOUR, MINUTE } from '../../lib/clock.js';

const VIETNAM = 7 * HOUR;

/** Minutes since midnight in Vietnam; a stretch may go over midnight. */
export interface QuietHours {
  from: number;
  to: number;
}

/** When the quiet that reigns now ends; undefined when it is not quiet. */
export function quietUntil(quiet: QuietHours | undefined, now: number): number | undefined {
  if (quiet === undefined) return undefined;
  const midnight = Math.floor((now + VIETNAM) / DAY) * DAY - VIETNAM;
  const minute = (now - midnight) / MINUTE;
  const { from, to } = quiet;
  if (from < to) return minute >= from && minute < to ? midnight + to * MINUTE : undefined;
  if (minute >= from) return midnight + DAY + to * MINUTE;
  return minute < to ? midnight + to * MINUTE : undefined;
}
