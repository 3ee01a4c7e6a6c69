// Query syllables that the index does not know: the nearest one that it does know, by one slip of the fingers, and syllables typed
// without the space between them. Cautious: what is known is never touched, short syllables never guessed.

/** Shorter ones have too many neighbours. */
const SHORTEST = 3;
/** "dangkykhaisinh": more pieces are no slip any more. */
const MOST_PIECES = 5;

export interface Vocabulary {
  has(syllable: string): boolean;
  /** How many entries have the syllable, and the pair. */
  count(syllable: string): number;
  pairCount(first: string, second: string): number;
}

export class SpellingGuesser {
  readonly #known: Vocabulary;
  /** What remains of a syllable when one letter is left out → the syllables it may be. */
  readonly #near = new Map<string, string[]>();

  constructor(syllables: readonly string[], known: Vocabulary) {
    this.#known = known;
    for (const syllable of syllables) {
      if (!/^[a-z]{3,}$/.test(syllable)) continue;
      for (const part of [syllable, ...shortened(syllable)]) {
        const list = this.#near.get(part);
        if (list === undefined) this.#near.set(part, [syllable]);
        else if (!list.includes(syllable)) list.push(syllable);
      }
    }
  }

  /** What may have been meant in place of an unknown syllable; undefined when nothing is near enough. All folded. */
  guess(syllable: string, before: string | undefined, after: string | undefined): string[] | undefined {
    if (syllable.length < SHORTEST || !/^[a-z]+$/.test(syllable)) return undefined;
    const slip = this.#slip(syllable, before, after);
    if (slip !== undefined) return [slip];
    return syllable.length > 5 ? this.#split(syllable, MOST_PIECES) : undefined;
  }

  #slip(syllable: string, before: string | undefined, after: string | undefined): string | undefined {
    let best: string | undefined;
    let bestScore = 0;
    for (const part of [syllable, ...shortened(syllable)]) {
      for (const candidate of this.#near.get(part) ?? []) {
        const score = slipScore(syllable, candidate);
        if (score === 0) continue;
        const pairs =
          (before === undefined ? 0 : this.#known.pairCount(before, candidate)) +
          (after === undefined ? 0 : this.#known.pairCount(candidate, after));
        const total = score * (Math.log1p(this.#known.count(candidate)) + 4 * Math.log1p(pairs));
        if (total > bestScore) {
          best = candidate;
          bestScore = total;
        }
      }
    }
    return best;
  }

  /** The division into known syllables whose neighbours are best known together. */
  #split(text: string, pieces: number): string[] | undefined {
    let best: string[] | undefined;
    let bestPairs = 0;
    const walk = (rest: string, found: string[], pairs: number): void => {
      if (rest === '') {
        if (found.length > 1 && pairs > bestPairs) {
          best = found;
          bestPairs = pairs;
        }
        return;
      }
      if (found.length === pieces) return;
      for (let length = Math.min(7, rest.length); length >= 1; length--) {
        const piece = rest.slice(0, length);
        if (!this.#known.has(piece)) continue;
        const last = found.at(-1);
        const together = last === undefined ? 0 : this.#known.pairCount(last, piece);
        if (last !== undefined && together === 0) continue;
        walk(rest.slice(length), [...found, piece], pairs + Math.log1p(together) / Math.max(1, found.length));
      }
    };
    walk(text, [], 0);
    return best;
  }
}

function shortened(syllable: string): string[] {
  return Array.from(syllable, (_, i) => syllable.slice(0, i) + syllable.slice(i + 1));
}

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const PLACE = new Map(
  ROWS.flatMap((row, y) => Array.from(row, (key, x): [string, [number, number]] => [key, [x + y / 2, y]])),
);

function neighbours(a: string, b: string): boolean {
  const [one, other] = [PLACE.get(a), PLACE.get(b)];
  return (
    one !== undefined && other !== undefined && Math.abs(one[0] - other[0]) <= 1 && Math.abs(one[1] - other[1]) <= 1
  );
}

/** 0 when it is not one slip: letters swapped, one left out, one too many, one beside it on the keyboard, or another one. */
function slipScore(typed: string, meant: string): number {
  if (typed === meant) return 0;
  let start = 0;
  while (start < typed.length && typed[start] === meant[start]) start++;
  let end = 0;
  while (end < Math.min(typed.length, meant.length) - start && typed.at(-1 - end) === meant.at(-1 - end)) end++;
  const [wrong, right] = [typed.slice(start, typed.length - end), meant.slice(start, meant.length - end)];
  if (wrong.length === 2 && right.length === 2 && wrong[0] === right[1] && wrong[1] === right[0]) return 1;
  if (wrong.length === 1 && right.length === 0) return 0.8;
  if (wrong.length === 0 && right.length === 1) return 0.9;
  if (wrong.length === 1 && right.length === 1) {
    if (neighbours(wrong, right)) return 0.9;
    return start === 0 ? 0.3 : 0.5;
  }
  return 0;
}
