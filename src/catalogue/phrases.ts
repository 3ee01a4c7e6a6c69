// Finding phrases in text, syllable by syllable: a table by first syllable, and who counts as the same. What phrases are for is
// words.ts (rewriting a query) and traits.ts (what tells procedures apart).
import { type Syllable, syllablesOf } from './terms.js';

export interface Phrase<T> {
  syllables: Syllable[];
  meaning: T;
}

/** By the first folded syllable, longest first. */
export type PhraseTable<T> = ReadonlyMap<string, Phrase<T>[]>;

export function phraseTable<T>(phrases: Iterable<readonly [string, T]>): PhraseTable<T> {
  const table = new Map<string, Phrase<T>[]>();
  for (const [text, meaning] of phrases) {
    const syllables = syllablesOf(text);
    const first = syllables[0];
    if (first === undefined) continue;
    const list = table.get(first.folded) ?? [];
    list.push({ syllables, meaning });
    table.set(first.folded, list);
  }
  for (const list of table.values()) list.sort((a, b) => b.syllables.length - a.syllables.length);
  return table;
}

/** The longest phrase that stands at this place. */
export function phraseAt<T>(syllables: readonly Syllable[], at: number, table: PhraseTable<T>): Phrase<T> | undefined {
  return table.get(syllables[at]?.folded ?? '')?.find((phrase) => stands(phrase.syllables, syllables, at));
}

/** The meanings of all phrases in the text, left to right; a phrase inside a longer one does not count. */
export function phrasesIn<T>(syllables: readonly Syllable[], table: PhraseTable<T>): T[] {
  const found: T[] = [];
  for (let at = 0; at < syllables.length; ) {
    const phrase = phraseAt(syllables, at, table);
    if (phrase !== undefined) found.push(phrase.meaning);
    at += phrase?.syllables.length ?? 1;
  }
  return found;
}

/** An accented syllable must carry the phrase's own accents; an unaccented one matches either way. */
function stands(wanted: readonly Syllable[], text: readonly Syllable[], at: number): boolean {
  return wanted.every((syllable, i) => {
    const given = text[at + i];
    if (given === undefined || given.folded !== syllable.folded) return false;
    return given.written === given.folded || given.written === syllable.written;
  });
}
