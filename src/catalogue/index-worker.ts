// The worker thread that builds a search index: takes the documents in parts, hands back typed arrays. Started by catalogue.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { buffersOf, buildIndex, type SearchDocument } from './index-build.js';

export interface IndexWorkerData {
  aliases: ReadonlyMap<string, readonly string[]>;
}

/** Parts in order, then `undefined`. */
export type IndexWorkerMessage = SearchDocument[] | undefined;

const { aliases } = workerData as IndexWorkerData;
const documents: SearchDocument[] = [];

parentPort?.on('message', (part: IndexWorkerMessage) => {
  if (part !== undefined) {
    documents.push(...part);
    return;
  }
  const index = buildIndex(documents, aliases);
  parentPort?.postMessage(index, buffersOf(index));
  parentPort?.close();
});
