// Repairs inside one word: tone placement, i/y, elongation, chat spelling by rule. Telex and VNI leftovers are typing.ts, what a word
// stands for abbreviations.ts.
import { fold } from './fold.js';
import { isSyllable } from './syllable.js';

export const TONES = ['\u0300', '\u0301', '\u0309', '\u0303', '\u0323'];

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
    .replace(/^(k|l|m|t|qu)([iìíỉĩị])$/, (_all, onset: string, vowel: string) => onset + (I_TO_Y[vowel] ?? vowel))
    .replace(/^s([yỹ])$/, (_all, vowel: string) => (vowel === 'y' ? 'si' : 'sĩ'));
}

export function withoutTripling(word: string): string {
  return word.replace(/(\p{L})\1{2,}/gu, '$1');
}

/** "dạaaa" → "dạ": the mark is typed once, the vowel goes on. */
function withoutTrail(word: string): string {
  let short = '';
  let last = '';
  for (const letter of word) {
    const goesOn = /^[aeiouy]$/.test(letter) && last !== letter && fold(last) === letter;
    if (!goesOn) {
      short += letter;
      last = letter;
    }
  }
  return short;
}

// How chat spells by rule. Only where the word has marks: "fan", "form", "win" are words of their own.
const CHAT_RULES: readonly (readonly [RegExp, string])[] = [
  [/^f/, 'ph'],
  [/^j(?=[iìíỉĩị])/, 'g'],
  [/^j/, 'gi'],
  [/^[wq](?![uùúủũụưừứửữự])/, 'qu'],
  [/(?<=\p{L})(?<![nh])g$/u, 'ng'],
  [/(?<=[aêiàảãáạềểễếệìỉĩíị])h$/, 'nh'],
];

/** "fường" → "phường", "trướg" → "trướng", "mìh" → "mình". Undefined when the word is spelt well, or no rule makes it so. */
export function chatSpelling(word: string): string | undefined {
  const folded = fold(word);
  if (folded === word || isSyllable(folded)) return undefined;
  for (const [spelt, meant] of CHAT_RULES) {
    const result = word.replace(spelt, meant);
    if (result !== word && isSyllable(fold(result))) return result;
  }
  return undefined;
}

/** "ơiiii" → "ơi", "okkk" → "ok", "vângzz" → "vâng"; a doubled letter goes too when only that makes a syllable ("dạạ", "nhaa"). */
export function withoutElongation(word: string): string {
  const tripled = withoutTripling(word.replace(/(?<=\p{L}{2})z{2,}$/u, ''));
  const trailed = isSyllable(fold(tripled)) ? tripled : withoutTrail(tripled);
  const short = isSyllable(fold(trailed)) ? trailed : tripled;
  if (!/(\p{L})\1/u.test(short) || isSyllable(fold(short))) return short;
  const single = short.replace(/(\p{L})\1+/gu, '$1');
  return isSyllable(fold(single)) ? single : short;
}
