// The procedure search: which procedures does a citizen mean? Pure and synchronous; the same query gives the same answer. Ranking is
// ranking.ts, probabilities calibration.ts, building the index index-build.ts, rewriting the query words.ts.
import { calibrate } from './calibration.js';
import { buildIndex, type IndexWords, type SearchDocument, type SearchIndex } from './index-build.js';
import { Ranker } from './ranking.js';
import { type Separation, separate } from './separation.js';
import { TraitReader } from './traits.js';
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
  /** The one question that tells these hits apart best, if one does; what the query says already is not asked. */
  separate(hits: readonly ProcedureHit[], query: string): Separation | undefined;
}

export interface SearchOptions extends IndexWords {
  words?: QueryWords;
}

const PROCEDURE_CODE = /(?<![\d.])\d\.\d{6}(?!\d)/;
/** How many are weighed against the first, whatever the caller's limit. */
const CONTENDERS = 10;
/** What remains of a hit beside a procedure that was named by its code. */
const BESIDE_CODE = 0.1;
/** "phí bao nhiêu": whatever is found for a question that names nothing was hardly meant. */
const SAYS_NOTHING = 0.3;

/** What reads queries: the same for every catalogue. */
export interface QueryReading {
  rewriter: QueryRewriter;
  traits: TraitReader;
}

export function queryReading({ words = noWords, cues = {} }: Pick<SearchOptions, 'words' | 'cues'>): QueryReading {
  return { rewriter: new QueryRewriter(words), traits: new TraitReader(cues) };
}

export function createProcedureSearch(
  documents: readonly SearchDocument[],
  options: SearchOptions = {},
): ProcedureSearch {
  return new IndexedSearch(documents, buildIndex(documents, options), queryReading(options));
}

export class IndexedSearch<D extends { code: string; name: string }> implements ProcedureSearch {
  readonly #documents: readonly D[];
  readonly #ranker: Ranker;
  readonly #reading: QueryReading;
  readonly #numbers: Map<string, number>;

  constructor(documents: readonly D[], index: SearchIndex, reading: QueryReading) {
    this.#documents = documents;
    this.#ranker = new Ranker(index);
    this.#reading = reading;
    this.#numbers = new Map(documents.map(({ code }, number) => [code, number]));
  }

  get(code: string): D | undefined {
    const short = PROCEDURE_CODE.exec(code)?.[0];
    return this.#documents[this.#numbers.get(short ?? code) ?? -1];
  }

  search(query: string, limit = 10): ProcedureHit[] {
    const named = PROCEDURE_CODE.test(query) ? this.get(query) : undefined;
    const { variants, whole, empty } = this.#reading.rewriter.rewrite(query);
    const ranking = this.#ranker.rank(variants, this.#reading.traits.ofQuery(whole), Math.max(limit, CONTENDERS));
    const trust = empty ? SAYS_NOTHING : 1;
    const hits = calibrate(ranking.ranked, { covered: ranking.covered, length: variants[0]?.length ?? 0 }).map(
      ({ number, score }) => ({
        ...this.#named(number),
        score: score * trust,
      }),
    );
    if (named === undefined) return hits.slice(0, limit);
    const others = hits
      .filter(({ code }) => code !== named.code)
      .map((hit) => ({ ...hit, score: hit.score * BESIDE_CODE }));
    return [{ code: named.code, name: named.name, score: 1 }, ...others].slice(0, limit);
  }

  separate(hits: readonly ProcedureHit[], query: string): Separation | undefined {
    const candidates = hits.flatMap((hit) => {
      const number = this.#numbers.get(hit.code);
      return number === undefined ? [] : [{ ...hit, traits: this.#ranker.traitsOf(number) }];
    });
    return separate(candidates, this.#reading.traits.ofQuery(this.#reading.rewriter.rewrite(query).whole));
  }

  #named(number: number): { code: string; name: string } {
    const document = this.#documents[number];
    if (document === undefined) throw new RangeError(`no document ${number}`);
    return { code: document.code, name: document.name };
  }
}
