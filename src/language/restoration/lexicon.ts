// The syllables that a restoration model knows, by number, by spelling and by what is left of them without diacritics.
import { fold } from '../fold.js';
import { FIRST_SYLLABLE, OTHER } from './counts.js';
import { isPairKnown, type RestorationModel } from './model.js';

const MOST_READINGS = 16;
/** log of the share below which a plain spelling counts as one whose marks were left out in the texts, too. */
const RARELY_PLAIN = Math.log(0.02);

export class Lexicon {
  readonly #model: RestorationModel;
  readonly #syllables: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #readings: ReadonlyMap<string, readonly number[]>;
  readonly #foreign: ReadonlySet<string>;

  constructor(model: RestorationModel) {
    this.#model = model;
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
    for (const [folded, list] of readings) {
      list.sort((a, b) => this.weight(b) - this.weight(a));
      const plain = list.indexOf(this.number(folded));
      if (plain > 0 && this.weight(list[plain] ?? OTHER) < this.weight(list[0] ?? OTHER) + RARELY_PLAIN)
        list.splice(plain, 1);
      list.splice(MOST_READINGS);
    }
    this.#readings = readings;
  }

  syllable(number: number): string | undefined {
    return this.#syllables[number];
  }

  /** `OTHER` for what was never met. */
  number(syllable: string): number {
    return this.#numbers.get(syllable) ?? OTHER;
  }

  /** What a folded syllable may stand for, likeliest first; none for what was never met. */
  readings(folded: string): readonly number[] {
    return this.#readings.get(folded) ?? [];
  }

  /** A word of the texts that is no Vietnamese syllable: "online", "vneid". */
  isForeign(word: string): boolean {
    return this.#foreign.has(word);
  }

  /** log p of a syllable by itself. */
  weight(number: number): number {
    return this.#model.single[number] ?? Number.NEGATIVE_INFINITY;
  }

  /** Some reading of `second` was met right after some reading of `first`. */
  areNeighbours(first: readonly number[], second: readonly number[]): boolean {
    return first.some((one) => second.some((other) => isPairKnown(this.#model, one, other)));
  }
}
