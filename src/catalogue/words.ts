// How a query is rewritten before it is looked up: abbreviations written out, filler dropped, everyday words put into the
// law's. The words themselves are data in intents/words.
import { type Syllable, syllablesOf } from './terms.js';

/** All keys and values are plain Vietnamese, accented. */
export interface QueryWords {
  /** Written out always: `gplx` → `giấy phép lái xe`. */
  abbreviations: ReadonlyMap<string, string>;
  /** Says nothing about which procedure is meant: `tôi muốn`, `cần giấy tờ gì`. */
  filler: readonly string[];
  /** A citizen's word and the law's: `công ty` → `doanh nghiệp`. The query is tried both ways. */
  synonyms: ReadonlyMap<string, string>;
}

export const noWords: QueryWords = { abbreviations: new Map(), filler: [], synonyms: new Map() };

interface Phrase {
  syllables: Syllable[];
  into: Syllable[];
}

/** Phrases by their first folded syllable, longest first. */
type PhraseTable = Map<string, Phrase[]>;

export class QueryRewriter {
  readonly #abbreviations: PhraseTable;
  readonly #filler: PhraseTable;
  readonly #synonyms: PhraseTable;

  constructor(words: QueryWords) {
    this.#abbreviations = tableOf(words.abbreviations);
    this.#filler = tableOf(new Map(words.filler.map((phrase) => [phrase, ''])));
    this.#synonyms = tableOf(words.synonyms);
  }

  /** What to look up, most literal first: one variant, or two where a synonym applies. Never empty unless the text is. */
  variants(text: string): Syllable[][] {
    const all = replace(syllablesOf(text), this.#abbreviations);
    const telling = replace(all, this.#filler);
    const kept = telling.length > 0 ? telling : all;
    const lawful = replace(kept, this.#synonyms);
    return lawful === kept ? [kept] : [kept, lawful];
  }
}

function tableOf(phrases: ReadonlyMap<string, string>): PhraseTable {
  const table: PhraseTable = new Map();
  for (const [from, into] of phrases) {
    const syllables = syllablesOf(from);
    const first = syllables[0];
    if (first === undefined) continue;
    const list = table.get(first.folded) ?? [];
    list.push({ syllables, into: syllablesOf(into) });
    list.sort((a, b) => b.syllables.length - a.syllables.length);
    table.set(first.folded, list);
  }
  return table;
}

/** Left to right, longest phrase first. The same array when nothing applied. */
function replace(syllables: Syllable[], table: PhraseTable): Syllable[] {
  const out: Syllable[] = [];
  let changed = false;
  for (let at = 0; at < syllables.length; ) {
    const phrase = table.get(syllables[at]?.folded ?? '')?.find((candidate) => matches(candidate, syllables, at));
    if (phrase === undefined) {
      out.push(...syllables.slice(at, at + 1));
      at++;
    } else {
      out.push(...phrase.into);
      at += phrase.syllables.length;
      changed = true;
    }
  }
  return changed ? out : syllables;
}

/** An accented query syllable must carry the phrase's own accents; an unaccented one matches either way. */
function matches({ syllables }: Phrase, query: readonly Syllable[], at: number): boolean {
  return syllables.every((wanted, i) => {
    const given = query[at + i];
    if (given === undefined || given.folded !== wanted.folded) return false;
    return given.written === given.folded || given.written === wanted.written;
  });
}
