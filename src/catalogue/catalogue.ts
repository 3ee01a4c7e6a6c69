// The loaded catalogue: procedures by code, their search index and what their texts teach about diacritics, as one immutable snapshot.
// A new one is built in a worker thread and swapped in whole; until then the old one answers. Where procedures come from is sync.ts and import.ts.
import { Worker } from 'node:worker_threads';
import { NO_COUNTS, type StoredCounts } from '../language/restoration/counts.js';
import { lessonOf } from '../language/restoration/lesson.js';
import { Restorer } from '../language/restoration/restorer.js';
import { trainRestoration } from '../language/restoration/train.js';
import { workerFile } from '../lib/worker-file.js';
import type { Procedure } from '../records/procedure.js';
import { buildIndex, formNames, type IndexWords, type SearchDocument } from './index-build.js';
import type { BuiltIndex, IndexWorkerData, IndexWorkerMessage } from './index-worker.js';
import { IndexedSearch, type ProcedureHit, type ProcedureSearch, type QueryReading, queryReading } from './search.js';
import type { SearchData } from './search-data.js';
import type { Separation } from './separation.js';

export interface CatalogueSnapshot extends ProcedureSearch {
  readonly size: number;
  /** Whole; by code, an agency's suffix is ignored. */
  get(code: string): Procedure | undefined;
  /** Fills in diacritics that were left out, with these procedures in mind. */
  readonly restorer: Restorer;
}

/** How many documents cross to the worker at once: cloning them takes about a millisecond. */
const PART = 500;

export class Catalogue {
  readonly #searchData: SearchData;
  readonly #restoration: StoredCounts;
  readonly #reading: QueryReading;
  #current: CatalogueSnapshot;
  /** Numbers the loads: an older one that ends later changes nothing. */
  #loads = 0;
  #swapped = 0;
  readonly #workers = new Set<Worker>();
  #closed = false;

  /** `restoration`: the base on which the restorer of a loaded catalogue builds. */
  constructor(searchData: SearchData, restoration: StoredCounts = NO_COUNTS) {
    this.#searchData = searchData;
    this.#restoration = restoration;
    this.#reading = queryReading(searchData);
    this.#current = snapshotOf(
      [],
      { index: buildIndex([]), restoration: trainRestoration(restoration, []) },
      this.#reading,
    );
  }

  /** Never changes after it was taken: keep it for a turn, not longer. */
  current(): CatalogueSnapshot {
    return this.#current;
  }

  /**
   * Resolves when these procedures, or ones loaded later, are the current ones.
   * @throws Error when the worker fails or the catalogue is closed; the old snapshot stays.
   */
  async load(procedures: Iterable<Procedure>): Promise<void> {
    if (this.#closed) throw new Error('the catalogue is closed');
    const number = ++this.#loads;
    // The order decides between equal scores, so it must not depend on where the procedures come from.
    const sorted = [...procedures].sort((a, b) => (a.code < b.code ? -1 : 1));
    const built = await this.#build(sorted);
    if (number < this.#swapped) return;
    this.#swapped = number;
    this.#current = snapshotOf(sorted, built, this.#reading);
  }

  /** Ends builds under way; the current snapshot goes on answering. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  async #build(procedures: readonly Procedure[]): Promise<BuiltIndex> {
    const workerData: IndexWorkerData = {
      words: indexWords(this.#searchData),
      restoration: this.#restoration,
    };
    const worker = new Worker(workerFile(import.meta.url, './index-worker.js'), { workerData });
    this.#workers.add(worker);
    try {
      const built = new Promise<BuiltIndex>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', (code) => reject(new Error(`the index worker ended with code ${code} and no index`)));
      });
      // Handled below; without this a worker that dies while the parts are sent would be an unhandled rejection.
      built.catch(() => {});
      for (let start = 0; start < procedures.length; start += PART) {
        const part = procedures.slice(start, start + PART);
        send(worker, { documents: part.map(documentOf), lessons: part.map(lessonOf) });
        await new Promise(setImmediate);
      }
      send(worker, undefined);
      return await built;
    } finally {
      this.#workers.delete(worker);
      void worker.terminate();
    }
  }
}

function send(worker: Worker, message: IndexWorkerMessage): void {
  worker.postMessage(message);
}

function indexWords({ aliases, everyday, cues }: SearchData): IndexWords {
  return { aliases, everyday, cues };
}

/** Only what the index looks at crosses to the worker. */
function documentOf(procedure: Procedure): SearchDocument {
  const { code, name, field, levels, results } = procedure;
  const documents = formNames(procedure).map((form) => ({ name: form }));
  return { code, name, field, levels, results, cases: [{ documents }] };
}

function snapshotOf(
  procedures: readonly Procedure[],
  { index, restoration }: BuiltIndex,
  reading: QueryReading,
): CatalogueSnapshot {
  const search = new IndexedSearch(procedures, index, reading);
  return {
    size: procedures.length,
    restorer: new Restorer(restoration),
    get: (code: string): Procedure | undefined => search.get(code),
    search: (query: string, limit?: number): ProcedureHit[] => search.search(query, limit),
    separate: (hits: readonly ProcedureHit[], query: string): Separation | undefined => search.separate(hits, query),
  };
}
