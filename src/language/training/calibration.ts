// Turns scores on messages that the classifier had not seen into probabilities that can be believed, and chooses the floor.
import { type Mix, mixScores, type RawScores, type RuledLabels } from '../classifier.js';

export interface HeldOut {
  scores: RawScores;
  label: number;
  ruled: RuledLabels;
}

const SHARES = [0, 0.25, 0.5, 1, 1.5];
const TEMPERATURES = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2, 2.5, 3];
const BINS = 12;

/** The share of the Bayes part and the temperature with the least log loss; then confidences through isotonic regression. */
export function fitMix(held: readonly HeldOut[]): Mix {
  let best = { bayesShare: 0, temperature: 1, loss: Infinity };
  for (const bayesShare of SHARES) {
    for (const temperature of TEMPERATURES) {
      let loss = 0;
      for (const { scores, label, ruled } of held) {
        loss -= Math.log(Math.max(1e-6, mixScores(scores, { bayesShare, temperature }, ruled)[label] ?? 0));
      }
      if (loss < best.loss) best = { bayesShare, temperature, loss };
    }
  }
  const { bayesShare, temperature } = best;
  const outcomes = held.map(({ scores, label, ruled }) => {
    const probabilities = mixScores(scores, { bayesShare, temperature }, ruled);
    const raw = Math.max(...probabilities);
    return { raw, right: probabilities[label] === raw };
  });
  return { bayesShare, temperature, calibration: isotonic(outcomes) };
}

interface Outcome {
  raw: number;
  right: boolean;
}

/** Points (raw, share right) that never fall, from bins of equal size; ends at (1, …). */
export function isotonic(outcomes: readonly Outcome[]): [number, number][] {
  const sorted = [...outcomes].sort((a, b) => a.raw - b.raw);
  const size = Math.max(1, Math.ceil(sorted.length / BINS));
  const blocks: { raw: number; right: number; count: number }[] = [];
  for (let start = 0; start < sorted.length; start += size) {
    const bin = sorted.slice(start, start + size);
    // One imagined wrong answer among a few right ones keeps every bin below certainty.
    blocks.push({
      raw: bin.reduce((sum, one) => sum + one.raw, 0),
      right: bin.filter((one) => one.right).length,
      count: bin.length,
    });
    for (
      let last = blocks.at(-1), before = blocks.at(-2);
      last && before && before.right / before.count > last.right / last.count;
      last = blocks.at(-1), before = blocks.at(-2)
    ) {
      blocks.splice(-2, 2, {
        raw: before.raw + last.raw,
        right: before.right + last.right,
        count: before.count + last.count,
      });
    }
  }
  const points = blocks.map(({ raw, right, count }): [number, number] => [raw / count, (right + 0.5) / (count + 1)]);
  const top = points.at(-1)?.[1] ?? 0.5;
  return [...points, [1, Math.max(top, 0.5)]];
}

/** The lowest confidence above which at most `allowedWrong` of the answers are wrong. */
export function chooseFloor(outcomes: readonly { confidence: number; right: boolean }[], allowedWrong: number): number {
  const sorted = [...outcomes].sort((a, b) => b.confidence - a.confidence);
  let wrong = 0;
  let floor = 0.9;
  for (const [index, { confidence, right }] of sorted.entries()) {
    if (!right) wrong++;
    if (wrong / (index + 1) <= allowedWrong) floor = confidence;
  }
  return Math.min(0.85, Math.max(0.35, Math.round(floor * 100) / 100));
}
