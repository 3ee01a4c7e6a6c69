// What a procedure of the catalogue teaches: which of its texts are counted, how far and how much. Counting is counts.ts.
import type { TrigramCounts } from './counts.js';

/** The texts of one procedure, bounded: a name tells most, long descriptions repeat themselves. */
export interface Lesson {
  name: string;
  /** Field, agency, papers, results, steps, conditions, one per line. */
  text: string;
}

export interface LessonSource {
  name: string;
  field: string;
  executingAgency?: string;
  cases: readonly { name?: string; documents: readonly { name: string }[] }[];
  results: readonly string[];
  steps?: string;
  conditions?: string;
}

const NAME_WEIGHT = 2;
const TEXT_WEIGHT = 0.2;
/** UTF-16 units of a procedure's papers, steps and conditions, each. Keeps thousands of procedures within a second. */
const LONGEST_PART = 500;

export function lessonOf({ name, field, executingAgency, cases, results, steps, conditions }: LessonSource): Lesson {
  const papers: string[] = [];
  let length = 0;
  for (const one of cases) {
    for (const document of one.documents) {
      if (length > LONGEST_PART) break;
      papers.push(document.name.slice(0, LONGEST_PART));
      length += document.name.length;
    }
  }
  const parts = [
    field,
    executingAgency ?? '',
    ...papers,
    ...results,
    (steps ?? '').slice(0, LONGEST_PART),
    (conditions ?? '').slice(0, LONGEST_PART),
  ];
  return { name, text: parts.join('\n') };
}

export function learn(counts: TrigramCounts, { name, text }: Lesson): void {
  counts.add(name, NAME_WEIGHT);
  counts.add(text, TEXT_WEIGHT);
}
