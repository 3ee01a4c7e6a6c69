// The restoration model as it runs: interpolated probabilities of syllables after the one or two before, in typed arrays that a worker
// thread can hand over. Counting is counts.ts, choosing the best reading restorer.ts.
import { BOUNDARY, FIRST_SYLLABLE, type TrigramCounts, trigramHash } from './counts.js';

/** Probabilities are natural logarithms; in the tables a value of 0 marks a free slot. */
export interface RestorationModel {
  /** By number; the first two are no syllables. */
  syllables: string;
  foreign: string;
  /** log p(syllable), and what is left to it as a context: log of the share for what was never seen after it. */
  single: Float32Array;
  singleRest: Float32Array;
  /** Open addressing by the pair of syllables. `pairRest` as above, for the pair as context. */
  pairKey: Int32Array;
  pairValue: Float32Array;
  pairRest: Float32Array;
  /** Open addressing by pair and third syllable. A value of 0 is a free slot. */
  tripleKey: Int32Array;
  tripleLast: Uint16Array;
  tripleValue: Float32Array;
}

/** Witten and Bell's smoothing, its number of new things scaled: texts of the law repeat themselves, citizens do not. */
const PAIR_NOVELTY = 1.5;
const TRIPLE_NOVELTY = 1.5;
const SINGLE_FLOOR = 0.3;

/** No probability is exactly 1: its logarithm would mark a free slot. */
const HIGHEST = -1e-6;
const FIRST_SIZE = 1 << 14;

export function buildRestorationModel(counts: TrigramCounts): RestorationModel {
  const size = counts.syllables.length;
  const singles = new Float64Array(size);
  let total = 0;
  // Contexts: how much follows, and how many different ones.
  const after = new Float64Array(size);
  const kindsAfter = new Float64Array(size);
  const pairs = new PairTable();
  counts.each((first, second, last, count) => {
    singles[last] = (singles[last] ?? 0) + count;
    total += count;
    after[second] = (after[second] ?? 0) + count;
    if (pairs.add((second << 16) | last, count)) kindsAfter[second] = (kindsAfter[second] ?? 0) + 1;
    // No text contains the pair of two boundaries, but every text begins after it.
    if (first === BOUNDARY && second === BOUNDARY) pairs.add(0, count);
  });
  counts.each((first, second) => pairs.addKind((first << 16) | second));

  const single = new Float32Array(size);
  const singleShare = new Float64Array(size);
  const singleRest = new Float32Array(size);
  const singleLeft = new Float64Array(size);
  for (let number = 0; number < size; number++) {
    const share = ((singles[number] ?? 0) + SINGLE_FLOOR) / (total + SINGLE_FLOOR * size);
    singleShare[number] = share;
    single[number] = Math.log(share);
    const novelty = PAIR_NOVELTY * (kindsAfter[number] ?? 0);
    const left = novelty === 0 ? 1 : novelty / ((after[number] ?? 0) + novelty);
    singleLeft[number] = left;
    singleRest[number] = Math.log(left);
  }

  const slots = pairs.keys.length;
  const pairValue = new Float32Array(slots);
  const pairRest = new Float32Array(slots);
  const pairShare = new Float64Array(slots);
  for (let slot = 0; slot < slots; slot++) {
    const key = pairs.keys[slot] ?? 0;
    if (pairs.counts[slot] === 0) continue;
    const first = key >>> 16;
    const novelty = PAIR_NOVELTY * (kindsAfter[first] ?? 0);
    const share =
      ((pairs.counts[slot] ?? 0) + novelty * (singleShare[key & 0xffff] ?? 0)) / ((after[first] ?? 0) + novelty);
    pairShare[slot] = share;
    pairValue[slot] = Math.min(HIGHEST, Math.log(share));
    const kinds = TRIPLE_NOVELTY * (pairs.kinds[slot] ?? 0);
    pairRest[slot] = kinds === 0 ? 0 : Math.log(kinds / ((pairs.counts[slot] ?? 0) + kinds));
  }

  const tripleSlots = tableSize(counts.size);
  const tripleKey = new Int32Array(tripleSlots);
  const tripleLast = new Uint16Array(tripleSlots);
  const tripleValue = new Float32Array(tripleSlots);
  counts.each((first, second, last, count) => {
    const key = (first << 16) | second;
    const context = pairs.slot(key);
    const kinds = TRIPLE_NOVELTY * (pairs.kinds[context] ?? 0);
    const lower = pairShare[pairs.slot((second << 16) | last)] ?? 0;
    const share = (count + kinds * lower) / ((pairs.counts[context] ?? 0) + kinds);
    let slot = trigramHash(key, last) & (tripleSlots - 1);
    while (tripleValue[slot] !== 0) slot = (slot + 1) & (tripleSlots - 1);
    tripleKey[slot] = key;
    tripleLast[slot] = last;
    tripleValue[slot] = Math.min(HIGHEST, Math.log(share));
  });

  return {
    syllables: counts.syllables.slice(FIRST_SYLLABLE).join('\n'),
    foreign: [...counts.foreign].join('\n'),
    single,
    singleRest,
    pairKey: pairs.keys,
    pairValue,
    pairRest,
    tripleKey,
    tripleLast,
    tripleValue,
  };
}

/** log p(last | first second). */
export function logProbability(model: RestorationModel, first: number, second: number, last: number): number {
  const context = (first << 16) | second;
  const tripleMask = model.tripleValue.length - 1;
  for (let slot = trigramHash(context, last) & tripleMask; ; slot = (slot + 1) & tripleMask) {
    const value = model.tripleValue[slot] ?? 0;
    if (value === 0) break;
    if (model.tripleKey[slot] === context && model.tripleLast[slot] === last) return value;
  }
  const rest = model.pairRest[pairSlot(model, context)] ?? 0;
  const slot = pairSlot(model, (second << 16) | last);
  const value = model.pairValue[slot] ?? 0;
  return rest + (value === 0 ? (model.singleRest[second] ?? 0) + (model.single[last] ?? 0) : value);
}

/** True when `second` was met right after `first`. */
export function isPairKnown(model: RestorationModel, first: number, second: number): boolean {
  return model.pairValue[pairSlot(model, (first << 16) | second)] !== 0;
}

function pairSlot({ pairKey, pairValue }: RestorationModel, key: number): number {
  const mask = pairKey.length - 1;
  let slot = pairHash(key) & mask;
  while (pairValue[slot] !== 0 && pairKey[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}

/** The buffers to transfer with the model. */
export function restorationBuffers(model: RestorationModel): ArrayBuffer[] {
  return Object.values(model).flatMap((value) =>
    ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
}

function pairHash(key: number): number {
  const mixed = Math.imul(key ^ (key >>> 16), 0x45d9f3b);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 9;
}

function tableSize(entries: number): number {
  let size = 16;
  while (size < entries * 2) size *= 2;
  return size;
}

/** Counts by pair: how often, and how many different syllables follow. Open addressing; a count of 0 is a free slot. */
class PairTable {
  keys = new Int32Array(FIRST_SIZE);
  counts = new Float32Array(FIRST_SIZE);
  kinds = new Float32Array(FIRST_SIZE);
  #used = 0;

  slot(key: number): number {
    const mask = this.keys.length - 1;
    let slot = pairHash(key) & mask;
    while (this.counts[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  /** True when the pair is new. */
  add(key: number, count: number): boolean {
    if (this.#used * 2 > this.keys.length) this.#grow();
    const slot = this.slot(key);
    const isNew = this.counts[slot] === 0;
    if (isNew) this.#used++;
    this.keys[slot] = key;
    this.counts[slot] = (this.counts[slot] ?? 0) + count;
    return isNew;
  }

  /** One more syllable is known to follow this pair. */
  addKind(key: number): void {
    const slot = this.slot(key);
    this.kinds[slot] = (this.kinds[slot] ?? 0) + 1;
  }

  /** Only before kinds are counted. */
  #grow(): void {
    const { keys, counts } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.counts = new Float32Array(keys.length * 2);
    this.kinds = new Float32Array(keys.length * 2);
    for (const [old, count] of counts.entries()) {
      if (count === 0) continue;
      const slot = this.slot(keys[old] ?? 0);
      this.keys[slot] = keys[old] ?? 0;
      this.counts[slot] = count;
    }
  }
}
