// Puts the diacritics back into what was typed without: the likeliest reading of a message under the model. Slips of the keyboard are
// slips.ts. Pure: the same words and model give the same reading.
import { fold } from '../fold.js';
import { isSyllable } from '../syllable.js';
import { BOUNDARY, FIRST_SYLLABLE, OTHER } from './counts.js';
import { logProbability, type RestorationModel } from './model.js';

/** How many readings of the beginning are kept while reading on. */
const BEAM = 10;
/** Longer messages are read to here; nobody asks a question of more words. */
const MOST_WORDS = 300;
const MOST_CANDIDATES = 16;
/** Of the syllables of Vietnamese text, about this share carries no diacritics anyway. */
const NATURALLY_PLAIN = 0.28;
/** However carefully a message is written, a mark may be left out. */
const MOST_CAREFUL = 0.985;

export interface TypedWord {
  text: string;
  folded: string;
}

export class Restorer {
  readonly model: RestorationModel;
  readonly #syllables: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  /** Folded syllable → numbers of the syllables that it may stand for, likeliest first. */
  readonly #readings: ReadonlyMap<string, readonly number[]>;
  readonly #foreign: ReadonlySet<string>;

  constructor(model: RestorationModel) {
    this.model = model;
    this.#syllables = ['', '', ...(model.syllables === '' ? [] : model.syllables.split('\n'))];
    this.#numbers = new Map(
      this.#syllables.slice(FIRST_SYLLABLE).map((syllable, at) => [syllable, at + FIRST_SYLLABLE]),
    );
    this.#foreign = new Set(model.foreign.split('\n'));
    const readings = new Map<string, number[]>();
    for (const [syllable, number] of this.#numbers) {
      const folded = fold(syllable);
      const list = readings.get(folded);
      if (list === undefined) readings.set(folded, [number]);
      else list.push(number);
    }
    for (const list of readings.values()) {
      list.sort((a, b) => (model.single[b] ?? 0) - (model.single[a] ?? 0));
      list.splice(MOST_CANDIDATES);
    }
    this.#readings = readings;
  }

  /** The words with their diacritics, one for one. What carries a mark, is no syllable or was never met stays as it is. */
  restore(words: readonly TypedWord[]): string[] {
    const read = words.slice(0, MOST_WORDS);
    const options = read.map((word) => this.#optionsOf(word));
    if (options.every((numbers) => numbers.length === 1)) return words.map(({ text }) => text);
    const chosen = this.#decode(read, options, Math.log(1 - carefulness(read)));
    return words.map(({ text }, at) => {
      const number = (options[at]?.length ?? 0) > 1 || this.#isPlainSyllable(words[at]) ? chosen[at] : undefined;
      return number === undefined || number < FIRST_SYLLABLE ? text : (this.#syllables[number] ?? text);
    });
  }

  #isPlainSyllable(word: TypedWord | undefined): boolean {
    return word !== undefined && word.text === word.folded && isSyllable(word.folded);
  }

  /** One number where nothing is to be chosen. */
  #optionsOf(word: TypedWord): readonly number[] {
    const own = this.#numbers.get(word.text) ?? OTHER;
    if (!this.#isPlainSyllable(word) || this.#foreign.has(word.text)) return [own];
    return this.#readings.get(word.folded) ?? [own];
  }

  #decode(words: readonly TypedWord[], options: readonly (readonly number[])[], lostMark: number): number[] {
    const steps: Reading[][] = [];
    let before: Reading[] = [{ first: BOUNDARY, second: BOUNDARY, score: 0, from: 0 }];
    for (const [at, numbers] of options.entries()) {
      const typed = words[at]?.text ?? '';
      const next: Reading[] = [];
      for (const [from, reading] of before.entries()) {
        for (const number of numbers) {
          const cost = numbers.length > 1 && this.#syllables[number] !== typed ? lostMark : 0;
          const score = reading.score + cost + logProbability(this.model, reading.first, reading.second, number);
          const same = next.find((other) => other.second === number && other.first === reading.second);
          if (same === undefined) next.push({ first: reading.second, second: number, score, from });
          else if (score > same.score) {
            same.score = score;
            same.from = from;
          }
        }
      }
      before = next.length > BEAM ? next.sort((a, b) => b.score - a.score).slice(0, BEAM) : next;
      steps.push(before);
    }
    let best = 0;
    let highest = Number.NEGATIVE_INFINITY;
    for (const [index, { first, second, score }] of before.entries()) {
      const whole = score + logProbability(this.model, first, second, BOUNDARY);
      if (whole > highest) {
        highest = whole;
        best = index;
      }
    }
    const chosen: number[] = [];
    for (let at = steps.length - 1; at >= 0; at--) {
      const reading = steps[at]?.[best];
      chosen[at] = reading?.second ?? OTHER;
      best = reading?.from ?? 0;
    }
    return chosen;
  }
}

interface Reading {
  first: number;
  second: number;
  score: number;
  from: number;
}

/**
 * How likely the citizen types a mark where one belongs, from how many were typed: 0 when none was. Where nearly all were, a plain
 * syllable is meant as it stands.
 */
export function carefulness(words: readonly TypedWord[]): number {
  const syllables = words.filter(({ folded }) => isSyllable(folded));
  if (syllables.length === 0) return 0;
  const marked = syllables.filter(({ text, folded }) => text !== folded).length;
  return Math.min(MOST_CAREFUL, marked / (syllables.length * (1 - NATURALLY_PLAIN)));
}
