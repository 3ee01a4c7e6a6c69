// From raw scores to probabilities. Fitted by logistic regression; on what, and how well it holds, is in docs/language.md.

/** A document's number in the index and its score. */
export interface Ranked {
  number: number;
  score: number;
}

/** What else tells whether the first is meant. */
export interface Evidence {
  /** Share of the query's weight that the first procedure's words meet, 0..1. */
  covered: number;
  /** Syllables of the query without filler: "chuyển nhượng" may be many things. */
  length: number;
}

const BIAS = -6.506;
/** The raw score: whether anything fits at all. */
const FITS = 5.98;
/** How far the second and the third lie behind, as shares of the first; the first step of the way counts most. */
const MARGIN = 1.652;
const CLOSE_MARGIN = 12.24;
const THIRD = 1.645;
const COVERED = 2.141;
const LENGTH = 0.154;

const FULL_MARGIN = 0.3;
const FULL_CLOSE_MARGIN = 0.08;
const FULL_THIRD = 0.2;
const FULL_LENGTH = 6;
/** The first is never more certain: every rule has its stranger. */
const MOST = 0.99;
/** "nộp", "thuế": one syllable names no procedure for sure. */
const ONE_WORD = 0.6;
/** How sharply the second's score bounds the first's share: a half where they are equal, little where they are a tenth apart. */
const RIVALRY = 30;
/** How sharply the rest is shared among the others. */
const SHARPNESS = 8;

/** Probabilities in the order given. What the first leaves of the whole is shared among the others: they sum up to at most 1. */
export function calibrate(ranked: readonly Ranked[], { covered, length }: Evidence): Ranked[] {
  const [first, ...others] = ranked;
  if (first === undefined || first.score <= 0) return [];
  const behind = (rank: number): number => 1 - (ranked[rank]?.score ?? 0) / first.score;
  const evidence =
    BIAS +
    FITS * first.score +
    MARGIN * Math.min(behind(1), FULL_MARGIN) +
    CLOSE_MARGIN * Math.min(behind(1), FULL_CLOSE_MARGIN) +
    THIRD * Math.min(behind(2), FULL_THIRD) +
    COVERED * covered +
    LENGTH * Math.min(length, FULL_LENGTH);
  const bound = length < 2 ? ONE_WORD : MOST;
  const unrivalled = 1 / (1 + (1 - behind(1)) ** RIVALRY);
  const share = Math.min(bound, unrivalled, 1 / (1 + Math.exp(-evidence)));
  const weights = others.map(({ score }) => (score / first.score) ** SHARPNESS);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // A weak first leaves little to the others: most of the rest is that none was meant.
  const rest = Math.min(share, 1 - share);
  return [
    { number: first.number, score: share },
    ...others.map(({ number }, i) => ({ number, score: (rest * (weights[i] ?? 0)) / total })),
  ];
}
