// A message prepared for the search for places: keys of the gazetteer, capitals, what was typed. What is a place is places.ts.
import type { Word } from '../normalise.js';
import { canonicalSpelling } from '../spelling.js';
import type { FoldedText } from './folded-text.js';
import { fitOfMarks, type Gazetteer, type Named, placeKey } from './gazetteer.js';

/** The message with what the search for places needs of each word, worked out once. */
export class PlaceReading {
  readonly words: readonly Word[];
  /** As in the gazetteer's keys; single letters as typed ("A Lưới" is no "anh Lưới"). */
  readonly keys: readonly string[];
  readonly raw: readonly string[];
  /** Words that were cleaned into something else ("mần" → "làm"): in a name they may be meant as they stand. */
  private readonly cleaned: readonly boolean[];
  /** The first letter is a capital, in a message that also has small ones. */
  readonly capital: readonly boolean[];

  /** False when only the provinces were given. */
  readonly knowsCommunes: boolean;

  constructor(
    readonly message: string,
    folded: FoldedText,
    readonly gazetteer: Gazetteer,
  ) {
    this.words = folded.words;
    this.knowsCommunes = gazetteer.named('an binh').length > 0;
    const mixed = /\p{Ll}/u.test(message);
    this.raw = this.words.map((word) => message.slice(word.start, word.end).toLowerCase());
    this.cleaned = this.words.map((word, i) => word.text !== this.raw[i] && word.start !== this.words[i + 1]?.start);
    this.keys = this.words.map((word, i) => {
      const raw = this.raw[i] ?? '';
      if (raw.length === 1) return placeKey(raw);
      return /^0\d$|^(?:k|l|m|t|qu)i$/.test(word.folded) ? placeKey(word.folded) : word.folded;
    });
    // The capitals of "BHXH" are those of an abbreviation, not of the four words that it stands for.
    this.capital = this.words.map(
      (word, i) =>
        mixed &&
        /^\p{Lu}/u.test(message.slice(word.start, word.start + 2)) &&
        word.start !== this.words[i - 1]?.start &&
        word.start !== this.words[i + 1]?.start,
    );
  }

  key(from: number, length: number): string {
    return length === 1 ? (this.keys[from] ?? '') : this.keys.slice(from, from + length).join(' ');
  }

  typed(from: number, length: number): string[] {
    return this.words.slice(from, from + length).map((word, i) => {
      const raw = this.raw[from + i] ?? '';
      return raw.length === 1 || /^0\d$/.test(raw) ? (/^\d/.test(raw) ? String(Number(raw)) : raw) : word.text;
    });
  }

  /** What the name could be, those that fit mark by mark alone where there are any. */
  fitting(from: number, length: number): { named: readonly Named[]; exact: boolean } {
    const fits = this.fittingTo(this.key(from, length), this.typed(from, length));
    if (fits.named.length > 0 || !this.cleaned.slice(from, from + length).some(Boolean)) return fits;
    const typed = this.raw.slice(from, from + length).map((word) => canonicalSpelling(word.normalize('NFC')));
    return this.fittingTo(placeKey(typed.join(' ')), typed);
  }

  private fittingTo(key: string, typed: readonly string[]): { named: readonly Named[]; exact: boolean } {
    const named = this.gazetteer.named(key);
    if (named.length === 0) return { named, exact: false };
    const fits = named.map((one) => fitOfMarks(typed, one.name));
    const best = Math.max(...fits);
    return { named: best === 0 ? [] : named.filter((_, i) => fits[i] === best), exact: best === 2 };
  }

  allCapital(from: number, length: number): boolean {
    for (let at = from; at < from + length; at++) if (this.capital[at] !== true) return false;
    return true;
  }
}
