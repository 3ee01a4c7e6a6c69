// Times, sizes and names as people in Vietnam read them. Pure; times in ms since 1970.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const zone = 'Asia/Ho_Chi_Minh';
const clockFormat = new Intl.DateTimeFormat('vi-VN', {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
  timeZone: zone,
});
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: '2-digit', timeZone: zone });
const fullDayFormat = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  timeZone: zone,
});
const weekdayFormat = new Intl.DateTimeFormat('vi-VN', { weekday: 'long', timeZone: zone });
const keyFormat = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
const numberFormat = new Intl.NumberFormat('vi-VN');

/** 14:05 */
export const clock = (at: number) => clockFormat.format(at);
/** 21/11/2026 */
export const date = (at: number) => fullDayFormat.format(at);
/** 14:05 21/11/2026 */
export const dateTime = (at: number) => `${clock(at)} ${date(at)}`;
/** 2026-11-21 */
export const dayKey = (at: number) => keyFormat.format(at);
export const number = (n: number) => numberFormat.format(n);

/** As short as it can be said: 14:05 today, 20/11 this year, else the whole date. */
export function shortTime(at: number, now: number): string {
  if (dayKey(at) === dayKey(now)) return clock(at);
  return dayKey(at).slice(0, 4) === dayKey(now).slice(0, 4) ? dayFormat.format(at) : date(at);
}

/** Head of a day in a conversation. */
export function dayTitle(at: number, now: number): string {
  if (dayKey(at) === dayKey(now)) return 'Hôm nay';
  if (dayKey(at) === dayKey(now - DAY)) return 'Hôm qua';
  const weekday = weekdayFormat.format(at);
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}, ${date(at)}`;
}

/** A length of time in at most two parts: `vừa xong`, `4 phút`, `2 giờ 5 phút`, `3 ngày`. */
export function duration(ms: number): string {
  if (ms < MINUTE) return 'dưới 1 phút';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} phút`;
  if (ms < DAY) return joined(Math.floor(ms / HOUR), 'giờ', Math.floor((ms % HOUR) / MINUTE), 'phút');
  return joined(Math.floor(ms / DAY), 'ngày', Math.floor((ms % DAY) / HOUR), 'giờ');
}

/** For narrow columns: `45 giây`, `4 phút`, `2 giờ`, `3 ngày`. */
export function shortDuration(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / 1000))} giây`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} phút`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} giờ`;
  return `${Math.floor(ms / DAY)} ngày`;
}

export function ago(at: number, now: number): string {
  return now - at < MINUTE ? 'vừa xong' : `${shortDuration(now - at)} trước`;
}

function joined(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}

export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${number(Math.round(bytes / 1024))} kB`;
  return `${numberFormat.format(Math.round((bytes / 1024 / 1024) * 10) / 10)} MB`;
}

/** Two letters of a Vietnamese name: of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words.at(0)?.charAt(0) ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : '';
  return (first + last).toLocaleUpperCase('vi');
}

/** For comparing without diacritics: lower case, marks dropped, đ as d. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .toLowerCase();
}
