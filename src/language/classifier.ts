// The trained classifier as it runs: weight tables restored from the model, calibrated probabilities out. Training is training/.
import { type KnownTerms, linearFeatures, type Prepared, wordFeatures } from './features.js';
import type { Intent } from './intents.js';
import type { ScoredIntent } from './language.js';
import type { LanguageModel, WeightTable } from './model.js';
import type { Ruled } from './rules.js';
import { isSyllable, splitSyllables } from './syllable.js';

/** Feature → row of weights, one per label. */
export interface Weights {
  rows: ReadonlyMap<string, number>;
  values: Int16Array;
  scale: number;
  bias: readonly number[];
}

export function restoreWeights(table: WeightTable): Weights {
  const bytes = Buffer.from(table.weights, 'base64');
  // A copy: the bytes of a Buffer need not start at an even address. Little-endian, as every platform that Node runs on.
  const values = new Int16Array(Uint8Array.from(bytes).buffer);
  const names = table.features === '' ? [] : table.features.split('\n');
  return { rows: new Map(names.map((name, row) => [name, row])), values, scale: table.scale, bias: table.bias };
}

/** Sum of the rows of the known features plus bias, and how many were known. */
function score(
  weights: Weights,
  features: Iterable<readonly [string, number]>,
  labels: number,
): { scores: number[]; hits: number } {
  const scores = Array.from({ length: labels }, (_, label) => weights.bias[label] ?? 0);
  let hits = 0;
  for (const [feature, value] of features) {
    const row = weights.rows.get(feature);
    if (row === undefined) continue;
    hits++;
    const factor = value * weights.scale;
    for (let label = 0; label < labels; label++)
      scores[label] = (scores[label] ?? 0) + factor * (weights.values[row * labels + label] ?? 0);
  }
  return { scores, hits };
}

/** What the two trained parts say about a message, before they are mixed and calibrated. */
export interface RawScores {
  linear: number[];
  bayes: number[];
}

export function rawScores(
  linear: Weights,
  bayes: Weights,
  prepared: Prepared,
  known: KnownTerms,
  labels: number,
): RawScores {
  const words = wordFeatures(prepared).map((feature): [string, number] => [feature, 1]);
  const counted = score(bayes, words, labels);
  // Bayes takes words for independent and so grows too sure with every word; the root keeps long messages in proportion.
  const damping = 1 / Math.sqrt(Math.max(1, counted.hits));
  return {
    linear: score(linear, linearFeatures(prepared, known), labels).scores,
    bayes: counted.scores.map((value) => value * damping),
  };
}

export type Mix = LanguageModel['mix'];

/** Labels that a rule named, and what it adds to their logits. */
export interface RuledLabels {
  labels: readonly number[];
  weight: number;
}

export const UNRULED: RuledLabels = { labels: [], weight: 0 };

/** Probabilities per label. */
export function mixScores(
  { linear, bayes }: RawScores,
  { bayesShare, temperature }: Pick<Mix, 'bayesShare' | 'temperature'>,
  ruled: RuledLabels = UNRULED,
): number[] {
  const logits = linear.map((value, label) => (value + bayesShare * (bayes[label] ?? 0)) / temperature);
  for (const label of ruled.labels) logits[label] = (logits[label] ?? 0) + ruled.weight;
  const top = Math.max(...logits);
  const powers = logits.map((value) => Math.exp(value - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}

/** Piecewise linear through the points (raw, calibrated) that training found. */
export function calibrated(raw: number, points: Mix['calibration']): number {
  let before: readonly [number, number] = [0, 0];
  for (const point of points) {
    if (raw <= point[0]) {
      const width = point[0] - before[0];
      return width === 0 ? point[1] : before[1] + ((raw - before[0]) / width) * (point[1] - before[1]);
    }
    before = point;
  }
  return before[1];
}

/** Confidence that keyboard noise is noise. */
const NOISE: ScoredIntent = { intent: 'none', confidence: 0.97 };

/** Intents, most likely first, given those that the rules name. */
export function createClassifier(
  model: LanguageModel,
): (prepared: Prepared, ruled?: Pick<Ruled, 'intents' | 'weight'>) => ScoredIntent[] {
  const linear = restoreWeights(model.linear);
  const bayes = restoreWeights(model.bayes);
  const terms = new Set(model.terms.split('\n'));
  const known: KnownTerms = (term) => terms.has(term);
  return (prepared, ruled = { intents: [], weight: 0 }) => {
    const probabilities = mixScores(rawScores(linear, bayes, prepared, known, model.labels.length), model.mix, {
      labels: ruled.intents.map((intent) => model.labels.indexOf(intent)),
      weight: ruled.weight,
    });
    const ranked = model.labels
      .map((intent, label): ScoredIntent => ({ intent, confidence: probabilities[label] ?? 0 }))
      .sort((a, b) => b.confidence - a.confidence);
    const noise = ruled.intents.length === 0 && isNoise(prepared, known);
    return noise ? withFirst(ranked, NOISE) : withFirst(ranked, calibratedFirst(ranked, model.mix.calibration));
  };
}

function calibratedFirst(ranked: readonly ScoredIntent[], points: Mix['calibration']): ScoredIntent {
  const first = ranked[0] ?? { intent: 'none' as Intent, confidence: 0 };
  return { intent: first.intent, confidence: calibrated(first.confidence, points) };
}

/** Puts `first` on top; the others share what is left in their proportions and never pass it. */
function withFirst(ranked: readonly ScoredIntent[], first: ScoredIntent): ScoredIntent[] {
  const rest = ranked.filter((scored) => scored.intent !== first.intent);
  const total = rest.reduce((sum, scored) => sum + scored.confidence, 0);
  const scale = total > 0 ? (1 - first.confidence) / total : 0;
  return [
    first,
    ...rest.map(({ intent, confidence }) => ({ intent, confidence: Math.min(first.confidence, confidence * scale) })),
  ];
}

// Vowels that Vietnamese never joins: "qưe" folds to a syllable but is none.
const IMPOSSIBLE = /qư|ư[eêyâăô]|ă[aeioy]|â[aeio]|ô[eêaă]|ơ[eêaou]|ê[aăo]/u;

/** True when no word is Vietnamese, known, or a figure that was recognised. */
function isNoise({ folded, words }: Prepared, known: KnownTerms): boolean {
  if (words.every((word) => IMPOSSIBLE.test(word.text))) return true;
  return folded
    .split(' ')
    .every(
      (word) =>
        !word.startsWith('#') &&
        !/^\d+$/.test(word) &&
        !isSyllable(word) &&
        !known(word) &&
        splitSyllables(word) === undefined,
    );
}
