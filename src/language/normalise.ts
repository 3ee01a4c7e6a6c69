// A message as a list of clean words that still know where they stood. What the words mean together is entities.ts and the rules.
import { expandAbbreviation } from './abbreviations.js';
import { fold } from './fold.js';
import { canonicalSpelling, decodeTyping, withoutElongation, withoutTripling } from './spelling.js';

/** Messages are understood up to here, in UTF-16 units; nobody asks a question longer than this. */
export const LONGEST_MESSAGE = 2000;
const LONGEST_WORD = 40;

/** One clean word. Several words may share one place ("đkkh" stands for four). Offsets are UTF-16 units in the message. */
export interface Word {
  text: string;
  folded: string;
  /** `text` with its diacritics; the same as `text` until a restorer has read the message. */
  restored: string;
  start: number;
  end: number;
}

const WORD = /[\p{L}\p{M}\p{N}\p{Cf}]+(?:&[\p{L}\p{M}\p{N}]+)*|\p{Extended_Pictographic}/gu;

// Alone in a message a thumb or a heart is an answer.
const EMOJI = new Map([
  ['👍', 'ok'],
  ['👌', 'ok'],
  ['🆗', 'ok'],
  ['🙏', 'cảm ơn'],
  ['❤', 'cảm ơn'],
  ['👋', 'xin chào'],
  ['👎', 'không'],
]);

/** Cuts to `LONGEST_MESSAGE` without halving a surrogate pair. */
export function cutMessage(text: string): string {
  if (text.length <= LONGEST_MESSAGE) return text;
  const last = text.charCodeAt(LONGEST_MESSAGE - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE);
}

/** The words of a message: canonical spelling, abbreviations written out, punctuation and emoji gone. Bounded by `cutMessage`. */
export function wordsOf(message: string): Word[] {
  const raw: { text: string; start: number; end: number }[] = [];
  const pictures: Word[] = [];
  for (const match of cutMessage(message).matchAll(WORD)) {
    const start = match.index;
    const end = start + match[0].length;
    const meaning = EMOJI.get(match[0]);
    if (meaning !== undefined) pictures.push(...meaning.split(' ').map((text) => wordFrom(text, start, end)));
    else if (!/^\p{Extended_Pictographic}$/u.test(match[0])) {
      const text = match[0]
        .replace(/\p{Cf}+/gu, '')
        .normalize('NFC')
        .toLowerCase()
        .normalize('NFC')
        .slice(0, LONGEST_WORD);
      if (text !== '') raw.push({ text, start, end });
    }
  }
  const words: Word[] = [];
  for (const [index, { text, start, end }] of raw.entries()) {
    const before = fold(raw[index - 1]?.text ?? '');
    const after = fold(raw[index + 1]?.text ?? '');
    for (const clean of cleanWord(text, before, after)) words.push(wordFrom(clean, start, end));
  }
  return words.length > 0 ? words : pictures;
}

export function wordFrom(text: string, start: number, end: number): Word {
  return { text, folded: fold(text), restored: text, start, end };
}

function cleanWord(text: string, before: string, after: string): readonly string[] {
  const known = expandAbbreviation(text, before, after);
  if (known !== undefined) return known;
  // "tooi" is Telex for "tôi", "nhaa" is a long "nha": a doubled vowel inside the word is decoded before doublings are dropped.
  const typed = /(aa|ee|oo)[a-z]/.test(text) ? decodeTyping(withoutTripling(text)) : undefined;
  if (typed !== undefined) return [canonicalSpelling(typed)];
  const short = withoutElongation(text);
  const expanded = short === text || short.length === 1 ? undefined : expandAbbreviation(short, before, after);
  if (expanded !== undefined) return expanded;
  return [canonicalSpelling(decodeTyping(short) ?? short)];
}

/** `wordsOf` as one string: "Cho mk hoi hs e tới đâu r ạ???" → "cho mình hoi hồ sơ em tới đâu rồi ạ". */
export function normalise(message: string): string {
  return wordsOf(message)
    .map((word) => word.text)
    .join(' ');
}
