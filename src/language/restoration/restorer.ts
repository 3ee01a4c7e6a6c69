// Reads a message as it was meant: diacritics that were left out, words typed without their spaces, slips of the keyboard. Pure: the
// same words and model give the same reading.
import { fold } from '../fold.js';
import { type Word, wordFrom } from '../normalise.js';
import { isSyllable } from '../syllable.js';
import { FIRST_SYLLABLE, OTHER } from './counts.js';
import { decode, type Option } from './decoder.js';
import { Lexicon } from './lexicon.js';
import type { RestorationModel } from './model.js';
import { slipsOf, splitJoined } from './slips.js';

/** Longer messages are read to here; nobody asks a question of more words. */
const MOST_WORDS = 300;
/** Slips are looked for in so many words: a message with more of them is noise. */
const MOST_MENDED = 12;
/** log p that a word is typed with a slip, and that one which nobody ever met is meant as it stands. */
const SLIP = -5;
const UNHEARD = -9;
const MOST_SLIPS = 24;
/** Of the syllables of Vietnamese text, about this share carries no diacritics anyway. */
const NATURALLY_PLAIN = 0.28;
/** However carefully a message is written, a mark may be left out. */
const MOST_CAREFUL = 0.985;

export class Restorer {
  readonly #model: RestorationModel;
  readonly #lexicon: Lexicon;

  constructor(model: RestorationModel) {
    this.#model = model;
    this.#lexicon = new Lexicon(model);
  }

  /**
   * The words with `restored` filled in; joined words taken apart and slips mended in `text` too. A syllable that carries a mark, and
   * what was never met, stays as it is.
   */
  read(typed: readonly Word[]): Word[] {
    const words = typed.slice(0, MOST_WORDS).flatMap((word) => this.#apart(word));
    const lostMark = Math.log(1 - carefulness(words));
    let mended = 0;
    const options = words.map((word, at) => {
      if (this.#isPlain(word)) return this.#readings(word, lostMark);
      if (!this.#isSlip(word) || ++mended > MOST_MENDED) return this.#asTyped(word);
      return this.#slips(word, words[at - 1], words[at + 1]);
    });
    const chosen = options.some((list) => list.length > 1 || (list[0]?.number ?? OTHER) >= FIRST_SYLLABLE)
      ? decode(this.#model, options)
      : [];
    const read = words.map((word, at): Word => {
      const syllable = this.#lexicon.syllable(chosen[at] ?? OTHER) ?? '';
      if (syllable === '' || syllable === word.text) return word;
      if (this.#isPlain(word)) return { ...word, restored: syllable };
      const folded = fold(syllable);
      return { ...word, text: word.text === word.folded ? folded : syllable, folded, restored: syllable };
    });
    return [...read, ...typed.slice(MOST_WORDS)];
  }

  /** Typed without a mark, and possibly a syllable. */
  #isPlain({ text, folded }: Word): boolean {
    return text === folded && isSyllable(folded) && !this.#lexicon.isForeign(text);
  }

  #isSlip({ text, folded }: Word): boolean {
    return !isSyllable(folded) && /^\p{L}+$/u.test(text) && !this.#lexicon.isForeign(text);
  }

  #asTyped({ text }: Word): Option[] {
    return [{ number: this.#lexicon.number(text), cost: 0 }];
  }

  #readings(word: Word, lostMark: number): Option[] {
    const readings = this.#lexicon.readings(word.folded);
    if (readings.length === 0) return this.#asTyped(word);
    return readings.map((number) => ({
      number,
      cost: this.#lexicon.syllable(number) === word.text ? 0 : lostMark,
    }));
  }

  /** One word or several in the same place. */
  #apart(word: Word): Word[] {
    if (!this.#isSlip(word)) return [word];
    const plain = word.text === word.folded;
    const pieces = splitJoined(word.text, this.#lexicon, (piece) => {
      if (plain) return this.#lexicon.readings(piece);
      const number = this.#lexicon.number(piece);
      return number === OTHER ? [] : [number];
    });
    return pieces === undefined ? [word] : pieces.map((piece) => wordFrom(piece, word.start, word.end));
  }

  /** Only what is known to stand beside one of its neighbours; alone, a slip cannot be told from a name. */
  #slips(word: Word, before: Word | undefined, after: Word | undefined): Option[] {
    const plain = word.text === word.folded;
    const [left, right] = [this.#meant(before), this.#meant(after)];
    const options: Option[] = [];
    for (const spelling of slipsOf(word.text)) {
      const numbers = plain ? this.#lexicon.readings(spelling) : [this.#lexicon.number(spelling)];
      for (const number of numbers) {
        if (number === OTHER) continue;
        if (this.#lexicon.areNeighbours(left, [number]) || this.#lexicon.areNeighbours([number], right))
          options.push({ number, cost: SLIP });
      }
    }
    options.sort((a, b) => this.#lexicon.weight(b.number) - this.#lexicon.weight(a.number));
    return [...options.slice(0, MOST_SLIPS), { number: OTHER, cost: UNHEARD }];
  }

  #meant(word: Word | undefined): readonly number[] {
    if (word === undefined) return [];
    if (this.#isPlain(word)) return this.#lexicon.readings(word.folded);
    const number = this.#lexicon.number(word.text);
    return number === OTHER ? [] : [number];
  }
}

/**
 * How likely the citizen types a mark where one belongs, from how many were typed: 0 when none was. Where nearly all were, a plain
 * syllable is meant as it stands.
 */
export function carefulness(words: readonly Pick<Word, 'text' | 'folded'>[]): number {
  const syllables = words.filter(({ folded }) => isSyllable(folded));
  if (syllables.length === 0) return 0;
  const marked = syllables.filter(({ text, folded }) => text !== folded).length;
  return Math.min(MOST_CAREFUL, marked / (syllables.length * (1 - NATURALLY_PLAIN)));
}
