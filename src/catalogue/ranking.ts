// Ranks the index's documents for a query: the best single entry, what all of a procedure's words together meet, and what the query
// says of the act, the level or a foreigner. Raw scores; probabilities are calibration.ts.
import type { Evidence, Ranked } from './calibration.js';
import { ACCENT_SHARE, rarity, type SearchIndex, termNumber } from './index-build.js';
import { SpellingGuesser } from './spelling.js';
import { ACCENTED, BIGRAM, eachTerm, type Syllable } from './terms.js';
import { DIMENSIONS, type Dimension, TRAITS, type Traits, VALUES } from './traits.js';

/** A longer message is a story; its beginning tells most. */
const MAX_SYLLABLES = 60;
/** How much of the query must be met against how much of the entry. */
const QUERY_SHARE = 0.75;
/** Beyond this much, what else a story mentions no longer counts against an entry. */
const MAX_QUERY_MASS = 40;
const SYNONYM_FACTOR = 0.92;
/** How much all words of a procedure together count against its best single entry. */
const BAG_SHARE = 0.35;
/** Scores under this share of the best one are not even sorted. */
const WORTH_RANKING = 0.4;
/** A field's name in the query lifts its procedures a little. */
const FIELD_SHARE = 0.03;

export interface Ranking extends Omit<Evidence, 'length'> {
  /** Best first; equal scores in the catalogue's order. */
  ranked: Ranked[];
}

export class Ranker {
  readonly #index: SearchIndex;
  readonly #unknownWeight: number;
  /** Working memory, empty (all zero) between queries. */
  readonly #entryOverlap: Float32Array;
  readonly #entryScore: Float32Array;
  readonly #documentScore: Float32Array;
  /** Share of the query that a document's words meet, in the variant that scored best; stale where nothing scored. */
  readonly #documentCovered: Float32Array;
  /** Built when the first unknown syllable comes. */
  #guesser: SpellingGuesser | undefined;

  constructor(index: SearchIndex) {
    this.#index = index;
    this.#entryOverlap = new Float32Array(index.entryOwner.length);
    this.#entryScore = new Float32Array(index.documents);
    this.#documentScore = new Float32Array(index.documents);
    this.#documentCovered = new Float32Array(index.documents);
    this.#unknownWeight = rarity(index.documents ** 0.25, index.documents);
  }

  traitsOf(document: number): Traits {
    return this.#index.documentTraits.subarray(document * TRAITS, (document + 1) * TRAITS);
  }

  /** `variants` are ways to write one query, the most literal first. */
  rank(variants: readonly Syllable[][], wanted: Traits, limit: number): Ranking {
    const touched: number[] = [];
    let factor = 1;
    for (const variant of variants) {
      this.#score(this.#respelt(variant.slice(0, MAX_SYLLABLES)), factor, touched);
      factor = SYNONYM_FACTOR;
    }
    let best = 0;
    for (const number of touched) best = Math.max(best, this.#documentScore[number] ?? 0);
    const ranked: (Ranked & { covered: number })[] = [];
    for (const number of touched) {
      const score = this.#documentScore[number] ?? 0;
      const covered = this.#documentCovered[number] ?? 0;
      this.#documentScore[number] = 0;
      if (score < best * WORTH_RANKING) continue;
      ranked.push({ number, score: score * agreement(wanted, this.traitsOf(number)), covered });
    }
    // Equal scores keep the catalogue's order, so that the answer never depends on how the engine sorts.
    ranked.sort((a, b) => b.score - a.score || a.number - b.number);
    return { ranked: ranked.slice(0, limit), covered: ranked[0]?.covered ?? 0 };
  }

  /** Adds one variant of the query: a document keeps its best score over all variants. */
  #score(syllables: readonly Syllable[], factor: number, touched: number[]): void {
    const { termWeight, postingStart, postings, entryOwner, entryMass, entryFactor, documentField, documentFactor } =
      this.#index;
    const overlap = this.#entryOverlap;
    const entries: number[] = [];
    let queryMass = 0;
    eachTerm(syllables, (text, kind) => {
      const term = termNumber(this.#index, text);
      if (term < 0) {
        if (kind !== ACCENTED && kind !== BIGRAM) queryMass += this.#unknownWeight;
        return;
      }
      const weight = termWeight[term] ?? 0;
      if (kind !== ACCENTED) queryMass += weight;
      const end = postingStart[term + 1] ?? 0;
      for (let i = postingStart[term] ?? 0; i < end; i++) {
        const entry = postings[i] ?? 0;
        if (overlap[entry] === 0) entries.push(entry);
        overlap[entry] = (overlap[entry] ?? 0) + weight;
      }
    });
    if (queryMass === 0) return;
    const asked = Math.min(queryMass, MAX_QUERY_MASS);
    const accentRoom = syllables.some(({ folded, written }) => folded !== written) ? 1 + ACCENT_SHARE : 1;
    const { documents } = this.#index;
    const fields = new Map<number, number>();
    for (const entry of entries) {
      if (entry < documents) continue;
      const owner = entryOwner[entry] ?? 0;
      const ideal = QUERY_SHARE * asked + (1 - QUERY_SHARE) * (entryMass[entry] ?? 0);
      const score = ((overlap[entry] ?? 0) / (accentRoom * ideal)) * (entryFactor[entry] ?? 1);
      overlap[entry] = 0;
      if (owner < 0) fields.set(-1 - owner, score);
      else if (score > (this.#entryScore[owner] ?? 0)) this.#entryScore[owner] = score;
    }
    for (const number of entries) {
      if (number >= documents) continue;
      const covered = Math.min(1, (overlap[number] ?? 0) / (accentRoom * asked));
      const field = fields.get(documentField[number] ?? -1) ?? 0;
      const whole = (1 - BAG_SHARE) * (this.#entryScore[number] ?? 0) + BAG_SHARE * covered + FIELD_SHARE * field;
      const score = whole * factor * (documentFactor[number] ?? 1);
      overlap[number] = 0;
      this.#entryScore[number] = 0;
      const before = this.#documentScore[number] ?? 0;
      if (before === 0) touched.push(number);
      if (score > before) {
        this.#documentScore[number] = score;
        this.#documentCovered[number] = covered;
      }
    }
  }

  /** Syllables that the index does not know are replaced by what they may be a slip of. */
  #respelt(syllables: readonly Syllable[]): Syllable[] {
    return syllables.flatMap((syllable, at) => {
      if (termNumber(this.#index, syllable.folded) >= 0) return [syllable];
      this.#guesser ??= new SpellingGuesser(this.#index.vocabulary.split(' '), {
        has: (text) => termNumber(this.#index, text) >= 0,
        count: (text) => this.#count(text),
        pairCount: (first, second) => this.#count(`${first} ${second}`),
      });
      const meant = this.#guesser.guess(syllable.folded, syllables[at - 1]?.folded, syllables[at + 1]?.folded);
      return meant?.map((folded) => ({ folded, written: folded })) ?? [syllable];
    });
  }

  #count(text: string): number {
    const term = termNumber(this.#index, text);
    return term < 0 ? 0 : (this.#index.postingStart[term + 1] ?? 0) - (this.#index.postingStart[term] ?? 0);
  }
}

/** What a dimension does to a score: the query says it and the procedure has it, has another value, or has it unasked. */
interface DimensionFactors {
  same: number;
  other: number;
  unasked: number;
}

const FACTORS: Readonly<Record<Dimension, DimensionFactors>> = {
  act: { same: 1.05, other: 0.82, unasked: 1 },
  foreign: { same: 1.06, other: 1, unasked: 0.93 },
  border: { same: 1.05, other: 1, unasked: 0.9 },
  level: { same: 1.05, other: 0.94, unasked: 1 },
  who: { same: 1.02, other: 0.96, unasked: 1 },
  vehicle: { same: 1.04, other: 0.93, unasked: 1 },
  age: { same: 1.04, other: 0.93, unasked: 1 },
  online: { same: 1.02, other: 0.99, unasked: 1 },
};
const ACT = DIMENSIONS.indexOf('act');
/** Bits of acts that come after a first issue: rarely meant when no word says so. */
const LATER_ACTS = VALUES.act.reduce((bits, act, bit) => (act === 'first' ? bits : bits | (1 << bit)), 0);
const UNASKED_LATER_ACT = 0.97;

/** How well what the query says of act, level, foreigner … agrees with a procedure: a factor around 1. */
function agreement(wanted: Traits, traits: Traits): number {
  let factor = 1;
  for (let at = 0; at < TRAITS; at++) {
    const dimension = DIMENSIONS[at];
    if (dimension === undefined) continue;
    const [asked, has] = [wanted[at] ?? 0, traits[at] ?? 0];
    const { same, other, unasked } = FACTORS[dimension];
    if (asked === 0) {
      if (has !== 0) factor *= unasked;
    } else if ((asked & has) !== 0) factor *= same;
    else if (has !== 0) factor *= other;
  }
  const act = traits[ACT] ?? 0;
  if (wanted[ACT] === 0 && act !== 0 && (act & ~LATER_ACTS) === 0) factor *= UNASKED_LATER_ACT;
  return factor;
}
