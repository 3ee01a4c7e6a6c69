// From text to the terms that the index stores and a query asks for: folded syllables, their pairs, and the accented forms.
// Ranking lives in search.ts.
import { fold } from '../language/fold.js';

/** Longest text that is looked at: the longest published name has some 1,100 characters. */
const MAX_TEXT = 1500;

export interface Syllable {
  /** Without diacritics. */
  folded: string;
  /** As written, lower case and NFC; equals `folded` when nothing is accented. */
  written: string;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** `known` remembers words from call to call: a catalogue says the same few thousand over and over. */
export function syllablesOf(text: string, known?: Map<string, Syllable>): Syllable[] {
  const found = text.slice(0, MAX_TEXT).normalize('NFC').toLowerCase().match(WORD) ?? [];
  return found.map((word) => {
    const seen = known?.get(word);
    if (seen !== undefined) return seen;
    const written = oneI(placeTone(word));
    const syllable = { folded: fold(written), written };
    known?.set(word, syllable);
    return syllable;
  });
}

/** kí and ký, lí and lý are the same word: a lone y after these consonants counts as i. */
function oneI(word: string): string {
  return /^[hklmst][yỳýỷỹỵ]$/.test(word) ? word.slice(0, 1) + (LONE_I.get(word.slice(1)) ?? '') : word;
}

const LONE_I: ReadonlyMap<string, string> = new Map([
  ['y', 'i'],
  ['ỳ', 'ì'],
  ['ý', 'í'],
  ['ỷ', 'ỉ'],
  ['ỹ', 'ĩ'],
  ['ỵ', 'ị'],
]);

/** Both spellings of one tone must meet: hoà and hòa, thuỷ and thủy. The older placement is moved to the newer. */
const TONE_PLACES: readonly (readonly [RegExp, string])[] = [
  [/oà$/, 'òa'],
  [/oá$/, 'óa'],
  [/oả$/, 'ỏa'],
  [/oã$/, 'õa'],
  [/oạ$/, 'ọa'],
  [/oè$/, 'òe'],
  [/oé$/, 'óe'],
  [/oẻ$/, 'ỏe'],
  [/oẽ$/, 'õe'],
  [/oẹ$/, 'ọe'],
  [/(?<!q)uỳ$/, 'ùy'],
  [/(?<!q)uý$/, 'úy'],
  [/(?<!q)uỷ$/, 'ủy'],
  [/(?<!q)uỹ$/, 'ũy'],
  [/(?<!q)uỵ$/, 'ụy'],
];

function placeTone(word: string): string {
  for (const [older, newer] of TONE_PLACES) if (older.test(word)) return word.replace(older, newer);
  return word;
}

export const UNIGRAM = 0;
export const BIGRAM = 1;
export const ACCENTED = 2;

export type TermKind = typeof UNIGRAM | typeof BIGRAM | typeof ACCENTED;

/** Calls back once per distinct term, at most `limit` syllables deep. Kinds never share a key. */
export function eachTerm(syllables: readonly Syllable[], visit: (term: string, kind: TermKind) => void): void {
  const seen = new Set<string>();
  const once = (term: string, kind: TermKind) => {
    if (seen.has(term)) return;
    seen.add(term);
    visit(term, kind);
  };
  let previous: string | undefined;
  for (const { folded, written } of syllables) {
    once(folded, UNIGRAM);
    if (written !== folded) once(`=${written}`, ACCENTED);
    if (previous !== undefined) once(`${previous} ${folded}`, BIGRAM);
    previous = folded;
  }
}

/** FNV-1a, 32 bits: keys of the index's table, so that it consists of typed arrays alone. */
export function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) {
    hash ^= term.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
