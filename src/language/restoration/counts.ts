// Counts of syllable trigrams, the only thing that training keeps of a text: shorter runs and probabilities are derived in model.ts.
import { z } from 'zod';
import { type Token, TokenReader } from './tokens.js';

/** Syllable numbers below this are no syllables. */
export const BOUNDARY = 0;
export const OTHER = 1;
export const FIRST_SYLLABLE = 2;

/** Vietnamese has some 7,000 spoken syllables; numbers have 16 bits. */
const MOST_SYLLABLES = 30_000;
const MOST_FOREIGN = 5_000;
/** Beyond this, new trigrams of a huge catalogue are not counted; the known ones still are. */
const MOST_TRIGRAMS = 1 << 20;
const FIRST_SIZE = 1 << 14;

export const countsSchema = z.strictObject({
  version: z.literal(1),
  /** Syllables from number 2 on, one per line. */
  syllables: z.string(),
  /** Words that are no syllables, one per line: they are not mistaken for slips of the keyboard. */
  foreign: z.string(),
  /** Base64 of little-endian uint16: three numbers and a count in tenths per trigram. */
  trigrams: z.string(),
});

/** Trained counts as they are kept in a file and sent to a worker. */
export type StoredCounts = z.infer<typeof countsSchema>;

/** Knows nothing: everything then stays as it was typed. */
export const NO_COUNTS: StoredCounts = { version: 1, syllables: '', foreign: '', trigrams: '' };

/** Checks what was read from the file of the base model; throws with how to get a new one. */
export function parseCounts(json: unknown): StoredCounts {
  const parsed = countsSchema.safeParse(json);
  if (!parsed.success)
    throw new Error(
      `The restoration model does not fit this version; run "npm run build". ${z.prettifyError(parsed.error)}`,
    );
  return parsed.data;
}

/** Open addressing: slot → the first two syllables, the third, the count; a count of 0 is a free slot. */
export class TrigramCounts {
  readonly syllables: string[] = ['', ''];
  readonly foreign = new Set<string>();
  readonly #numbers = new Map<string, number>();
  readonly #reader = new TokenReader();
  #pairs = new Int32Array(FIRST_SIZE);
  #lasts = new Uint16Array(FIRST_SIZE);
  #counts = new Float32Array(FIRST_SIZE);
  #used = 0;

  /** Counts `text` as if it had been written `weight` times; each sentence stands alone. */
  add(text: string, weight = 1): void {
    let sentence: Token[] = [];
    for (const token of this.#reader.read(text)) {
      if (token.kind !== 'end') sentence.push(token);
      else {
        this.#addSentence(sentence, weight);
        sentence = [];
      }
    }
    this.#addSentence(sentence, weight);
  }

  #addSentence(sentence: readonly Token[], weight: number): void {
    if (sentence.length === 0) return;
    let first = BOUNDARY;
    let second = BOUNDARY;
    for (const { kind, text } of sentence) {
      if (kind === 'foreign' && this.foreign.size < MOST_FOREIGN) this.foreign.add(text);
      const number = kind === 'syllable' ? this.#numberOf(text) : OTHER;
      this.#count(first, second, number, weight);
      first = second;
      second = number;
    }
    this.#count(first, second, BOUNDARY, weight);
  }

  #numberOf(syllable: string): number {
    const known = this.#numbers.get(syllable);
    if (known !== undefined) return known;
    if (this.syllables.length >= MOST_SYLLABLES) return OTHER;
    this.#numbers.set(syllable, this.syllables.length);
    return this.syllables.push(syllable) - 1;
  }

  #count(first: number, second: number, last: number, weight: number): void {
    const pair = (first << 16) | second;
    const slot = this.#slot(pair, last);
    if (this.#counts[slot] === 0) {
      if (this.#used >= MOST_TRIGRAMS) return;
      this.#used++;
      this.#pairs[slot] = pair;
      this.#lasts[slot] = last;
    }
    this.#counts[slot] = (this.#counts[slot] ?? 0) + weight;
    if (this.#used * 2 > this.#counts.length) this.#grow();
  }

  #slot(pair: number, last: number): number {
    const mask = this.#counts.length - 1;
    let slot = trigramHash(pair, last) & mask;
    while (this.#counts[slot] !== 0 && (this.#pairs[slot] !== pair || this.#lasts[slot] !== last))
      slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [pairs, lasts, counts] = [this.#pairs, this.#lasts, this.#counts];
    this.#pairs = new Int32Array(counts.length * 2);
    this.#lasts = new Uint16Array(counts.length * 2);
    this.#counts = new Float32Array(counts.length * 2);
    for (let old = 0; old < counts.length; old++) {
      const count = counts[old] ?? 0;
      if (count === 0) continue;
      const slot = this.#slot(pairs[old] ?? 0, lasts[old] ?? 0);
      this.#pairs[slot] = pairs[old] ?? 0;
      this.#lasts[slot] = lasts[old] ?? 0;
      this.#counts[slot] = count;
    }
  }

  get size(): number {
    return this.#used;
  }

  /** Calls back once per trigram, in an order that depends on nothing but what was added. */
  each(visit: (first: number, second: number, last: number, count: number) => void): void {
    for (let slot = 0; slot < this.#counts.length; slot++) {
      const count = this.#counts[slot] ?? 0;
      const pair = this.#pairs[slot] ?? 0;
      if (count > 0) visit(pair >>> 16, pair & 0xffff, this.#lasts[slot] ?? 0, count);
    }
  }

  store(): StoredCounts {
    const bytes = Buffer.alloc(this.#used * 8);
    let at = 0;
    this.each((first, second, last, count) => {
      for (const value of [first, second, last, Math.min(0xffff, Math.max(1, Math.round(count * 10)))])
        at = bytes.writeUInt16LE(value, at);
    });
    return {
      version: 1,
      syllables: this.syllables.slice(FIRST_SYLLABLE).join('\n'),
      foreign: [...this.foreign].join('\n'),
      trigrams: bytes.toString('base64'),
    };
  }

  /** Counts to go on with. */
  static restore(stored: StoredCounts): TrigramCounts {
    const counts = new TrigramCounts();
    for (const syllable of stored.syllables.split('\n')) if (syllable !== '') counts.#numberOf(syllable);
    for (const word of stored.foreign.split('\n')) if (word !== '') counts.foreign.add(word);
    const bytes = Buffer.from(stored.trigrams, 'base64');
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      const count = bytes.readUInt16LE(at + 6) / 10;
      counts.#count(bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2), bytes.readUInt16LE(at + 4), count);
    }
    return counts;
  }
}

export function trigramHash(pair: number, last: number): number {
  const mixed = Math.imul(pair ^ (pair >>> 15), 0x2c1b3c6d) ^ Math.imul(last + 0x9e3779b9, 0x297a2d39);
  return Math.imul(mixed ^ (mixed >>> 13), 0x165667b1) >>> 8;
}
