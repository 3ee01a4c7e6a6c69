// Words that nobody ever wrote, read as the known word one slip of the keyboard away ("thansk", "sddt", "điện toại"): rules and
// classifier compare words. What the catalogue's texts explain was mended before, by the restorer.
import { expandAbbreviation } from './abbreviations.js';
import { type Word, wordFrom } from './normalise.js';
import { slipsOf } from './restoration/slips.js';
import { isSyllable } from './syllable.js';

const SHORTEST = 3;
/** Looked at in so many words: a message with more that nobody knows is noise. */
const MOST_MENDED = 6;
/** What standing beside a known neighbour counts for, against how common a word is (the logarithm of its neighbours). */
const NEIGHBOUR = 3;
const SWAPPED = 2;

export interface Mender {
  /** The words of a message with slips mended that make no syllable; they keep their place. */
  words(words: readonly Word[]): readonly Word[];
  /** Syllables too: for the intent alone, since names are syllables that nobody knows. */
  syllables(words: readonly Word[]): readonly Word[];
}

/** `features`: the words of all examples and their pairs, folded, `^` and `$` for the ends of a message. */
export function createMender(features: Iterable<string>): Mender {
  const pairs = new Set<string>();
  // How many different neighbours a word has in the examples: how common it is.
  const degrees = new Map<string, number>();
  for (const feature of features) {
    const [first = '', second] = feature.split(' ');
    if (second === undefined) degrees.set(first, degrees.get(first) ?? 1);
    else {
      pairs.add(feature);
      for (const word of [first, second]) degrees.set(word, (degrees.get(word) ?? 1) + 1);
    }
  }

  return {
    words: (words) => mended(words, ({ folded }) => !isSyllable(folded)),
    syllables: (words) => mended(words, ({ folded }) => isSyllable(folded)),
  };

  function mended(words: readonly Word[], looksAt: (word: Word) => boolean): readonly Word[] {
    const isStrange = (word: Word): boolean =>
      word.folded.length >= SHORTEST && !degrees.has(word.folded) && looksAt(word) && /^\p{L}+$/u.test(word.text);
    const strange = words.filter(isStrange).length;
    if (strange === 0 || strange > MOST_MENDED) return words;
    return words.flatMap((word, at) => {
      if (!isStrange(word)) return [word];
      const before = words[at - 1]?.folded;
      const after = words[at + 1]?.folded;
      const meant = meaning(word.folded, before ?? '^', after ?? '$', strange === 1 && !isSyllable(word.folded));
      if (meant === undefined) return [word];
      const written = expandAbbreviation(meant, before ?? '', after ?? '') ?? [meant];
      return written.map((text) => wordFrom(text, word.start, word.end));
    });
  }

  /** `alone`: the only strange word of its message, so what stands beside it need not explain it. */
  function meaning(folded: string, before: string, after: string, alone: boolean): string | undefined {
    let best: string | undefined;
    let highest = 0;
    for (const spelling of slipsOf(folded, asTyped)) {
      const swapped = isSwapOrDouble(folded, spelling);
      const degree = degrees.get(spelling) ?? (swapped && isAbbreviation(spelling) ? 1 : undefined);
      if (degree === undefined || spelling.length < 2) continue;
      const beside = Number(pairs.has(`${before} ${spelling}`)) + Number(pairs.has(`${spelling} ${after}`));
      // Several strange words beside nothing known are noise, and a short one may be anything.
      if (beside === 0 && !(alone && (swapped || folded.length > SHORTEST))) continue;
      const score = NEIGHBOUR * beside + (swapped ? SWAPPED : 0) + Math.log(1 + degree);
      if (score > highest) {
        highest = score;
        best = spelling;
      }
    }
    return best;
  }
}

function asTyped(spelling: string): string {
  return spelling;
}

function isAbbreviation(word: string): boolean {
  return word.length >= SHORTEST && !isSyllable(word) && expandAbbreviation(word, '', '') !== undefined;
}

/** The same letters in another order, or one letter of the other typed twice. */
function isSwapOrDouble(typed: string, meant: string): boolean {
  if (typed.length === meant.length) return [...typed].sort().join('') === [...meant].sort().join('');
  return (
    typed.length === meant.length + 1 &&
    [...typed].some((letter, at) => letter === typed[at + 1] && typed.slice(0, at) + typed.slice(at + 1) === meant)
  );
}
