// Stretches of time and days said from today: "tuần trước", "quý 3", "6 tháng đầu năm", "thứ 2 tuần sau", "3 ngày trước". Calendar dates are
// dates.ts. Nothing is invented: "hôm trước" and days of the lunar calendar give nothing.
import type { Entity } from '../language.js';
import { type FoldedText, wordAt } from './folded-text.js';
import { overlaps, type Span } from './plain.js';

const DAY_MS = 86_400_000;

type Unit = 'day' | 'week' | 'month' | 'year';

interface Said {
  type: 'date' | 'month' | 'year' | 'period';
  value: string;
}

const NEXT = 'sau|toi|ke tiep';
const LAST = 'truoc|roi|vua roi|vua qua|qua';
const YEAR = '(?: (?:cua )?(?:nam )?(20\\d{2}|nay|ngoai|truoc))?';

const WEEK = new RegExp(`\\btuan (nay|${LAST}|${NEXT})\\b`, 'g');
const WEEKDAY = new RegExp(
  `\\b(thu (?:[2-7]|hai|ba|tu|nam|sau|bay)|t[2-7]|chu nhat|cn) (tuan )?(nay|${LAST}|${NEXT})\\b`,
  'g',
);
const QUARTER = new RegExp(`\\bquy (?:thu )?([1-4]|i{1,3}|iv|mot|hai|ba|tu)${YEAR}\\b`, 'g');
const NEAR_QUARTER = new RegExp(`\\bquy (nay|${LAST}|${NEXT})\\b`, 'g');
const MONTHS_OF_YEAR = new RegExp(`\\b(\\d{1,2}|ba|sau|chin) thang (dau|cuoi)(?: nam(?= |$))?${YEAR}(?= |$)`, 'g');
const SINCE = /\btu dau (nam|thang|tuan)(?: nay)?(?: (?:den|toi) (?:nay|gio|hom nay|bay gio))?\b/g;
const PART_OF_MONTH = new RegExp(`\\b(dau|giua|cuoi) thang(?: (nay|${LAST}|${NEXT}))?\\b(?! (?:\\d|gieng|chap))`, 'g');
const AGO =
  /\b(?:cach day (\d{1,3}) (ngay|hom|bua|tuan|thang|nam)|(\d{1,3}) (ngay|hom|bua|tuan|thang|nam) (truoc|nua))\b(?! khi)/g;
const LATELY = /\b(\d{1,3}) (ngay|hom|tuan|thang|nam) (?:vua qua|gan day|vua roi|qua)\b/g;
const DAY_OF_MONTH = new RegExp(`\\bngay (\\d{1,2}) thang (nay|${LAST}|${NEXT})\\b`, 'g');
const PART_OF_DAY = /\b(?:sang|trua|chieu) (qua|mai|mot)\b|\bbua (nay|qua|kia)\b/g;
// Lunar days are no dates of the calendar that offices use.
const LUNAR =
  /\b(?:(?:mung|mong|ram|ngay) (?:\d{1,2} )?)?(?:thang (?:\d{1,2}|gieng|chap) )?(?:am lich|am|al)\b|\b(?:mung|mong) \d{1,2} tet\b|\bram thang (?:\d{1,2}|gieng|bay|tam|chap)\b|\b\d{1,2} tet\b/g;

const NUMBERS: Readonly<Record<string, number>> = {
  mot: 1,
  i: 1,
  hai: 2,
  ii: 2,
  ba: 3,
  iii: 3,
  tu: 4,
  iv: 4,
  nam: 5,
  sau: 6,
  bay: 7,
  chin: 9,
};
const DAYS_AWAY: Readonly<Record<string, number>> = { qua: -1, mai: 1, mot: 2, nay: 0, kia: -2 };
const UNITS: Readonly<Record<string, Unit>> = {
  ngay: 'day',
  hom: 'day',
  bua: 'day',
  tuan: 'week',
  thang: 'month',
  nam: 'year',
};

/** What a match says; `lunar` claims it without a value, undefined leaves it alone. */
type Meaning = Said | 'lunar' | undefined;

/** `today`: midnight UTC of the day in Vietnam. Lunar days come as `lunar`, so that nothing in them is taken for a month. */
export function findPeriods(message: string, folded: FoldedText, today: Date): { found: Entity[]; lunar: Span[] } {
  const found: Entity[] = [];
  const lunar: Span[] = [];
  const year = today.getUTCFullYear();
  const month = today.getUTCMonth();

  // "an", "ấm" and "âm" fold alike: alone they say nothing.
  each(LUNAR, ([whole]) => (whole === 'am' || whole === 'al' ? undefined : 'lunar'));
  each(WEEKDAY, ([, day = '', ofWeek, near], typed) =>
    /^(?:thứ|thu|t[2-7]|chủ|chu|cn)(?: |$)/.test(typed)
      ? date(weekday(day, ofWeek !== undefined, sign(near)))
      : undefined,
  );
  each(WEEK, ([, near]) => {
    const monday = addDays(mondayOf(today), 7 * sign(near));
    return period(monday, addDays(monday, 6));
  });
  each(QUARTER, ([, which = '', said], typed, raw) => {
    if (!/^(?:quý|quí|quy) /.test(typed)) return undefined;
    // A long "iii" has been shortened among the words.
    const roman = /^(?:quý|quí|quy) (?:thứ )?(iii|ii|iv)(?!\p{L})/iu.exec(raw.normalize('NFC'))?.[1]?.toLowerCase();
    const number = numberOf(roman ?? which);
    const of = yearOf(said, year);
    return period(utc(of, 3 * number - 3, 1), utc(of, 3 * number, 0));
  });
  each(NEAR_QUARTER, ([, near], typed) => {
    if (!/^(?:quý|quí) /.test(typed)) return undefined;
    const first = 3 * (Math.floor(month / 3) + sign(near));
    return period(utc(year, first, 1), utc(year, first + 3, 0));
  });
  each(MONTHS_OF_YEAR, ([, many = '', end, said]) => {
    const months = numberOf(many);
    if (months < 1 || months > 11) return undefined;
    const of = yearOf(said, year);
    return end === 'dau' ? period(utc(of, 0, 1), utc(of, months, 0)) : period(utc(of, 12 - months, 1), utc(of, 12, 0));
  });
  each(SINCE, ([, of]) =>
    period(of === 'nam' ? utc(year, 0, 1) : of === 'thang' ? utc(year, month, 1) : mondayOf(today), today),
  );
  each(PART_OF_MONTH, ([, part, near]) => {
    const m = month + sign(near);
    // Ten days each, as months are parted in Vietnamese (thượng, trung, hạ tuần).
    if (part === 'dau') return period(utc(year, m, 1), utc(year, m, 10));
    return part === 'giua' ? period(utc(year, m, 11), utc(year, m, 20)) : period(utc(year, m, 21), utc(year, m + 1, 0));
  });
  each(DAY_OF_MONTH, ([, day, near]) => {
    const said = utc(year, month + sign(near), Number(day));
    return said.getUTCDate() === Number(day) ? date(said) : undefined;
  });
  each(AGO, ([, ago, agoUnit, many, unit, direction]) => {
    const amount = Number(ago ?? many) * (direction === 'nua' ? 1 : -1);
    return away(amount, UNITS[agoUnit ?? unit ?? ''] ?? 'day');
  });
  each(LATELY, ([, many, unit]) => period(movedBy(-Number(many), UNITS[unit ?? ''] ?? 'day'), today));
  each(PART_OF_DAY, ([, near, ofDay], typed) => {
    // "chiều mai" is tomorrow, "sang mộ" is not.
    if (!/^(?:sáng|trưa|chiều|bữa|bua|sang|chieu) (?:qua|mai|mốt|mot|nay|kia)$/.test(typed)) return undefined;
    return date(addDays(today, DAYS_AWAY[near ?? ofDay ?? ''] ?? 0));
  });
  return { found, lunar };

  function each(pattern: RegExp, meaning: (match: RegExpExecArray, typed: string, raw: string) => Meaning): void {
    for (const match of folded.text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      const words = folded.words.slice(wordAt(folded, from), wordAt(folded, Math.max(from, to - 1)) + 1);
      const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0];
      const said = meaning(match, words.map((word) => word.text).join(' '), message.slice(start, end));
      if (said === undefined || end <= start) continue;
      if (said === 'lunar') lunar.push({ start, end });
      else if (![...found, ...lunar].some((other) => overlaps(other, { start, end })))
        found.push({ ...said, text: message.slice(start, end), start, end });
    }
  }

  function weekday(name: string, ofWeek: boolean, away: -1 | 0 | 1): Date {
    const day = /^(?:chu nhat|cn)$/.test(name) ? 6 : numberOf(name.replace(/^thu |^t/, '')) - 2;
    const thisWeek = addDays(mondayOf(today), day);
    if (ofWeek || away === 0) return addDays(thisWeek, 7 * away);
    // "thứ 6 tới": the next one; "thứ 6 vừa rồi": the last one.
    const passed = thisWeek.getTime() < today.getTime();
    if (away > 0) return thisWeek.getTime() > today.getTime() ? thisWeek : addDays(thisWeek, 7);
    return passed ? thisWeek : addDays(thisWeek, -7);
  }

  function movedBy(amount: number, unit: Unit): Date {
    if (unit === 'day' || unit === 'week') return addDays(today, amount * (unit === 'week' ? 7 : 1));
    if (unit === 'year') return utc(year + amount, month, today.getUTCDate());
    const first = utc(year, month + amount, 1);
    const last = utc(year, month + amount + 1, 0).getUTCDate();
    return utc(first.getUTCFullYear(), first.getUTCMonth(), Math.min(today.getUTCDate(), last));
  }

  /** A day is a date, a week its seven days, a month and a year themselves. */
  function away(amount: number, unit: Unit): Said {
    if (unit === 'day') return date(addDays(today, amount));
    if (unit === 'month') return { type: 'month', value: iso(utc(year, month + amount, 1)).slice(0, 7) };
    if (unit === 'year') return { type: 'year', value: String(year + amount) };
    const monday = addDays(mondayOf(today), 7 * amount);
    return period(monday, addDays(monday, 6));
  }
}

function numberOf(word: string): number {
  return NUMBERS[word] ?? Number(word);
}

function sign(word: string | undefined): -1 | 0 | 1 {
  if (word === undefined || word === 'nay') return 0;
  return /^(?:sau|toi|ke tiep)$/.test(word) ? 1 : -1;
}

/** People name the year of a quarter when it is not this one. */
function yearOf(said: string | undefined, year: number): number {
  return said === undefined || said === 'nay' ? year : /^\d/.test(said) ? Number(said) : year - 1;
}

function utc(year: number, month: number, day: number): Date {
  return new Date(Date.UTC(year, month, day));
}

function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS);
}

function mondayOf(date: Date): Date {
  return addDays(date, -((date.getUTCDay() + 6) % 7));
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function date(at: Date): Said {
  return { type: 'date', value: iso(at) };
}

function period(from: Date, to: Date): Said {
  return { type: 'period', value: `${iso(from)}/${iso(to)}` };
}
