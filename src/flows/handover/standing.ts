// Where somebody who waits for staff stands, and in which words they hear it. What is not known is not said.
import { HOUR, MINUTE } from '../../lib/clock.js';
import { VIETNAM } from '../../lib/vietnam-time.js';
import { calendarDays, vnDate } from '../dates.js';
import type { Texts } from '../texts.js';
import type { Agency } from './agencies.js';
import { type HandoverServices, MOST_AHEAD, type QueuePlace } from './services.js';
import { HANDOVER } from './texts.js';

export type Standing =
  | { there: true; ahead: number; usualWait?: number }
  /** `closed`: outside office hours; `nobody`: within them, but nobody is on duty. `from`: when the agency opens next, where that is known. */
  | { there: false; why: 'closed' | 'nobody'; from?: number };

export async function standingOf(
  handover: HandoverServices,
  agency: Agency,
  place: QueuePlace,
  now: number,
): Promise<Standing> {
  const closing = agency.hours.closing(now);
  if (closing === undefined) return away('closed', agency.hours.nextOpening(now));
  const { ahead, onDuty, usualWait } = await handover.queue(agency.id, place, now);
  if (onDuty === 0) return away('nobody', agency.hours.nextOpening(closing));
  return { there: true, ahead, ...(usualWait === undefined ? {} : { usualWait }) };
}

function away(why: 'closed' | 'nobody', from: number | undefined): Standing {
  return { there: false, why, ...(from === undefined ? {} : { from }) };
}

/** "Bạn đứng thứ 3 trong hàng chờ. Thường chờ khoảng 10 phút." */
export function placeWords(texts: Texts, { ahead, usualWait }: Extract<Standing, { there: true }>): string {
  const place =
    ahead === 0
      ? texts.format(HANDOVER.next)
      : ahead >= MOST_AHEAD
        ? texts.format(HANDOVER.placeFar, { count: MOST_AHEAD })
        : texts.format(HANDOVER.place, { position: ahead + 1 });
  return [place, ...waitWords(texts, usualWait)].join(' ');
}

function waitWords(texts: Texts, usualWait: number | undefined): string[] {
  if (usualWait === undefined) return [];
  if (usualWait > HOUR) return [texts.format(HANDOVER.waitLong, { hours: Math.ceil(usualWait / HOUR) })];
  // Rounded up: nobody minds being answered sooner.
  return [texts.format(HANDOVER.wait, { minutes: Math.max(1, Math.ceil(usualWait / MINUTE / 5)) * 5 })];
}

const NOON = 12;
const EVENING = 18;

/** A moment to come, as people say it: "sáng mai từ 7 giờ 30". */
export function whenWords(texts: Texts, at: number, now: number): string {
  const local = new Date(at + VIETNAM);
  const [hour, minutes] = [local.getUTCHours(), local.getUTCMinutes()];
  const minute = String(minutes).padStart(2, '0');
  const time =
    minutes === 0 ? texts.format(HANDOVER.hour, { hour }) : texts.format(HANDOVER.hourMinute, { hour, minute });
  const part = hour < NOON ? 'morning' : hour < EVENING ? 'afternoon' : 'evening';
  const days = calendarDays(now, at);
  if (days === 0) return texts.format(HANDOVER.today, { part, time });
  if (days === 1) return texts.format(HANDOVER.tomorrow, { part, time });
  return texts.format(HANDOVER.later, { weekday: local.getUTCDay(), date: vnDate(at).slice(0, 5), time });
}
