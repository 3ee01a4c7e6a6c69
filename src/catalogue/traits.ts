// What tells procedures with nearly the same name apart: first issue or again, with a foreigner or without, car or motorbike.
// The words are data in intents/words/cues.yaml; how much they weigh in the ranking is search.ts, the question asked separation.ts.
import type { ProcedureLevel } from '../records/procedure.js';
import { type PhraseTable, phrasesIn, phraseTable } from './phrases.js';
import type { Syllable } from './terms.js';

/** One byte per dimension and procedure: a bit per value of VALUES. */
export const DIMENSIONS = ['act', 'foreign', 'border', 'level', 'who', 'vehicle', 'age', 'online'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const VALUES = {
  act: ['first', 'again', 'exchange', 'amend', 'extend', 'end', 'suspend', 'transfer'],
  foreign: ['foreign'],
  border: ['border'],
  level: ['commune', 'province', 'ministry'],
  who: ['person', 'organisation'],
  vehicle: ['motorbike', 'car'],
  age: ['child', 'adult'],
  online: ['full', 'partial'],
} as const satisfies Record<Dimension, readonly string[]>;

export type TraitValue<D extends Dimension> = (typeof VALUES)[D][number];

/** By dimension and value: the law's words in a procedure's name, and what citizens say. */
export type Cues = Partial<
  Record<Dimension, Readonly<Record<string, { name: readonly string[]; said: readonly string[] }>>>
>;

/** A byte per dimension, in the order of DIMENSIONS. */
export type Traits = Uint8Array;

export const TRAITS = DIMENSIONS.length;

interface Bit {
  dimension: number;
  bit: number;
}

export class TraitReader {
  readonly #names: PhraseTable<Bit[]>;
  readonly #said: PhraseTable<Bit[]>;

  constructor(cues: Cues) {
    this.#names = tableOf(cues, 'name');
    this.#said = tableOf(cues, 'said');
  }

  /** Of a procedure: what its name says, and the levels it is handled at. */
  ofProcedure(name: readonly Syllable[], levels: readonly ProcedureLevel[]): Traits {
    const traits = read(name, this.#names);
    const at = DIMENSIONS.indexOf('level');
    // The name knows better: "(thực hiện tại cấp tỉnh)" stands where the published levels name several.
    if (traits[at] === 0) {
      traits[at] = VALUES.level.reduce((bits, level, bit) => bits | (levels.includes(level) ? 1 << bit : 0), 0);
    }
    return traits;
  }

  ofQuery(syllables: readonly Syllable[]): Traits {
    return read(syllables, this.#said);
  }
}

function tableOf(cues: Cues, kind: 'name' | 'said'): PhraseTable<Bit[]> {
  const bits = new Map<string, Bit[]>();
  DIMENSIONS.forEach((dimension, number) => {
    (VALUES[dimension] as readonly string[]).forEach((value, bit) => {
      for (const phrase of cues[dimension]?.[value]?.[kind] ?? [])
        bits.set(phrase, [...(bits.get(phrase) ?? []), { dimension: number, bit: 1 << bit }]);
    });
  });
  return phraseTable(bits);
}

function read(syllables: readonly Syllable[], table: PhraseTable<Bit[]>): Traits {
  const traits = new Uint8Array(TRAITS);
  for (const bits of phrasesIn(syllables, table))
    for (const { dimension, bit } of bits) traits[dimension] = (traits[dimension] ?? 0) | bit;
  return traits;
}
