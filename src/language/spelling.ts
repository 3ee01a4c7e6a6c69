// Repairs inside one word: tone placement, i/y, elongation, Telex and VNI leftovers. What a word stands for (abbreviations) lives elsewhere.
import { fold } from './fold.js';
import { isSyllable } from './syllable.js';

const TONES = ['\u0300', '\u0301', '\u0309', '\u0303', '\u0323'];

const tonePlacement = new Map<string, string>();
for (const tone of TONES) {
  for (const [first, second] of [
    ['o', 'a'],
    ['o', 'e'],
    ['u', 'y'],
  ] as const) {
    tonePlacement.set((first + second + tone).normalize('NFC'), (first + tone + second).normalize('NFC'));
  }
}
const toOpen = new RegExp(`(?<!q)(${[...tonePlacement.keys()].join('|')})$`);
const closed = new Map([...tonePlacement].map(([late, early]) => [early, late]));
// "hòan" for "hoàn": before a final consonant the tone stands on the second vowel.
const toClosed = new RegExp(`(${[...closed.keys()].join('|')})(?=[a-z])`);
const afterQ = new RegExp(`(?<=q)(${[...closed.keys()].join('|')})$`);

const I_TO_Y: Record<string, string> = { i: 'y', ì: 'ỳ', í: 'ý', ỉ: 'ỷ', ĩ: 'ỹ', ị: 'ỵ' };

/** One spelling for what is spelt in two ways: hoà/hòa, thuỷ/thủy, kí/ký, lí/lý, công ti/công ty. Takes a lower-case NFC word. */
export function canonicalSpelling(word: string): string {
  return word
    .replace(/ð/g, 'đ')
    .replace(toOpen, (late) => tonePlacement.get(late) ?? late)
    .replace(toClosed, (early) => closed.get(early) ?? early)
    .replace(afterQ, (early) => closed.get(early) ?? early)
    .replace(/^(k|l|m|t|qu)([iìíỉĩị])$/, (_all, onset: string, vowel: string) => onset + (I_TO_Y[vowel] ?? vowel));
}

export function withoutTripling(word: string): string {
  return word.replace(/(\p{L})\1{2,}/gu, '$1');
}

/** "ơiiii" → "ơi", "okkk" → "ok"; a doubled letter goes too when only that makes a syllable ("dạạ", "nhaa"). */
export function withoutElongation(word: string): string {
  const short = withoutTripling(word);
  if (!/(\p{L})\1/u.test(short) || isSyllable(fold(short))) return short;
  const single = short.replace(/(\p{L})\1+/gu, '$1');
  return isSyllable(fold(single)) ? single : short;
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
export function decodeTyping(word: string): string | undefined {
  if (word.length < 3 || word.length > 10 || NOT_TELEX.has(word)) return undefined;
  if (/^[\p{L}\p{M}]+$/u.test(word)) {
    if (isSyllable(fold(word)) || !/[fsrxjwz]|aa|ee|oo|dd|aw|ow|uw/.test(word)) return undefined;
    return decodeTelex(word);
  }
  // A digit at the end alone is more often a number ("phuong1") than a tone.
  if (/^[a-z]+\d[a-z]+\d?$|^[a-z]+\d{2,}[a-z]*$|^[a-z]\d[a-z\d]+$/.test(word)) return decodeVni(word);
  return undefined;
}

function decodeTelex(word: string): string | undefined {
  let rest = word;
  let tone = '';
  // The tone letter stands at the end, or right after the vowel when the typist was quick ("chafo").
  const toneLetter = /^(.+?[aeiouyăâêôơư]+)([fsrxj])(.*)$/u.exec(rest) ?? /^(.*[cmnpt][gh]?)([fsrxj])()$/u.exec(rest);
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
