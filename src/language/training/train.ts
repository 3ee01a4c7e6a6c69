// From the intent files to the model: variations, features, both trained parts, calibration on held-out examples. Pure and repeatable.
import { calibrated, type Mix, mixScores, rawScores, restoreWeights } from '../classifier.js';
import { findEntities } from '../entities/entities.js';
import { foldedText } from '../entities/folded-text.js';
import { type Gazetteer, gazetteerFrom } from '../entities/gazetteer.js';
import { domainTerms, linearFeatures, type Prepared, prepare, wordFeatures } from '../features.js';
import { INTENTS, type Intent } from '../intents.js';
import { createMender, type Mender } from '../mending.js';
import { type IntentRule, type LanguageModel, MODEL_VERSION } from '../model.js';
import { wordsOf } from '../normalise.js';
import { compileRules } from '../rules.js';
import { chooseFloor, fitMix, type HeldOut } from './calibration.js';
import { type Example, expandExamples, type IntentFile, type SlotFile } from './intent-files.js';
import { type SparseExample, trainLinear } from './linear.js';
import { bayesTable, linearTable, trainBayes } from './tables.js';
import { chatSpelled, mistyped, randomFrom, stripped } from './variations.js';

const FOLDS = 3;
// A fixed day: entities in examples must not depend on when the build runs.
const TRAINING_DAY = Date.UTC(2026, 10, 1);
/** Of the answers given without asking back, at most this share may be wrong on held-out examples. */
const ALLOWED_WRONG = 0.035;
// Letter groups and word pairs that occur in one line only say nothing about other messages.
const RARE = 2;
const SHORT_PHRASE = 24;

export interface TrainingInput {
  intents: readonly IntentFile[];
  slots: readonly SlotFile[];
  /** What `compactPlaces` made of the address tables; left out, only the provinces are known. */
  places?: string;
  /** Stored in the model, so that the next build knows whether anything changed. */
  hash: string;
  /** 0 skips calibration, for tests that need a classifier quickly; confidences are then as they come. */
  folds?: number;
}

interface Variant {
  prepared: Prepared;
  label: number;
  weight: number;
  fold: number;
  group: string;
  /** As written in the file, or only without its marks: what Bayes counts. */
  plain: boolean;
}

/** How the model does on examples that it was not trained on, in rough spelling too. Shares of 0..1. */
export interface HeldOutReport {
  messages: number;
  right: number;
  /** Answered without asking back. */
  answered: number;
  /** Of those, wrong. */
  answeredWrong: number;
}

export interface Training {
  model: LanguageModel;
  heldOut: HeldOutReport;
}

export function trainLanguageModel({ intents, slots, places = '', hash, folds = FOLDS }: TrainingInput): Training {
  const labels: readonly Intent[] = INTENTS;
  const examples = expandExamples(intents, slots);
  const gazetteer = gazetteerFrom(places);
  const mend = menderFrom(examples);
  const variants = examples.flatMap((example, index) =>
    variantsOf(example, index, labels, Math.max(1, folds), gazetteer, mend),
  );
  const rules = intents.flatMap(({ intent, rules: own }): IntentRule[] =>
    own.map(({ match, unless, on, rank }) => ({
      intent,
      match,
      on,
      rank,
      ...(unless === undefined ? {} : { unless }),
    })),
  );
  const applyRules = compileRules(rules);

  const held: (HeldOut & { decisive: boolean })[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const parts = trainParts(
      variants.filter((variant) => variant.fold !== fold),
      labels,
    );
    const [linear, bayes, terms] = [
      restoreWeights(parts.linear),
      restoreWeights(parts.bayes),
      new Set(parts.terms.split('\n')),
    ];
    for (const { prepared, label, fold: own } of variants) {
      if (own !== fold) continue;
      const ruled = applyRules(prepared);
      held.push({
        scores: rawScores(linear, bayes, prepared, (term) => terms.has(term), labels.length),
        label,
        ruled: { labels: ruled.intents.map((intent) => labels.indexOf(intent)), weight: ruled.weight },
        decisive: ruled.decisive,
      });
    }
  }
  const mix: Mix =
    folds === 0
      ? { bayesShare: 0.5, temperature: 1, calibration: [[1, 1]] }
      : fitMix(held.filter(({ decisive }) => !decisive));
  const outcomes = held.map((one) => outcome(one, mix));
  const byRule = outcomes.filter(({ decisive }) => decisive);
  const ruleConfidence = folds === 0 ? 0.95 : (byRule.filter(({ right }) => right).length + 1) / (byRule.length + 2);
  const answers = outcomes.map(({ confidence, right, decisive }) => ({
    confidence: decisive ? ruleConfidence : confidence,
    right,
  }));
  const floor = folds === 0 ? 0.6 : chooseFloor(answers, ALLOWED_WRONG);
  const sure = answers.filter(({ confidence }) => confidence >= floor);
  return {
    model: {
      version: MODEL_VERSION,
      hash,
      labels: [...labels],
      rules,
      ruleConfidence,
      floor,
      places,
      ...trainParts(variants, labels),
      mix,
    },
    heldOut: {
      messages: answers.length,
      right: share(answers, ({ right }) => right),
      answered: sure.length / Math.max(1, answers.length),
      answeredWrong: share(sure, ({ right }) => !right),
    },
  };
}

function share<One>(all: readonly One[], test: (one: One) => boolean): number {
  return all.filter(test).length / Math.max(1, all.length);
}

function outcome(
  { scores, label, ruled, decisive }: HeldOut & { decisive: boolean },
  mix: Mix,
): { confidence: number; right: boolean; decisive: boolean } {
  const probabilities = mixScores(scores, mix, ruled);
  const candidates = decisive ? ruled.labels : [...probabilities.keys()];
  const best = candidates.reduce((a, b) => ((probabilities[b] ?? 0) > (probabilities[a] ?? 0) ? b : a));
  return { confidence: calibrated(probabilities[best] ?? 0, mix.calibration), right: best === label, decisive };
}

/** Mends what the variations break as a running bot would, from what more than one line says. */
function menderFrom(examples: readonly Example[]): Mender {
  const lines = new Map<string, string | undefined>();
  for (const { text, group } of examples) {
    for (const feature of wordFeatures(prepare(wordsOf(text), [])))
      if (!lines.has(feature)) lines.set(feature, group);
      else if (lines.get(feature) !== group) lines.set(feature, undefined);
  }
  // A word of one line only is no slip either.
  return createMender(
    [...lines].filter(([feature, line]) => line === undefined || !feature.includes(' ')).map(([feature]) => feature),
  );
}

/** A message as the classifier sees it during training. */
export function prepareExample(text: string, gazetteer?: Gazetteer, mend?: Mender): Prepared {
  const typed = wordsOf(text);
  const words = mend?.words(typed) ?? typed;
  const entities = findEntities(text, foldedText(words), TRAINING_DAY, gazetteer);
  return prepare(mend?.syllables(words) ?? words, entities);
}

function variantsOf(
  { text, intent, group, templated }: Example,
  index: number,
  labels: readonly Intent[],
  folds: number,
  gazetteer: Gazetteer,
  mend: Mender,
): Variant[] {
  const random = randomFrom(index + 1);
  const label = labels.indexOf(intent);
  const fold = hashOf(group) % folds;
  const bare = stripped(text);
  const versions: { text: string; weight: number; plain: boolean }[] = [
    { text, weight: 1, plain: true },
    ...(bare === text ? [] : [{ text: bare, weight: 0.8, plain: false }]),
    // Of what a template makes in numbers, each needs one rough spelling only.
    ...(templated && index % 2 === 0 ? [] : [{ text: chatSpelled(text, random), weight: 0.5, plain: false }]),
    ...(templated && index % 2 === 1
      ? []
      : [{ text: mistyped(random() < 0.5 ? text : bare, random), weight: 0.5, plain: false }]),
    // Short phrases suffer most from a slip; what is not ours needs no second one, being anything.
    ...(templated || intent === 'none' || text.length > SHORT_PHRASE
      ? []
      : [{ text: mistyped(random() < 0.5 ? text : bare, random), weight: 0.4, plain: false }]),
  ];
  const seen = new Set<string>();
  return versions.flatMap(({ text: version, weight, plain }) => {
    if (seen.has(version)) return [];
    seen.add(version);
    return [
      { prepared: prepareExample(version, gazetteer, plain ? undefined : mend), label, weight, fold, group, plain },
    ];
  });
}

function trainParts(
  variants: readonly Variant[],
  labels: readonly Intent[],
): Pick<LanguageModel, 'linear' | 'bayes' | 'terms'> {
  const terms = termGroups(variants, labels.indexOf('none'));
  // A term that only the example's own line has would be new if the example were not here: so it is new to it.
  const features = variants.map(({ prepared, group }) =>
    linearFeatures(prepared, (term) => isKnownBeside(terms.get(term), group)),
  );
  const counts = new Map<string, number>();
  for (const feature of features) for (const name of feature.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const rows = new Map<string, number>();
  for (const [name, count] of counts) if (count >= RARE || /^[^~ ]+$/.test(name)) rows.set(name, rows.size);
  const sparse = features.map((feature, index): SparseExample => {
    const known = [...feature].filter(([name]) => rows.has(name));
    return {
      features: Int32Array.from(known, ([name]) => rows.get(name) ?? 0),
      values: Float32Array.from(known, ([, value]) => value),
      label: variants[index]?.label ?? 0,
      weight: variants[index]?.weight ?? 0,
    };
  });
  balance(sparse, labels.length);
  const linear = linearTable([...rows.keys()], trainLinear(sparse, rows.size, labels.length, 7), labels.length);
  const documents = variants
    .filter((variant) => variant.plain)
    .map(({ prepared, label }) => ({
      tokens: wordFeatures(prepared).filter((token) => (counts.get(token) ?? 0) >= RARE),
      label: labels[label] ?? 'none',
    }));
  return { linear, bayes: bayesTable(trainBayes(documents), labels), terms: [...terms.keys()].join('\n') };
}

/** Many examples of procedures must not make every unclear message a procedure: large intents weigh less per example, by the root. */
function balance(examples: readonly SparseExample[], labels: number): void {
  const totals = new Float64Array(labels);
  for (const { label, weight } of examples) totals[label] = (totals[label] ?? 0) + weight;
  const mean = totals.reduce((a, b) => a + b, 0) / labels;
  for (const example of examples)
    example.weight *= Math.min(2, Math.sqrt(mean / Math.max(1, totals[example.label] ?? 1)));
}

/** The lines in which each term of the domain occurs; two are enough to know that it is not one line's own. */
function termGroups(variants: readonly Variant[], none: number): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { prepared, label, group, plain } of variants) {
    if (label === none || !plain) continue;
    const { words, pairs } = domainTerms(prepared);
    for (const term of [...words, ...pairs]) {
      const seen = groups.get(term);
      if (seen === undefined) groups.set(term, [group]);
      else if (seen.length < 2 && !seen.includes(group)) seen.push(group);
    }
  }
  return groups;
}

function isKnownBeside(groups: readonly string[] | undefined, own: string): boolean {
  return groups?.some((group) => group !== own) ?? false;
}

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  return hash >>> 0;
}
