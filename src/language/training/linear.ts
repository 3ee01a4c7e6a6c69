// Trains the linear part: multinomial logistic regression over sparse features, AdaGrad, fixed order of examples.
import { randomFrom } from './variations.js';

export interface SparseExample {
  features: Int32Array;
  values: Float32Array;
  label: number;
  /** How much the example counts. */
  weight: number;
}

export interface LinearWeights {
  /** `labels` numbers per feature. */
  weights: Float32Array;
  bias: Float32Array;
}

// Held locally: in the sandbox of the tests every look at the global Math is slow.
const { exp, sqrt } = Math;

const EPOCHS = 8;
const RATE = 0.3;
const DECAY = 2e-5;
const SMOOTHING = 0.02;
// Unit vectors give small logits: the scale lets the weights stay small.
const GAIN = 4;

export function trainLinear(
  examples: readonly SparseExample[],
  featureCount: number,
  labels: number,
  seed: number,
): LinearWeights {
  const weights = new Float32Array(featureCount * labels);
  const squares = new Float32Array(featureCount * labels).fill(1e-3);
  const bias = new Float32Array(labels);
  const biasSquares = new Float32Array(labels).fill(1e-3);
  const logits = new Float64Array(labels);
  const random = randomFrom(seed);
  const order = Array.from(examples.keys());
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const example = examples[index];
      if (example !== undefined) step(example);
    }
  }
  // The gain is folded in, so that scoring is a plain sum.
  for (let index = 0; index < weights.length; index++) weights[index] = (weights[index] ?? 0) * GAIN;
  return { weights, bias };

  function step({ features, values, label, weight }: SparseExample): void {
    for (let l = 0; l < labels; l++) logits[l] = bias[l] ?? 0;
    for (let f = 0; f < features.length; f++) {
      const row = (features[f] ?? 0) * labels;
      const value = (values[f] ?? 0) * GAIN;
      for (let l = 0; l < labels; l++) logits[l] = (logits[l] ?? 0) + value * (weights[row + l] ?? 0);
    }
    softmax(logits);
    for (let l = 0; l < labels; l++) {
      const target = l === label ? 1 - SMOOTHING : SMOOTHING / (labels - 1);
      logits[l] = weight * ((logits[l] ?? 0) - target);
      biasSquares[l] = (biasSquares[l] ?? 0) + (logits[l] ?? 0) ** 2;
      bias[l] = (bias[l] ?? 0) - (0.1 * RATE * (logits[l] ?? 0)) / sqrt(biasSquares[l] ?? 1);
    }
    for (let f = 0; f < features.length; f++) {
      const row = (features[f] ?? 0) * labels;
      const value = (values[f] ?? 0) * GAIN;
      for (let l = 0; l < labels; l++) {
        const at = row + l;
        const gradient = (logits[l] ?? 0) * value + DECAY * (weights[at] ?? 0);
        squares[at] = (squares[at] ?? 0) + gradient * gradient;
        weights[at] = (weights[at] ?? 0) - (RATE * gradient) / sqrt(squares[at] ?? 1);
      }
    }
  }
}

function softmax(logits: Float64Array): void {
  let top = -Infinity;
  for (const value of logits) if (value > top) top = value;
  let sum = 0;
  for (let l = 0; l < logits.length; l++) {
    const power = exp((logits[l] ?? 0) - top);
    logits[l] = power;
    sum += power;
  }
  for (let l = 0; l < logits.length; l++) logits[l] = (logits[l] ?? 0) / sum;
}

function shuffle(order: number[], random: () => number): void {
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0];
  }
}
