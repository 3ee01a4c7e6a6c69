// The part of the package `natural` that is used, imported by sub-path: its root is slow, loud and reads `.env`.
declare module 'natural/lib/natural/classifiers/bayes_classifier.js' {
  /** Token arrays only: strings would go through an English stemmer. */
  export default class BayesClassifier {
    constructor(stemmer?: undefined, smoothing?: number);
    addDocument(tokens: readonly string[], label: string): void;
    train(): void;
    /** 1 per known token that is present, else 0, in the order of `features`. */
    textToFeatures(tokens: readonly string[]): number[];
    getClassifications(tokens: readonly string[]): { label: string; value: number }[];
    /** Tokens in the order of their feature numbers. */
    readonly features: Readonly<Record<string, number>>;
    readonly classifier: {
      /** Per label, per feature number: examples with it, plus one and the smoothing. */
      readonly classFeatures: Readonly<Record<string, Readonly<Record<number, number>>>>;
      /** Examples per label plus one. */
      readonly classTotals: Readonly<Record<string, number>>;
      readonly totalExamples: number;
      readonly smoothing: number;
    };
  }
}
