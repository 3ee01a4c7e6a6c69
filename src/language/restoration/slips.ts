// What a word that is no syllable may have been meant as: the same with one slip of the keyboard less, or several words without their
// spaces. Which of them fits the message is the decoder's business.
import { canonicalSpelling } from '../spelling.js';
import type { Lexicon } from './lexicon.js';

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const LETTERS = 'abcdeghiklmnopqrstuvxyđ';
const SHORTEST = 3;
const LONGEST = 9;

const neighbours = new Map<string, string>();
for (const [row, keys] of ROWS.entries()) {
  for (const [at, key] of [...keys].entries()) {
    const above = ROWS[row - 1] ?? '';
    const below = ROWS[row + 1] ?? '';
    const near = [keys[at - 1], keys[at + 1], above[at], above[at + 1], below[at - 1], below[at]];
    neighbours.set(key, near.filter((other) => other !== undefined).join(''));
  }
}

/** The spellings one slip away: two letters swapped, one too many, one missing, or the key beside. Each once, spelt by `spelt`. */
export function slipsOf(word: string, spelt: (word: string) => string = canonicalSpelling): Set<string> {
  const found = new Set<string>();
  if (word.length < SHORTEST || word.length > LONGEST) return found;
  const letters = [...word];
  const put = (spelling: readonly string[]): void => {
    found.add(spelt(spelling.join('')));
  };
  for (const [at, letter] of letters.entries()) {
    put(letters.toSpliced(at, 1));
    const after = letters[at + 1];
    if (after !== undefined) put(letters.toSpliced(at, 2, after, letter));
    for (const key of neighbours.get(letter) ?? '') put(letters.toSpliced(at, 1, key));
  }
  for (let at = 0; at <= letters.length; at++) for (const letter of LETTERS) put(letters.toSpliced(at, 0, letter));
  found.delete(word);
  return found;
}

const LONGEST_SYLLABLE = 7;
const LONGEST_JOINED = 30;

interface Split {
  pieces: string[];
  readings: readonly number[];
  score: number;
}

/**
 * "giayphep" → ["giay", "phep"]: only where every two pieces are known to stand side by side. The pieces that are likeliest together.
 * `readings` gives what a piece may stand for.
 */
export function splitJoined(
  word: string,
  lexicon: Lexicon,
  readings: (piece: string) => readonly number[],
): string[] | undefined {
  if (word.length < 4 || word.length > LONGEST_JOINED) return undefined;
  // ends[i]: the ways to read the first i letters, one per last piece.
  const ends: Split[][] = [[{ pieces: [], readings: [], score: 0 }]];
  for (let end = 2; end <= word.length; end++) {
    const found: Split[] = [];
    for (let start = Math.max(0, end - LONGEST_SYLLABLE); start <= end - 2; start++) {
      const piece = word.slice(start, end);
      const before = ends[start] ?? [];
      const own = before.length === 0 ? [] : readings(piece);
      const likeliest = own[0];
      if (likeliest === undefined) continue;
      let best: Split | undefined;
      for (const split of before) {
        const fits = split.pieces.length === 0 || lexicon.areNeighbours(split.readings, own);
        const score = split.score + lexicon.weight(likeliest);
        if (fits && (best === undefined || score > best.score))
          best = { pieces: [...split.pieces, piece], readings: own, score };
      }
      if (best !== undefined) found.push(best);
    }
    ends[end] = found;
  }
  const whole = (ends[word.length] ?? []).filter(({ pieces }) => pieces.length > 1);
  return whole.sort((a, b) => b.score - a.score)[0]?.pieces;
}
