// Vietnam's one time zone: UTC+7, no daylight saving since 1975.
import { DAY, HOUR } from './clock.js';

/** Added to a moment, its UTC fields are those of a clock in Vietnam. */
export const VIETNAM = 7 * HOUR;

/** `2026-11-21` of a moment. */
export function vnDay(at: number): string {
  return new Date(at + VIETNAM).toISOString().slice(0, 10);
}

/** The beginning of the day on which the moment falls. */
export function vnMidnight(at: number): number {
  return Math.floor((at + VIETNAM) / DAY) * DAY - VIETNAM;
}
