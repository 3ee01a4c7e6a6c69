// How a query is rewritten before it is looked up: abbreviations written out, filler dropped, everyday words put into the
// law's. The words themselves are data in intents/words.
import { type PhraseTable, phraseAt, phraseTable } from './phrases.js';
import { type Syllable, syllablesOf } from './terms.js';

/** All keys and values are plain Vietnamese, accented. */
export interface QueryWords {
  /** Written out always: `gplx` → `giấy phép lái xe`. */
  abbreviations: ReadonlyMap<string, string>;
  /** Says nothing about which procedure is meant: `tôi muốn`, `cần giấy tờ gì`. */
  filler: readonly string[];
  /** A citizen's word and the law's, most usual first: `mất` → `cấp lại`. The query is tried with and without. */
  synonyms: ReadonlyMap<string, readonly string[]>;
}

export const noWords: QueryWords = { abbreviations: new Map(), filler: [], synonyms: new Map() };

/** Every variant costs a pass over the index. */
const MOST_VARIANTS = 4;

export interface Rewritten {
  /** What to look up, most literal first; one where nothing applies. Never empty unless the text is. */
  variants: Syllable[][];
  /** With abbreviations written out and filler kept: what cues are looked for in. */
  whole: Syllable[];
  /** Nothing but filler was said. */
  empty: boolean;
}

export class QueryRewriter {
  readonly #abbreviations: PhraseTable<Syllable[]>;
  readonly #filler: PhraseTable<Syllable[]>;
  readonly #synonyms: PhraseTable<Syllable[][]>;

  constructor(words: QueryWords) {
    const spoken = (text: string): [string, Syllable[]] => [text, []];
    this.#abbreviations = phraseTable([...words.abbreviations].map(([from, into]) => [from, syllablesOf(into)]));
    this.#filler = phraseTable(words.filler.map(spoken));
    this.#synonyms = phraseTable(
      [...words.synonyms].map(([from, into]) => [from, into.map((text) => syllablesOf(text))]),
    );
  }

  rewrite(text: string): Rewritten {
    const whole = replace(syllablesOf(text), this.#abbreviations);
    const telling = replace(whole, this.#filler);
    const kept = telling.length > 0 ? telling : whole;
    return { variants: withSynonyms(kept, this.#synonyms), whole, empty: telling.length === 0 };
  }
}

/** Left to right, longest phrase first. */
function replace(syllables: Syllable[], table: PhraseTable<Syllable[]>): Syllable[] {
  const out: Syllable[] = [];
  for (let at = 0; at < syllables.length; ) {
    const phrase = phraseAt(syllables, at, table);
    out.push(...(phrase?.meaning ?? syllables.slice(at, at + 1)));
    at += phrase?.syllables.length ?? 1;
  }
  return out;
}

interface Place {
  at: number;
  length: number;
  into: Syllable[][];
}

/** As it is; with every citizen's word in the law's; and with one at a time. */
function withSynonyms(syllables: Syllable[], table: PhraseTable<Syllable[][]>): Syllable[][] {
  const places: Place[] = [];
  for (let at = 0; at < syllables.length; ) {
    const phrase = phraseAt(syllables, at, table);
    if (phrase !== undefined) places.push({ at, length: phrase.syllables.length, into: phrase.meaning });
    at += phrase?.syllables.length ?? 1;
  }
  const variants = [syllables];
  if (places.length > 1) variants.push(substitute(syllables, places, 0));
  for (const place of places) {
    for (let choice = 0; choice < place.into.length; choice++) variants.push(substitute(syllables, [place], choice));
  }
  return variants.slice(0, MOST_VARIANTS);
}

function substitute(syllables: readonly Syllable[], places: readonly Place[], choice: number): Syllable[] {
  const out: Syllable[] = [];
  let from = 0;
  for (const { at, length, into } of places) {
    out.push(...syllables.slice(from, at), ...(into[choice] ?? []));
    from = at + length;
  }
  return [...out, ...syllables.slice(from)];
}
