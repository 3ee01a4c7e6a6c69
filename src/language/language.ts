// The contract of this folder: what a message means. Types and the factory; the parts live beside it.
// Pure and synchronous: the model is data, the clock an argument, the same input gives the same answer.
import { systemClock } from '../lib/clock.js';
import { createClassifier } from './classifier.js';
import { clausesOf } from './clauses.js';
import { findEntities } from './entities/entities.js';
import { foldedText } from './entities/folded-text.js';
import { gazetteerFrom } from './entities/gazetteer.js';
import { type Place, placesNamed } from './entities/place-values.js';
import { prepare } from './features.js';
import type { Intent } from './intents.js';
import { createMender } from './mending.js';
import type { LanguageModel } from './model.js';
import { cutMessage, type Word, wordsOf } from './normalise.js';
import { partsOf, type Reading } from './parts.js';
import { searchQuery } from './query.js';
import type { Restorer } from './restoration/restorer.js';
import { compileRules, type Ruled } from './rules.js';

export type { Place } from './entities/place-values.js';
export { INTENTS, type Intent } from './intents.js';
export { type LanguageModel, parseLanguageModel } from './model.js';

/**
 * `dossier-code`: valid and canonical, `H56.14-240823-0001`. `dossier-code-partial`: meant as one but not valid: ask back, never guess.
 * `procedure-code`: `d.dddddd`. `id-number`: any personal or business number that must be masked. `date`: `YYYY-MM-DD`, or `--MM-DD`
 * without a year. `month`: `YYYY-MM` or `--MM`. `year`: `YYYY`.
 * `period`: `YYYY-MM-DD/YYYY-MM-DD`, both days in it ("tuần trước", "quý 3", "6 tháng đầu năm"). `agency`: canonical name of today.
 * `place`: today's province ("An Giang") or commune ("Xã Minh Hòa, Phú Thọ"); what is several or no more, by its name; see `placesNamed`.
 * `person`: a group on which a case depends (`child`, `foreigner`, …). `aspect`: an `Aspect`.
 */
export type EntityType =
  | 'dossier-code'
  | 'dossier-code-partial'
  | 'procedure-code'
  | 'phone'
  | 'id-number'
  | 'email'
  | 'date'
  | 'month'
  | 'year'
  | 'period'
  | 'agency'
  | 'place'
  | 'person'
  | 'aspect';

/** `start` and `end` are UTF-16 offsets in the original message; `text` is that slice, `value` its canonical form. */
export interface Entity {
  type: EntityType;
  value: string;
  text: string;
  start: number;
  end: number;
}

export const ASPECTS = ['documents', 'fee', 'time', 'where', 'how', 'conditions', 'forms', 'online'] as const;

/** What about a procedure is asked. */
export type Aspect = (typeof ASPECTS)[number];

export interface ScoredIntent {
  intent: Intent;
  /** Calibrated, 0..1. */
  confidence: number;
}

/** One of several questions in a message. `start` and `end` are UTF-16 offsets in the message; entities keep the message's offsets. */
export interface Part {
  text: string;
  start: number;
  end: number;
  intent: Intent;
  confidence: number;
  certain: boolean;
  entities: Entity[];
  aspects: Aspect[];
  query: string;
}

export interface Understanding {
  /** The message as it came, cut to 2,000 UTF-16 units. */
  text: string;
  /** Lower case, canonical spelling, abbreviations written out, no punctuation. */
  normalized: string;
  /** `normalized` with the diacritics that were left out; the same without a restorer. */
  restored: string;
  intent: Intent;
  /** Calibrated probability that `intent` is right, 0..1. */
  confidence: number;
  /** `confidence` reaches the floor; when false, ask back. */
  certain: boolean;
  /** The next likely intents, best first, at most 4. */
  alternatives: ScoredIntent[];
  /** In order of position. */
  entities: Entity[];
  /** In order of mention, each once. */
  aspects: Aspect[];
  /** What remains for the procedure search; empty when only the aspect was named ("phí bao nhiêu?"). */
  query: string;
  /** Empty when the message asks one thing; otherwise its questions in order, at most 3. */
  parts: Part[];
}

export interface LanguageOptions {
  /** Confidence below which the bot asks back; default: the one that training chose. */
  floor?: number;
  /** Reads messages typed without diacritics when the caller of `understand` gives no other. */
  restorer?: Restorer;
}

export interface Language {
  /**
   * `now` in milliseconds: resolves "hôm qua" and refuses dossier codes dated in the future. `restorer`: the one that knows the
   * catalogue at hand.
   */
  understand(text: string, now?: number, restorer?: Restorer): Understanding;
  /**
   * Today's provinces and communes that `name` may mean: a name of today or from before 2025-07-01, with or without unit word, the
   * value of a `place` entity. Those that bear the name come first. Empty when no list knows it.
   */
  placesNamed(name: string, withinProvince?: string): Place[];
}

const ALTERNATIVES = 4;

/**
 * @example
 * const language = createLanguage(parseLanguageModel(JSON.parse(await readFile('dist/intents-model.json', 'utf8'))));
 * language.understand('hs H56.14-240823-0001 tới đâu rồi ạ').intent; // 'dossier.track'
 */
export function createLanguage(model: LanguageModel, options: LanguageOptions = {}): Language {
  const floor = options.floor ?? model.floor;
  const classify = createClassifier(model);
  const applyRules = compileRules(model.rules);
  const gazetteer = gazetteerFrom(model.places);
  const mender = createMender(model.bayes.features.split('\n'));

  return {
    placesNamed: (name, withinProvince) => placesNamed(gazetteer, name, withinProvince),
    understand(text, now = systemClock(), restorer = options.restorer) {
      const message = cutMessage(text);
      const typed = wordsOf(message);
      const all = mender.words(restorer === undefined ? typed : restorer.read(typed));
      const entities = findEntities(message, foldedText(all), now, gazetteer);
      const words = withoutLinks(message, all, entities);
      const { alternatives, ...whole } = read(words, entities);
      const parts = partsOf(message, clausesOf(message, words, entities), whole, (some) =>
        read(some, within(some, entities)),
      );
      return {
        text: message,
        normalized: all.map((word) => word.text).join(' '),
        restored: all.map((word) => word.restored).join(' '),
        ...whole,
        alternatives,
        parts,
      };
    },
  };

  function read(words: readonly Word[], entities: Entity[]): Reading & { alternatives: ScoredIntent[] } {
    const prepared = prepare(mender.syllables(words), entities);
    const ruled = applyRules(prepared);
    const decided = decide(classify(prepared, ruled), ruled, model.ruleConfidence);
    const [best = { intent: 'none' as Intent, confidence: 0 }, ...others] = decided;
    const aspects = entities.filter((entity) => entity.type === 'aspect').map((entity) => entity.value as Aspect);
    return {
      intent: best.intent,
      confidence: best.confidence,
      certain: best.confidence >= floor,
      alternatives: others.slice(0, ALTERNATIVES),
      entities,
      aspects: [...new Set(aspects)],
      query: searchQuery(words, entities),
    };
  }
}

const LINK = /(?:https?:\/\/|www\.)\S+/giu;

/** The letters of a link say nothing; a code in it does. */
function withoutLinks(message: string, words: readonly Word[], entities: readonly Entity[]): readonly Word[] {
  const links = [...message.matchAll(LINK)].map(({ 0: link, index }) => ({ start: index, end: index + link.length }));
  if (links.length === 0) return words;
  const touches = (word: Word, one: { start: number; end: number }): boolean =>
    word.start < one.end && one.start < word.end;
  return words.filter(
    (word) => !links.some((link) => touches(word, link)) || entities.some((one) => touches(word, one)),
  );
}

function within(words: readonly Word[], entities: readonly Entity[]): Entity[] {
  const start = words[0]?.start ?? 0;
  const end = words.at(-1)?.end ?? start;
  return entities.filter((entity) => start <= entity.start && entity.end <= end);
}

/** Where a rule decides alone, its intent goes first; the others keep their order. */
function decide(ranked: readonly ScoredIntent[], ruled: Ruled, ruleConfidence: number): ScoredIntent[] {
  const chosen = ruled.decisive ? ranked.find((scored) => ruled.intents.includes(scored.intent)) : undefined;
  if (chosen === undefined) return [...ranked];
  const confidence = Math.max(ruleConfidence, chosen.confidence);
  const rest = ranked.filter((scored) => scored !== chosen);
  // What the rule takes, the others lose: the list stays a distribution.
  const total = rest.reduce((sum, scored) => sum + scored.confidence, 0);
  const scale = total > 0 ? Math.min(1, (1 - confidence) / total) : 0;
  return [
    { intent: chosen.intent, confidence },
    ...rest.map(({ intent, confidence: c }) => ({ intent, confidence: c * scale })),
  ];
}
