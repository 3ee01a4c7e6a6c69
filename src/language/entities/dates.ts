// Dates, months and years in words and figures. Relative ones ("hôm qua", "tháng trước") are resolved with the clock that is passed in;
// longer stretches of time are periods.ts.
import type { Entity } from '../language.js';
import { entityAt, type FoldedText, wordAt } from './folded-text.js';
import { findPeriods } from './periods.js';
import { overlaps, plain } from './plain.js';

const VIETNAM_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

const FIGURES =
  /(?<![\p{L}\p{N}./-])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})|(\d{1,2})\/(\d{1,2}))(?![\p{L}\p{N}]|[/-]\p{N})/gu;
const MONTH_FIGURES = /(?<![\p{L}\p{N}./-])(\d{1,2})[/-](20\d{2})(?![\p{L}\p{N}/-])/gu;
// "hôm 3-11": with a word before it a dash or dot suffices.
const NEAR_FIGURES = /(?<=(?:ngày|ngay|hôm|hom|bữa|bua)\s{1,3})(\d{1,2})[-.](\d{1,2})(?![\p{L}\p{N}]|[./-]\p{N})/giu;
const WORDS =
  /\b(?:ngay|mung|mong|hom) (\d{1,2}) (?:thang )?(\d{1,2})(?: (?:nam )?(20\d{2}|19\d{2})| nam (nay|ngoai|truoc))?\b/g;
const NUMBER_WORDS = ['mot', 'hai', 'ba', 'tu', 'nam', 'sau', 'bay', 'tam', 'chin', 'muoi', 'muoi mot', 'muoi hai'];
const MONTH = new RegExp(
  `\\bthang (\\d{1,2}|gieng|chap|${[...NUMBER_WORDS].reverse().join('|')})(?: (?:nam )?(20\\d{2}|nay|ngoai))?\\b`,
  'g',
);
const RELATIVE_MONTH = /\bthang (nay|truoc|roi|vua roi|vua qua|qua|sau|toi)\b/g;
const YEAR = /\bnam (20\d{2}|nay|ngoai|truoc|roi|kia|sau|toi)\b/g;
const YEARS_AWAY: Record<string, number> = { nay: 0, ngoai: -1, truoc: -1, roi: -1, kia: -2, sau: 1, toi: 1 };
const RELATIVE_DAY = /\b(hom nay|hom qua|hom kia|ngay mai|sang nay|chieu nay|ngay kia)\b/g;
const DAYS_AWAY: Record<string, number> = {
  'hom nay': 0,
  'sang nay': 0,
  'chieu nay': 0,
  'hom qua': -1,
  'hom kia': -2,
  'ngay mai': 1,
  'ngay kia': 2,
};

/** `now` in milliseconds; days and months are Vietnam's. */
export function findDates(message: string, folded: FoldedText, now: number, taken: readonly Entity[]): Entity[] {
  const text = plain(message);
  const today = new Date(now + VIETNAM_OFFSET_MS);
  const thisYear = today.getUTCFullYear();
  const midnight = new Date(Date.UTC(thisYear, today.getUTCMonth(), today.getUTCDate()));
  const { found: periods, lunar } = findPeriods(message, folded, midnight);
  const found: Entity[] = [];
  const add = (entity: Entity | undefined): void => {
    if (entity === undefined || [...taken, ...found, ...lunar].some((other) => overlaps(entity, other))) return;
    found.push(entity);
  };
  const addWords = (type: 'date' | 'month' | 'year', match: RegExpExecArray, value: string | undefined): void => {
    if (value !== undefined) add(entityAt(message, folded, match.index, match.index + match[0].length, type, value));
  };

  for (const match of text.matchAll(FIGURES)) {
    const [whole, y1, m1, d1, d2, m2, y2, d3, m3] = match;
    if (whole === '24/7') continue;
    const value = dateValue(Number(d1 ?? d2 ?? d3), Number(m1 ?? m2 ?? m3), fullYear(y1 ?? y2));
    if (value !== undefined) add(spanned('date', value, match.index, whole));
  }
  for (const match of text.matchAll(MONTH_FIGURES)) {
    const value = monthValue(Number(match[1]), Number(match[2]));
    if (value !== undefined) add(spanned('month', value, match.index, match[0]));
  }
  for (const match of text.matchAll(NEAR_FIGURES)) {
    const value = dateValue(Number(match[1]), Number(match[2]), undefined);
    if (value !== undefined) add(spanned('date', value, match.index, match[0]));
  }
  for (const match of folded.text.matchAll(WORDS)) {
    const year = match[4] === undefined ? fullYear(match[3]) : thisYear + (YEARS_AWAY[match[4]] ?? 0);
    addWords('date', match, dateValue(Number(match[1]), Number(match[2]), year));
  }
  for (const entity of periods) add(entity);
  for (const match of folded.text.matchAll(RELATIVE_DAY)) {
    const day = new Date(today.getTime() + (DAYS_AWAY[match[1] ?? ''] ?? 0) * DAY_MS);
    addWords('date', match, day.toISOString().slice(0, 10));
  }
  for (const match of folded.text.matchAll(RELATIVE_MONTH)) {
    // "tháng sáu" is June, "tháng sau" next month: they fold to the same letters.
    if (folded.words[wordAt(folded, match.index) + 1]?.text === 'sáu') continue;
    const away = match[1] === 'nay' ? 0 : match[1] === 'sau' || match[1] === 'toi' ? 1 : -1;
    addWords('month', match, new Date(Date.UTC(thisYear, today.getUTCMonth() + away, 1)).toISOString().slice(0, 7));
  }
  for (const match of folded.text.matchAll(MONTH)) {
    const year = match[2] === 'nay' ? thisYear : match[2] === 'ngoai' ? thisYear - 1 : fullYear(match[2]);
    addWords('month', match, monthValue(monthNumber(match[1] ?? ''), year));
  }
  for (const match of folded.text.matchAll(YEAR)) {
    // "năm sáu" is five or six, "năm sau" next year.
    if (folded.words[wordAt(folded, match.index) + 1]?.text === 'sáu') continue;
    const year = /^\d/.test(match[1] ?? '') ? Number(match[1]) : thisYear + (YEARS_AWAY[match[1] ?? ''] ?? 0);
    addWords('year', match, String(year));
  }
  return found;

  function spanned(type: 'date' | 'month', value: string, start: number, whole: string): Entity {
    const end = start + whole.length;
    return { type, value, text: message.slice(start, end), start, end };
  }
}

function monthNumber(word: string): number {
  if (word === 'gieng') return 1;
  if (word === 'chap') return 12;
  return /^\d/.test(word) ? Number(word) : NUMBER_WORDS.indexOf(word) + 1;
}

function fullYear(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const year = Number(text);
  if (text.length !== 2) return year;
  return year > 60 ? 1900 + year : 2000 + year;
}

function monthValue(month: number, year: number | undefined): string | undefined {
  if (month < 1 || month > 12) return undefined;
  const two = String(month).padStart(2, '0');
  return year === undefined ? `--${two}` : `${year}-${two}`;
}

function dateValue(day: number, month: number, year: number | undefined): string | undefined {
  // Without a year 29 February is possible.
  const date = new Date(Date.UTC(year ?? 2024, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const rest = `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return year === undefined ? `--${rest}` : `${year}-${rest}`;
}
