// Telex and VNI: what stays in a word when the keyboard's input method was off or fell behind. "chaof" → "chào", "cha2o" → "chào".
import { fold } from './fold.js';
import { canonicalSpelling, TONES } from './spelling.js';
import { isSyllable } from './syllable.js';

/** What the rest of the message tells about the keyboard. */
export interface Typist {
  /** Some word can only be VNI: a figure at the end of another ("ky1") is then a tone too. */
  vni: boolean;
}

const TELEX_TONES: Record<string, string> = { f: '\u0300', s: '\u0301', r: '\u0309', x: '\u0303', j: '\u0323' };
const VNI_TONES: Record<string, string> = { 2: '\u0300', 1: '\u0301', 3: '\u0309', 4: '\u0303', 5: '\u0323' };
// English words of office talk that would also decode.
const NOT_TELEX = new Set([
  'max',
  'tax',
  'box',
  'mix',
  'bus',
  'gas',
  'has',
  'his',
  'or',
  'as',
  'is',
  'us',
  'ar',
  'her',
  'car',
  'bar',
  'mas',
]);

/** "chaof" → "chào", "ddaats" → "đất", "đâtts" → "đất", "cha2o" → "chào". Undefined when the word is no such leftover. */
export function decodeTyping(word: string, typist: Typist = { vni: false }): string | undefined {
  if (word.length < 3 || word.length > 10 || NOT_TELEX.has(word)) return undefined;
  if (/^[\p{L}\p{M}]+$/u.test(word)) {
    if (isSyllable(fold(word)) || !/[fsrxjwz]|aa|ee|oo|dd|aw|ow|uw/.test(word)) return undefined;
    return decodeTelex(word);
  }
  if (isVni(word) || (typist.vni && /^[a-z]+\d$/.test(word))) return decodeVni(word);
  return undefined;
}

/** Figures inside a word. A figure at the end alone is more often a number ("phuong1") than a tone. */
export function isVni(word: string): boolean {
  return (
    word.length >= 3 &&
    word.length <= 10 &&
    /^[a-z]+\d[a-z]+\d{0,2}$|^[a-z]+\d{2,}[a-z]*$|^[a-z]\d[a-z\d]+$/.test(word) &&
    decodeVni(word) !== undefined
  );
}

function decodeTelex(word: string): string | undefined {
  let rest = word;
  let tone = '';
  // The tone letter stands at the end, or right after the vowel when the typist was quick ("chafo").
  const toneLetter = /^(.+?[aeiouyăâêôơư]+w?)([fsrxj])(.*)$/u.exec(rest) ?? /^(.*[cmnpt][gh]?)([fsrxj])()$/u.exec(rest);
  if (toneLetter) {
    const [, before = '', letter = '', after = ''] = toneLetter;
    tone = TELEX_TONES[letter] ?? '';
    rest = before + after;
  }
  rest = rest
    .replace(/dd/g, 'đ')
    // "thuongw": the hook typed at the end of the word.
    .replace(/^([^aou]*)(uo|[aou])([a-vx-z]+)w$/, '$1$2w$3')
    .replace(/uow|ươw|uơ(?=[cimnptu])/g, 'ươ')
    .replace(/aa/g, 'â')
    .replace(/ee/g, 'ê')
    .replace(/oo/g, 'ô')
    .replace(/aw/g, 'ă')
    .replace(/ow/g, 'ơ')
    .replace(/uw/g, 'ư')
    .replace(/([ptcnm])\1$/, '$1');
  return placeTone(rest, tone);
}

function decodeVni(word: string): string | undefined {
  let tone = '';
  const rest = word
    .replace(/[1-5]/g, (digit) => {
      tone = VNI_TONES[digit] ?? tone;
      return '';
    })
    .replace(/d9|9(?=d)/g, 'đ')
    .replace(/uo7/g, 'ươ')
    .replace(/([aeo])6|([ou])7|(a)8/g, (all) => VNI_SHAPES[all] ?? all)
    .replace(/^d(.*)9$/, 'đ$1')
    // The shape digit typed last: "duong7" would be left over, "viet6" = viêt.
    .replace(
      /^(.*?)(uo|[aeo])([a-z]*)6$/,
      (_all, a: string, v: string, b: string) => a + v.slice(0, -1) + (VNI_SHAPES[`${v.slice(-1)}6`] ?? '') + b,
    )
    .replace(/^(.*?)uo([a-z]*)7$/, '$1ươ$2');
  return /\d/.test(rest) ? undefined : placeTone(rest, tone);
}

const VNI_SHAPES: Record<string, string> = { a6: 'â', e6: 'ê', o6: 'ô', o7: 'ơ', u7: 'ư', a8: 'ă' };

function placeTone(word: string, tone: string): string | undefined {
  if (!isSyllable(fold(word))) return undefined;
  if (tone === '') return word;
  if (new RegExp(`[${TONES.join('')}]`).test(word.normalize('NFD'))) return undefined;
  const vowels = /^(qu|gi(?=[aeiouyâăêôơư])|[^aeiouyăâêôơư]*)([aeiouyăâêôơư]+)(.*)$/u.exec(word);
  if (!vowels) return undefined;
  const [, onset = '', nucleus = '', coda = ''] = vowels;
  const shaped = Math.max(nucleus.search(/[ăâêôơ]/u), nucleus.indexOf('ươ') + 1, nucleus.length === 1 ? 0 : -1);
  const index =
    shaped > 0 || /[ăâêôơ]/u.test(nucleus[0] ?? '')
      ? Math.max(shaped, 0)
      : nucleus.length > 1 && coda !== ''
        ? nucleus.length - 1
        : nucleus.length === 3
          ? 1
          : 0;
  return canonicalSpelling(
    (onset + nucleus.slice(0, index + 1) + tone + nucleus.slice(index + 1) + coda).normalize('NFC'),
  );
}
