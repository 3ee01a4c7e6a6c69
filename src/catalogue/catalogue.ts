// The loaded catalogue: procedures by code and their search index, as one immutable snapshot. A new index is built in a worker
// thread and swapped in whole; until then the old one answers. Where procedures come from is sync.ts and import.ts.
import { Worker } from 'node:worker_threads';
import { workerFile } from '../lib/worker-file.js';
import type { Procedure } from '../records/procedure.js';
import { buildIndex, type SearchDocument, type SearchIndex } from './index-build.js';
import type { IndexWorkerData, IndexWorkerMessage } from './index-worker.js';
import { IndexedSearch, type ProcedureHit, type ProcedureSearch } from './search.js';
import type { SearchData } from './search-data.js';
import { QueryRewriter } from './words.js';

export interface CatalogueSnapshot extends ProcedureSearch {
  readonly size: number;
  /** Whole; by code, an agency's suffix is ignored. */
  get(code: string): Procedure | undefined;
}

/** How many documents cross to the worker at once: cloning them takes about a millisecond. */
const PART = 500;

export class Catalogue {
  readonly #searchData: SearchData;
  readonly #rewriter: QueryRewriter;
  #current: CatalogueSnapshot;
  /** Numbers the loads: an older one that ends later changes nothing. */
  #loads = 0;
  #swapped = 0;
  readonly #workers = new Set<Worker>();
  #closed = false;

  constructor(searchData: SearchData) {
    this.#searchData = searchData;
    this.#rewriter = new QueryRewriter(searchData.words);
    this.#current = snapshotOf([], buildIndex([]), this.#rewriter);
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
    const index = await this.#build(sorted);
    if (number < this.#swapped) return;
    this.#swapped = number;
    this.#current = snapshotOf(sorted, index, this.#rewriter);
  }

  /** Ends builds under way; the current snapshot goes on answering. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  async #build(procedures: readonly Procedure[]): Promise<SearchIndex> {
    const workerData: IndexWorkerData = { aliases: this.#searchData.aliases };
    const worker = new Worker(workerFile(import.meta.url, './index-worker.js'), { workerData });
    this.#workers.add(worker);
    try {
      const built = new Promise<SearchIndex>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', (code) => reject(new Error(`the index worker ended with code ${code} and no index`)));
      });
      // Handled below; without this a worker that dies while the parts are sent would be an unhandled rejection.
      built.catch(() => {});
      for (let start = 0; start < procedures.length; start += PART) {
        send(worker, procedures.slice(start, start + PART).map(documentOf));
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

function documentOf({ code, name, field, levels }: Procedure): SearchDocument {
  return { code, name, field, levels };
}

function snapshotOf(procedures: readonly Procedure[], index: SearchIndex, rewriter: QueryRewriter): CatalogueSnapshot {
  const search = new IndexedSearch(procedures, index, rewriter);
  return {
    size: procedures.length,
    get: (code: string): Procedure | undefined => search.get(code),
    search: (query: string, limit?: number): ProcedureHit[] => search.search(query, limit),
  };
}
