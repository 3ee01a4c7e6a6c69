// From the base and the loaded catalogue to a model that runs; in a worker thread for a running bot. About a second for thousands of
// procedures.
import { type StoredCounts, TrigramCounts } from './counts.js';
import { type Lesson, learn } from './lesson.js';
import { buildRestorationModel, type RestorationModel } from './model.js';

export function trainRestoration(base: StoredCounts, lessons: Iterable<Lesson>): RestorationModel {
  const counts = TrigramCounts.restore(base);
  for (const lesson of lessons) learn(counts, lesson);
  return buildRestorationModel(counts);
}
