// Asks the index: which procedures does a citizen mean? Pure and synchronous; the same query gives the same answer.
// Building the index is index-build.ts, rewriting the query words.ts.
import { ACCENT_SHARE, buildIndex, rarity, type SearchDocument, type SearchIndex, termNumber } from './index-build.js';
import { ACCENTED, BIGRAM, eachTerm, type Syllable } from './terms.js';
import { noWords, QueryRewriter, type QueryWords } from './words.js';

export interface ProcedureHit {
  code: string;
  name: string;
  /** Calibrated 0..1: about how likely this is the procedure that was meant. */
  score: number;
}

export interface ProcedureSearch {
  /** Best first; `limit` defaults to 10. */
  search(query: string, limit?: number): ProcedureHit[];
  /** By code; an agency's suffix (`1.004235.000.00.00.H51`) is ignored. */
  get(code: string): { code: string; name: string } | undefined;
}

export interface SearchOptions {
  /** Citizens' words for a procedure, by code. */
  aliases?: ReadonlyMap<string, readonly string[]>;
  words?: QueryWords;
}

const PROCEDURE_CODE = /(?<![\d.])\d\.\d{6}(?!\d)/;
/** A longer message is a story; its beginning tells most. */
const MAX_SYLLABLES = 60;
/** How much of the query must be met against how much of the entry. */
const QUERY_SHARE = 0.6;
/** Beyond this much, what else a story mentions no longer counts against an entry. */
const MAX_QUERY_MASS = 40;
const SYNONYM_FACTOR = 0.97;
/** Scores under this share of the best one are not even sorted. */
const WORTH_RANKING = 0.3;
/** What remains of a hit beside a procedure that was named by its code. */
const BESIDE_CODE = 0.1;
/** A field's name in the query lifts its procedures a little. */
const FIELD_SHARE = 0.03;

export function createProcedureSearch(
  documents: readonly SearchDocument[],
  options: SearchOptions = {},
): ProcedureSearch {
  return new IndexedSearch(
    documents,
    buildIndex(documents, options.aliases),
    new QueryRewriter(options.words ?? noWords),
  );
}

export class IndexedSearch<D extends { code: string; name: string }> implements ProcedureSearch {
  readonly #documents: readonly D[];
  readonly #index: SearchIndex;
  readonly #rewriter: QueryRewriter;
  readonly #numbers: Map<string, number>;
  /** Working memory, empty (all zero) between queries. */
  readonly #entryOverlap: Float32Array;
  readonly #documentScore: Float32Array;
  readonly #unknownWeight: number;

  constructor(documents: readonly D[], index: SearchIndex, rewriter: QueryRewriter) {
    this.#documents = documents;
    this.#index = index;
    this.#rewriter = rewriter;
    this.#numbers = new Map(documents.map(({ code }, number) => [code, number]));
    this.#entryOverlap = new Float32Array(index.entryOwner.length);
    this.#documentScore = new Float32Array(index.documents);
    this.#unknownWeight = rarity(Math.sqrt(index.documents), index.documents);
  }

  get(code: string): D | undefined {
    const short = PROCEDURE_CODE.exec(code)?.[0];
    return this.#documents[this.#numbers.get(short ?? code) ?? -1];
  }

  search(query: string, limit = 10): ProcedureHit[] {
    const named = PROCEDURE_CODE.test(query) ? this.get(query) : undefined;
    const ranked = calibrate(this.#rank(query, Math.max(limit, CONTENDERS)));
    const hits = ranked.map(({ number, score }) => ({ ...this.#named(number), score }));
    if (named === undefined) return hits.slice(0, limit);
    const others = hits
      .filter(({ code }) => code !== named.code)
      .map((hit) => ({ ...hit, score: hit.score * BESIDE_CODE }));
    return [{ code: named.code, name: named.name, score: 1 }, ...others].slice(0, limit);
  }

  #named(number: number): { code: string; name: string } {
    const document = this.#documents[number];
    if (document === undefined) throw new RangeError(`no document ${number}`);
    return { code: document.code, name: document.name };
  }

  #rank(query: string, limit: number): Ranked[] {
    const touched: number[] = [];
    let factor = 1;
    for (const variant of this.#rewriter.variants(query)) {
      this.#score(variant.slice(0, MAX_SYLLABLES), factor, touched);
      factor = SYNONYM_FACTOR;
    }
    let best = 0;
    for (const number of touched) best = Math.max(best, this.#documentScore[number] ?? 0);
    const ranked: Ranked[] = [];
    for (const number of touched) {
      const score = this.#documentScore[number] ?? 0;
      this.#documentScore[number] = 0;
      if (score >= best * WORTH_RANKING) ranked.push({ number, score });
    }
    // Equal scores keep the catalogue's order, so that the answer never depends on how the engine sorts.
    return ranked.sort((a, b) => b.score - a.score || a.number - b.number).slice(0, limit);
  }

  /** Adds one variant of the query: a document keeps its best entry's score over all variants. */
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
    const wanted = Math.min(queryMass, MAX_QUERY_MASS);
    const first = touched.length;
    const fields = new Map<number, number>();
    const accentRoom = syllables.some(({ folded, written }) => folded !== written) ? 1 + ACCENT_SHARE : 1;
    for (const entry of entries) {
      const owner = entryOwner[entry] ?? 0;
      const ideal = QUERY_SHARE * wanted + (1 - QUERY_SHARE) * (entryMass[entry] ?? 0);
      const score = ((overlap[entry] ?? 0) / (accentRoom * ideal)) * (entryFactor[entry] ?? 1) * factor;
      overlap[entry] = 0;
      if (owner < 0) {
        fields.set(-1 - owner, score);
        continue;
      }
      const before = this.#documentScore[owner] ?? 0;
      if (before === 0) touched.push(owner);
      const scored = score * (documentFactor[owner] ?? 1);
      if (scored > before) this.#documentScore[owner] = scored;
    }
    if (fields.size === 0) return;
    for (let i = first; i < touched.length; i++) {
      const number = touched[i] ?? 0;
      const field = fields.get(documentField[number] ?? -1);
      if (field !== undefined) this.#documentScore[number] = (this.#documentScore[number] ?? 0) + FIELD_SHARE * field;
    }
  }
}

export interface Ranked {
  number: number;
  score: number;
}

/** How many are weighed against the first, whatever the caller's limit. */
const CONTENDERS = 10;

/**
 * From raw scores to probabilities, fitted on development questions and on messages that ask for no procedure: the first's
 * raw score tells whether anything fits at all, its distance to the next one whether it is the first. What the first leaves of
 * the whole is shared among the others, so the scores sum up to at most 1.
 */
export function calibrate(ranked: readonly Ranked[]): Ranked[] {
  const [first, ...others] = ranked;
  if (first === undefined || first.score <= 0) return [];
  const fits = 1 / (1 + Math.exp((0.37 - first.score) / 0.07));
  const margin = 1 - (others[0]?.score ?? 0) / first.score;
  const share = 0.62 + 0.35 * Math.min(1, margin / 0.18);
  const weights = others.map(({ score }) => (score / first.score) ** 8);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return [
    { number: first.number, score: fits * share },
    ...others.map(({ number }, i) => ({ number, score: (fits * (1 - share) * (weights[i] ?? 0)) / total })),
  ];
}
