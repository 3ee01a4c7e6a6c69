// From trained parts to the tables of the model: natural's Bayes classifier and the linear weights as int16 rows.
import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import type { WeightTable } from '../model.js';
import type { LinearWeights } from './linear.js';

/** natural's classifier, except that a document's tokens are looked up instead of searched for: minutes of training become a second. */
class IndexedBayes extends BayesClassifier {
  #numbers: ReadonlyMap<string, number> | undefined;

  override textToFeatures(tokens: readonly string[]): number[] {
    this.#numbers ??= new Map(Object.keys(this.features).map((token, number) => [token, number]));
    const present = new Array<number>(this.#numbers.size).fill(0);
    for (const token of tokens) {
      const number = this.#numbers.get(token);
      if (number !== undefined) present[number] = 1;
    }
    return present;
  }
}

/** Trains natural's Bayes classifier on token arrays. It is run through `bayesTable`: by itself it scans all features per message. */
export function trainBayes(documents: readonly { tokens: readonly string[]; label: string }[]): BayesClassifier {
  const classifier = new IndexedBayes(undefined, SMOOTHING);
  for (const { tokens, label } of documents) classifier.addDocument(tokens, label);
  classifier.train();
  return classifier;
}

const SMOOTHING = 0.3;

/** The logarithms that natural would multiply, laid out by feature: the same classes in the same order, in microseconds. */
export function bayesTable(classifier: BayesClassifier, labels: readonly string[]): WeightTable {
  const { classFeatures, classTotals, totalExamples, smoothing } = classifier.classifier;
  const names = Object.keys(classifier.features);
  const weights = new Float32Array(names.length * labels.length);
  for (const [label, name] of labels.entries()) {
    const total = classTotals[name] ?? 1;
    const counts = classFeatures[name] ?? {};
    for (let feature = 0; feature < names.length; feature++) {
      weights[feature * labels.length + label] = Math.log((counts[feature] ?? smoothing) / total);
    }
  }
  return quantised(
    names,
    weights,
    labels.map((name) => Math.log((classTotals[name] ?? 1) / totalExamples)),
  );
}

/** Rows of letter groups and pairs whose weights are all next to nothing are left out. */
export function linearTable(names: readonly string[], { weights, bias }: LinearWeights, labels: number): WeightTable {
  const kept: string[] = [];
  const rows: number[] = [];
  for (const [feature, name] of names.entries()) {
    const row = weights.subarray(feature * labels, (feature + 1) * labels);
    const least = name.startsWith('~') ? NEGLIGIBLE : name.includes(' ') ? NEGLIGIBLE_PAIR : 0;
    if (least === 0 || row.some((value) => Math.abs(value) > least)) {
      kept.push(name);
      rows.push(...row);
    }
  }
  return quantised(kept, Float32Array.from(rows), [...bias]);
}

const NEGLIGIBLE = 1;
const NEGLIGIBLE_PAIR = 0.6;

function quantised(names: readonly string[], weights: Float32Array, bias: readonly number[]): WeightTable {
  let largest = 1e-9;
  for (const value of weights) largest = Math.max(largest, Math.abs(value));
  const scale = largest / 32_767;
  const bytes = Buffer.alloc(weights.length * 2);
  for (const [index, value] of weights.entries()) bytes.writeInt16LE(Math.round(value / scale), index * 2);
  return { features: names.join('\n'), weights: bytes.toString('base64'), scale, bias: [...bias] };
}
