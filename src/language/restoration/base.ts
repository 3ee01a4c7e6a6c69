// The texts that every restoration model knows before a catalogue is loaded: what citizens say, and what places are called. What a
// catalogue adds is lesson.ts. Reading files is the caller's business.
import { wordsOf } from '../normalise.js';
import { expandExamples, type IntentFile, type SlotFile } from '../training/intent-files.js';
import { TrigramCounts } from './counts.js';
import { carefulness } from './restorer.js';

export interface BaseTexts {
  intents: readonly IntentFile[];
  slots: readonly SlotFile[];
  provinces: readonly string[];
  /** Communes and districts, of today and before the mergers. */
  places: readonly string[];
}

/** Citizens speak otherwise than the law, and there is much more text of the law. */
const MESSAGE_WEIGHT = 3;
const PROVINCE_WEIGHT = 5;
const PLACE_WEIGHT = 0.2;
/** A message with fewer marks than this was typed without some of them, and would teach to leave them out. */
const LEAST_CARE = 0.5;

export function baseCounts({ intents, slots, provinces, places }: BaseTexts): TrigramCounts {
  const counts = new TrigramCounts();
  // A template is judged without its slots, whose values are written with care: "thong ke {agency}" must not pass.
  const careful = intents.map((file) => ({ ...file, examples: file.examples.filter(isCareful) }));
  for (const { text } of expandExamples(careful, slots)) addMessage(text);
  for (const { values } of slots) for (const value of values.filter(isCareful)) addMessage(value);
  for (const name of provinces) counts.add(name, PROVINCE_WEIGHT);
  for (const name of places) counts.add(name, PLACE_WEIGHT);
  return counts;

  function addMessage(text: string): void {
    const words = wordsOf(text).map((word) => word.text);
    counts.add(words.join(' '), MESSAGE_WEIGHT);
  }
}

function isCareful(line: string): boolean {
  const words = wordsOf(line.replace(/\{[a-z]+\}/g, ' '));
  return words.length === 0 || carefulness(words) >= LEAST_CARE;
}
