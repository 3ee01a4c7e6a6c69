// The likeliest sequence of syllables through the options of each word: a beam search over the trigram model.
import { BOUNDARY, OTHER } from './counts.js';
import { logProbability, type RestorationModel } from './model.js';

/** What a word may stand for. `cost`: log p that the citizen typed it this way. */
export interface Option {
  number: number;
  cost: number;
}

/** How many readings of the beginning are kept while reading on. */
const BEAM = 8;

interface Reading {
  first: number;
  second: number;
  score: number;
  /** Index of the reading before it, one step back. */
  from: number;
}

/** The number chosen for each word. Each word needs an option. */
export function decode(model: RestorationModel, words: readonly (readonly Option[])[]): number[] {
  const steps: Reading[][] = [];
  let before: Reading[] = [{ first: BOUNDARY, second: BOUNDARY, score: 0, from: 0 }];
  for (const options of words) {
    const next: Reading[] = [];
    for (const { number, cost } of options) {
      // Only readings that end alike can meet again; there are a few per option.
      const own = next.length;
      for (const [from, reading] of before.entries()) {
        const score = reading.score + cost + logProbability(model, reading.first, reading.second, number);
        let same = own;
        while (same < next.length && next[same]?.first !== reading.second) same++;
        const met = next[same];
        if (met === undefined) next.push({ first: reading.second, second: number, score, from });
        else if (score > met.score) {
          met.score = score;
          met.from = from;
        }
      }
    }
    before = next.length > BEAM ? next.sort((a, b) => b.score - a.score).slice(0, BEAM) : next;
    steps.push(before);
  }
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (const [index, { first, second, score }] of before.entries()) {
    const whole = score + logProbability(model, first, second, BOUNDARY);
    if (whole > highest) {
      highest = whole;
      best = index;
    }
  }
  const chosen: number[] = [];
  for (let at = steps.length - 1; at >= 0; at--) {
    const reading = steps[at]?.[best];
    chosen[at] = reading?.second ?? OTHER;
    best = reading?.from ?? 0;
  }
  return chosen;
}
