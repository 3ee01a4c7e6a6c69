// The worker thread that builds a search index and trains the restoration of diacritics: takes the documents in parts, hands back
// typed arrays. Started by catalogue.ts.
import { parentPort, workerData } from 'node:worker_threads';
import type { StoredCounts } from '../language/restoration/counts.js';
import type { Lesson } from '../language/restoration/lesson.js';
import { type RestorationModel, restorationBuffers } from '../language/restoration/model.js';
import { trainRestoration } from '../language/restoration/train.js';
import { buffersOf, buildIndex, type IndexWords, type SearchDocument, type SearchIndex } from './index-build.js';

export interface IndexWorkerData {
  words: IndexWords;
  restoration: StoredCounts;
}

/** Parts in order, then `undefined`. */
export type IndexWorkerMessage = { documents: SearchDocument[]; lessons: Lesson[] } | undefined;

export interface BuiltIndex {
  index: SearchIndex;
  restoration: RestorationModel;
}

const { words, restoration } = workerData as IndexWorkerData;
const documents: SearchDocument[] = [];
const lessons: Lesson[] = [];

parentPort?.on('message', (part: IndexWorkerMessage) => {
  if (part !== undefined) {
    documents.push(...part.documents);
    lessons.push(...part.lessons);
    return;
  }
  const built: BuiltIndex = {
    index: buildIndex(documents, words),
    restoration: trainRestoration(restoration, lessons),
  };
  parentPort?.postMessage(built, [...buffersOf(built.index), ...restorationBuffers(built.restoration)]);
  parentPort?.close();
});
