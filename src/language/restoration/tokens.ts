// From running text to the syllables that the restoration model counts. What a citizen typed is read by ../normalise.ts instead.
import { fold } from '../fold.js';
import { canonicalSpelling } from '../spelling.js';
import { isSyllable } from '../syllable.js';

const PART = /[\p{L}\p{M}\p{N}]+|[.;:!?\n]/gu;
/** A unit's texts come from outside; what is longer than this is no word. */
const LONGEST_WORD = 20;

/** `syllable`: canonical spelling, lower case. `foreign`: a word of letters that is no Vietnamese syllable. Figures are `other`. */
export type TokenKind = 'syllable' | 'foreign' | 'other' | 'end';

export interface Token {
  kind: TokenKind;
  text: string;
}

const END: Token = { kind: 'end', text: '' };

/** Reads texts into tokens; the same word is looked at once only, so one reader should read a whole corpus. */
export class TokenReader {
  readonly #known = new Map<string, Token>();

  /** Ends of sentences stand between the tokens as `end`. */
  read(text: string): Token[] {
    return (text.normalize('NFC').match(PART) ?? []).map((part) => {
      const known = this.#known.get(part);
      if (known !== undefined) return known;
      const token = tokenOf(part.toLowerCase().normalize('NFC'));
      this.#known.set(part, token);
      return token;
    });
  }
}

function tokenOf(part: string): Token {
  if (!/^[\p{L}\p{M}\p{N}]/u.test(part)) return END;
  if (part.length > LONGEST_WORD || /\p{N}/u.test(part)) return { kind: 'other', text: part };
  const text = canonicalSpelling(part);
  return { kind: isSyllable(fold(text)) ? 'syllable' : 'foreign', text };
}
