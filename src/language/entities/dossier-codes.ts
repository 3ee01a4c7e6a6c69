// Dossier codes (mã hồ sơ) as citizens type them. Shapes: docs of QCVN 102:2016/BTTTT and QĐ 20/2020/QĐ-TTg. No digit is ever guessed.
import type { Entity } from '../language.js';
import { plain } from './plain.js';

const DAY_MS = 86_400_000;
const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/** Canonical shape: `000.00.16.H56-230412-0001`, `H56.14-240823-0001`, `G01.812.108.000-241020-0012`. */
export const CANONICAL_DOSSIER_CODE =
  /^(?:\d{3}\.\d{2}\.\d{2,3}\.[GHK]\d{2}|[GHK]\d{2}(?:\.\d{1,3}){0,4})-\d{6}-\d{3,6}$/;

// A digit or the letter O in its place; a gap is what people put between groups.
const D = '[0-9Oo]';
const GAP = '(?:\\s|[-_./,:|]|%2[DEF0]){0,3}';
// A code may follow an escaped sign of an address ("%3D") or the letters "HS" without a space.
const BEFORE =
  '(?:(?<![\\p{L}\\p{N}])(?<![\\p{N}][.-])|(?<=%(?:3[ADad]|2[06Ff]|7[Cc]))|(?<=(?<![\\p{L}\\p{N}])[Mm]?[Hh][Ss]))';
const AFTER = '(?![\\p{L}\\p{N}]|[-.][\\p{N}])';

// QCVN 102: three groups, then the province. The letter anchors the groups, so they may have lost every separator.
const OLD = new RegExp(
  `${BEFORE}(${D}{3})${GAP}(${D}{2})${GAP}(${D}{2,3})${GAP}([GHKghk])(${D}{2})${GAP}(${D}{6})${GAP}(${D}{3,6})${AFTER}`,
  'gu',
);
// QĐ 20/2020: the province or ministry first, up to four levels, separated.
const NEW = new RegExp(
  `${BEFORE}([GHKghk])\\s?(${D}{2})((?:(?:\\s?[.,]\\s?|[-_ ])${D}{1,3}){0,4})\\s{0,2}[-_/.:|, ]{1,2}\\s{0,2}(${D}{6})\\s{0,2}[-_/.:|, ]{1,2}\\s{0,2}(${D}{3,6})${AFTER}`,
  'gu',
);
// The same without a separator between some groups: only taken when it can be read in one way.
const RUN = new RegExp(`${BEFORE}([GHKghk])(${D}{2}(?:[-_./ ]?${D}){9,22})${AFTER}`, 'gu');
// Meant as a code: an agency part and a date-like tail, or the tail alone.
const NEAR = new RegExp(
  `${BEFORE}(?:(?:${D}{2,4}[.,\\s-]{0,2}){0,4}[GHKghk]${D}{1,3}(?:[-_./,\\s]{0,3}${D}){4,22}|${D}{6}-${D}{3,6}|${D}{3}\\.${D}{2}\\.${D}{2,3}(?:[-_./,\\s]{0,3}${D}){4,12})(?![\\p{N}])`,
  'gu',
);
// "mã hồ sơ 230412 0001": whatever digits follow the words were meant as the code.
const NAMED =
  /(?:mã|ma)\s*(?:số|so)?\s*(?:hồ\s*sơ|ho\s*so|hs|hso|biên\s*nhận|bien\s*nhan)(?:\s*(?:là|la|số|so|của\s+tôi|cua\s+toi|:|=))*\s*([GHKghk]?\d[\dOo]*(?:[-_./\s]{1,2}[\dOo]+)*)/giu;

/** Valid codes as `dossier-code`, near misses as `dossier-code-partial`. `now` in milliseconds: a code cannot be dated after today in Vietnam. */
export function findDossierCodes(message: string, now: number): Entity[] {
  const text = plain(message);
  const found: Entity[] = [];
  const add = (type: 'dossier-code' | 'dossier-code-partial', start: number, end: number, value: string): void => {
    if (found.some((other) => start < other.end && other.start < end)) return;
    found.push({ type, value, text: message.slice(start, end), start, end });
  };

  for (const match of text.matchAll(OLD)) {
    const [whole, a = '', b = '', c = '', letter = '', province = '', date = '', sequence = ''] = match;
    addIfDated(match.index, whole, `${a}.${b}.${c}.${letter}${province}`, date, sequence);
  }
  for (const match of text.matchAll(NEW)) {
    const [whole, letter = '', province = '', levels = '', date = '', sequence = ''] = match;
    const groups = levels.match(/[0-9Oo]+/g) ?? [];
    addIfDated(match.index, whole, [letter + province, ...groups].join('.'), date, sequence);
  }
  for (const match of text.matchAll(RUN)) {
    const [whole, letter = '', digits = ''] = match;
    const only = onlyReading(letter.toUpperCase(), toDigits(digits), now);
    if (only !== undefined) add('dossier-code', match.index, match.index + whole.length, only);
  }
  for (const match of text.matchAll(NEAR)) {
    const whole = match[0];
    const together = withoutSpaces(whole);
    if (together !== undefined && isPastDate(/-(\d{6})-/.exec(together)?.[1] ?? '', now))
      add('dossier-code', match.index, match.index + whole.length, together);
    else if (looksLikeCode(whole, now))
      add('dossier-code-partial', match.index, match.index + whole.length, tidy(whole));
  }
  for (const match of text.matchAll(NAMED)) {
    const digits = match[1] ?? '';
    const start = match.index + match[0].length - digits.length;
    if (digits.replace(/\D/g, '').length >= 3) add('dossier-code-partial', start, start + digits.length, tidy(digits));
  }
  return found.sort((x, y) => x.start - y.start);

  function addIfDated(start: number, whole: string, agency: string, date: string, sequence: string): void {
    const code = `${toDigits(agency).toUpperCase()}-${toDigits(date)}-${toDigits(sequence)}`;
    if (isPastDate(toDigits(date), now) && CANONICAL_DOSSIER_CODE.test(code))
      add('dossier-code', start, start + whole.length, code);
  }
}

/** True when `yymmdd` is a real day, not after today in Vietnam. */
function isPastDate(yymmdd: string, now: number): boolean {
  const [year, month, day] = [
    2000 + Number(yymmdd.slice(0, 2)),
    Number(yymmdd.slice(2, 4)),
    Number(yymmdd.slice(4, 6)),
  ];
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return false;
  const today = Math.floor((now + VIETNAM_OFFSET_MS) / DAY_MS) * DAY_MS;
  return at <= today;
}

/** Splits a run of digits into levels, date and sequence. More than one way that gives a past date: undefined, so that the bot asks. */
function onlyReading(letter: string, typed: string, now: number): string | undefined {
  const digits = typed.replace(/\D/g, '');
  // A separator that was typed must stand between two groups: "24082-0001" is a date that lost a digit, not 240820 and 001.
  const separators = [...typed.matchAll(/\D+/g)].map((match) => typed.slice(0, match.index).replace(/\D/g, '').length);
  const levelLength = letter === 'H' ? 2 : 3;
  const readings: { code: string; usual: boolean }[] = [];
  for (let levels = 0; levels <= 3; levels++) {
    const dateAt = 2 + levels * levelLength;
    const date = digits.slice(dateAt, dateAt + 6);
    const sequence = digits.slice(dateAt + 6);
    const ends = Array.from({ length: levels + 1 }, (_, level) => 2 + level * levelLength);
    if (sequence.length < 3 || sequence.length > 6 || !isPastDate(date, now)) continue;
    if (!separators.every((at) => at === dateAt + 6 || ends.includes(at))) continue;
    const agency = [
      letter + digits.slice(0, 2),
      ...ends.slice(0, levels).map((at) => digits.slice(at, at + levelLength)),
    ];
    readings.push({ code: `${agency.join('.')}-${date}-${sequence}`, usual: sequence.length === 4 });
  }
  const usual = readings.filter((reading) => reading.usual);
  const candidates = usual.length > 0 ? usual : readings;
  return candidates.length === 1 ? candidates[0]?.code : undefined;
}

/** "H56.14-24 08 23-00 01": both dashes stand, only spaces are too many. A sequence of four digits, so that no number after it joins in. */
function withoutSpaces(whole: string): string | undefined {
  const code = toDigits(whole.replace(/\s+/g, '').toUpperCase());
  return /^[^-]*-\d{6}-\d{4}$/.test(code) && CANONICAL_DOSSIER_CODE.test(code) ? code : undefined;
}

function looksLikeCode(whole: string, now: number): boolean {
  const digits = toDigits(whole).replace(/\D/g, '');
  // Nine digits and more: fewer are a road ("H56 2024") or a school class.
  if (/[GHKghk]/.test(whole)) return digits.length >= 7 && /\d/.test(whole);
  if (/^[\dOo]{6}-/.test(whole)) return isPastDate(digits.slice(0, 6), now);
  return digits.length >= 11;
}

function toDigits(text: string): string {
  return text.replace(/[Oo]/g, '0');
}

function tidy(text: string): string {
  return toDigits(text.toUpperCase().trim().replace(/\s+/g, ' ')).replace(/[-_./,: ]+$/, '');
}
