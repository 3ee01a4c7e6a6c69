// What the classifier sees of a message: words, word pairs and letter groups over folded text, marked words, kinds of entities found.
import type { Entity } from './language.js';
import type { Word } from './normalise.js';
import { isSyllable } from './syllable.js';

/** A message prepared for rules and classifier. */
export interface Prepared {
  words: readonly Word[];
  /** Folded words with figures replaced by their kind: "ho so #dossier toi dau roi a". */
  folded: string;
  /** The same with diacritics. */
  accented: string;
  /** Kinds of entities found, with `#`. */
  kinds: readonly string[];
}

const PLACEHOLDER: Partial<Record<Entity['type'], string>> = {
  'dossier-code': '#dossier',
  'dossier-code-partial': '#partial',
  'procedure-code': '#procedure',
  phone: '#phone',
  'id-number': '#id',
  email: '#email',
};

export function prepare(words: readonly Word[], entities: readonly Entity[]): Prepared {
  const folded: string[] = [];
  const accented: string[] = [];
  const hidden = entities.filter((entity) => PLACEHOLDER[entity.type] !== undefined);
  const shown = new Set<Entity>();
  const put = (a: string, b: string): void => {
    folded.push(a);
    accented.push(b);
  };
  for (const word of words) {
    const cover = hidden.find((entity) => word.start < entity.end && entity.start < word.end);
    if (cover === undefined) put(word.folded, word.text);
    else if (!shown.has(cover)) {
      shown.add(cover);
      const kind = PLACEHOLDER[cover.type] ?? '';
      put(kind, kind);
    }
  }
  const kinds = [
    ...new Set(entities.map((entity) => (entity.type === 'aspect' ? `#aspect-${entity.value}` : `#${entity.type}`))),
  ];
  return { words, folded: folded.join(' '), accented: accented.join(' '), kinds };
}

/** Words and word pairs: what the Bayes classifier counts. Each once. */
export function wordFeatures({ folded, kinds }: Prepared): string[] {
  const words = folded === '' ? [] : folded.split(' ');
  const features = new Set<string>(kinds);
  const padded = ['^', ...words, '$'];
  for (const word of words) features.add(word);
  for (let index = 0; index + 1 < padded.length; index++) features.add(`${padded[index]} ${padded[index + 1]}`);
  return [...features];
}

const LETTER_GROUPS = [3, 4];
// Enough for any question; a long complaint is recognised by its words.
const LONGEST_RUN = 600;

/** Words and word pairs that occur in what the service is about: tells a question for us from one that only sounds like it. */
export type KnownTerms = (term: string) => boolean;

/** The terms of a message for `KnownTerms`: its words, and its pairs of neighbours. */
export function domainTerms({ folded }: Prepared): { words: string[]; pairs: string[] } {
  const words = folded === '' ? [] : folded.split(' ').filter((word) => !word.startsWith('#') && !/^\d+$/.test(word));
  return { words, pairs: words.slice(1).map((word, index) => `${words[index]} ${word}`) };
}

/** Everything the linear classifier weighs, with its value; values of a message have length 1 as a vector. */
export function linearFeatures(prepared: Prepared, known: KnownTerms): Map<string, number> {
  const values = new Map<string, number>();
  const words = prepared.folded === '' ? [] : prepared.folded.split(' ');
  const accented = prepared.accented === '' ? [] : prepared.accented.split(' ');
  for (const feature of wordFeatures(prepared)) values.set(feature, 1);
  for (let index = 0; index + 2 < words.length; index++) values.set(`${words[index]} * ${words[index + 2]}`, 0.5);
  for (const word of accented) if (!/^[\u0020-\u007e]*$/.test(word)) values.set(`'${word}`, 0.7);
  const run = `_${words.join('_')}_`.slice(0, LONGEST_RUN);
  for (const length of LETTER_GROUPS) {
    for (let at = 0; at + length <= run.length; at++) values.set(`~${run.slice(at, at + length)}`, 0.45);
  }
  values.set(`#length-${Math.min(6, Math.ceil(Math.log2(words.length + 1)))}`, 0.7);
  if (words.some((word) => !word.startsWith('#') && !isSyllable(word))) values.set('#odd', 0.7);
  const terms = domainTerms(prepared);
  const newWords = terms.words.filter((word) => !known(word)).length;
  const newPairs = terms.pairs.filter((pair) => !known(pair)).length;
  values.set(`#new-words-${Math.min(3, newWords)}`, 1);
  values.set(`#new-pairs-${terms.pairs.length === 0 ? 'none' : Math.ceil((4 * newPairs) / terms.pairs.length)}`, 1);
  let squares = 0;
  for (const value of values.values()) squares += value * value;
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  for (const [feature, value] of values) values.set(feature, value * scale);
  return values;
}
