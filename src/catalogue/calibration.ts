// From raw scores to probabilities. The figures are fitted; what they were fitted on is in docs/language.md.

/** A document's number in the index and its score. */
export interface Ranked {
  number: number;
  score: number;
}

/** What else tells whether the first is meant. */
export interface Evidence {
  /** Share of the query's weight that the first procedure's words meet, 0..1. */
  covered: number;
}

/**
 * The first's raw score tells whether anything fits at all, its distance to the next one whether it is the first. What the first
 * leaves of the whole is shared among the others, so the scores sum up to at most 1.
 */
export function calibrate(ranked: readonly Ranked[], _evidence: Evidence): Ranked[] {
  const [first, ...others] = ranked;
  if (first === undefined || first.score <= 0) return [];
  const fits = 1 / (1 + Math.exp((0.37 - first.score) / 0.07));
  const margin = 1 - (others[0]?.score ?? 0) / first.score;
  const share = 0.62 + 0.35 * Math.min(1, margin / 0.18);
  const weights = others.map(({ score }) => (score / first.score) ** 8);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return [
    { number: first.number, score: fits * share },
    ...others.map(({ number }, i) => ({ number, score: (fits * (1 - share) * (weights[i] ?? 0)) / total })),
  ];
}
