// The language model as data: what scripts/train-intents.mjs writes and createLanguage takes. Reading the file is the caller's business.
import { z } from 'zod';
import { INTENTS } from './intents.js';

/** Raised when the shape of the model or of its features changes: an old file is then refused instead of misread. */
export const MODEL_VERSION = 1;

const intent = z.enum(INTENTS);

const rule = z.strictObject({
  intent,
  /** Regular expression over the folded words, figures replaced by `#dossier`, `#phone`, … */
  match: z.string(),
  /** Not when this matches. */
  unless: z.string().optional(),
  /** `accented`: over words with diacritics, for what folding would mix up. */
  on: z.enum(['folded', 'accented']),
  /** The rule of the highest rank wins; equal ranks leave it to the classifier among them. */
  rank: z.number(),
});

const modelSchema = z.strictObject({
  version: z.literal(MODEL_VERSION),
  /** Of the intents and the trainer: the build trains again when it changes. */
  hash: z.string(),
  labels: z.array(intent),
  rules: z.array(rule),
  /** Calibrated confidence of an answer given by a rule. */
  ruleConfidence: z.number(),
  /** Confidence below which the bot asks back. */
  floor: z.number(),
  /** Communes of today and yesterday as `compactPlaces` wrote them; "" for the provinces alone. */
  places: z.string().default(''),
  /** Folded words and pairs of the examples that are not `none`, one per line. */
  terms: z.string(),
  linear: z.strictObject({
    /** One feature per line. */
    features: z.string(),
    /** Base64 of little-endian int16, label by label within a feature; times `scale`. */
    weights: z.string(),
    scale: z.number(),
    bias: z.array(z.number()),
  }),
  /** natural's Bayes classifier: log-likelihoods, same layout as `linear`; `missing` per label for a feature it never met there. */
  bayes: z.strictObject({ features: z.string(), weights: z.string(), scale: z.number(), bias: z.array(z.number()) }),
  /** log p = (linear + bayesShare · bayes / √hits) / temperature; then confidence through the (raw, calibrated) points. */
  mix: z.strictObject({
    bayesShare: z.number(),
    temperature: z.number(),
    calibration: z.array(z.tuple([z.number(), z.number()])),
  }),
});

export type LanguageModel = z.infer<typeof modelSchema>;
export type IntentRule = z.infer<typeof rule>;
export type WeightTable = LanguageModel['linear'];

/** Checks what was read from the model file; throws with what is wrong and how to get a new one. */
export function parseLanguageModel(json: unknown): LanguageModel {
  const parsed = modelSchema.safeParse(json);
  if (!parsed.success)
    throw new Error(
      `The intents model does not fit this version; run "npm run build". ${z.prettifyError(parsed.error)}`,
    );
  return parsed.data;
}
