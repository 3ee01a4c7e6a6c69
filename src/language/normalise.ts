// A message as a list of clean words that still know where they stood. What the words mean together is entities.ts and the rules.
import { expandAbbreviation } from './abbreviations.js';
import { fold } from './fold.js';
import { canonicalSpelling, chatSpelling, withoutElongation, withoutTripling } from './spelling.js';
import { decodeTyping, isVni, type Typist } from './typing.js';

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

const WORD =
  /(?<![\p{L}\p{N}])đ\/[ck](?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}\p{Cf}]+(?:&[\p{L}\p{M}\p{N}]+)*|\p{Extended_Pictographic}/giu;

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
  const cut = cutMessage(message);
  const raw: Piece[] = [];
  const pictures: Piece[] = [];
  for (const match of cut.matchAll(WORD)) {
    const start = match.index;
    const end = start + match[0].length;
    const meaning = EMOJI.get(match[0]);
    if (meaning !== undefined) pictures.push(...meaning.split(' ').map((text) => ({ text, start, end })));
    else if (/[\p{L}\p{N}]/u.test(match[0]) && !isEmoticon(cut, start, end)) {
      const text = match[0]
        .replace(/\p{Cf}+/gu, '')
        .normalize('NFC')
        .toLowerCase()
        .normalize('NFC')
        .slice(0, LONGEST_WORD);
      if (text !== '') raw.push({ text, start, end });
    }
  }
  const pieces = raw.length > 0 ? cleaned(raw) : pictures;
  return pieces.map(({ text, start, end }) => wordFrom(text, start, end));
}

interface Piece {
  text: string;
  start: number;
  end: number;
}

/** What is written out may explain its neighbours: cleaned again until nothing changes, so that clean words stay as they are. */
const MOST_ROUNDS = 4;

function cleaned(raw: readonly Piece[]): readonly Piece[] {
  const typist = { vni: raw.some(({ text }) => isVni(text)) };
  let pieces = raw;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const folded = pieces.map(({ text }) => fold(text));
    let changed = false;
    const next: Piece[] = [];
    for (const [index, piece] of pieces.entries()) {
      const words = cleanWord(piece.text, folded[index - 1] ?? '', folded[index + 1] ?? '', typist);
      if (words.length === 1 && words[0] === piece.text) next.push(piece);
      else {
        changed = true;
        for (const text of words) next.push({ text, start: piece.start, end: piece.end });
      }
    }
    pieces = next;
    if (!changed) break;
  }
  return pieces;
}

/** The letter or figure of ":D", ":v", "=))", "<3". */
function isEmoticon(text: string, start: number, end: number): boolean {
  return (
    end - start === 1 &&
    /^[:;=<][dpvo3x]/i.test(text.slice(start - 1, end)) &&
    !/\d\s*[:=<]$/.test(text.slice(0, start))
  );
}

export function wordFrom(text: string, start: number, end: number): Word {
  return { text, folded: fold(text), restored: text, start, end };
}

const LAUGHTER = /^([b-df-hj-np-tv-xz])\1{2,}$/;

function cleanWord(text: string, before: string, after: string, typist: Typist): readonly string[] {
  const known = expandAbbreviation(text, before, after);
  if (known !== undefined) return known;
  // "kkk", "hhhh" are laughter, not a long "k" for "không".
  if (LAUGHTER.test(text)) return [text];
  // "tooi" is Telex for "tôi", "nhaa" is a long "nha": a doubled vowel inside the word is decoded before doublings are dropped.
  const typed = /(aa|ee|oo)[a-z]/.test(text) ? decodeTyping(withoutTripling(text), typist) : undefined;
  if (typed !== undefined) return [canonicalSpelling(typed)];
  const short = withoutElongation(text);
  const expanded = short === text ? undefined : expandAbbreviation(short, before, after);
  if (expanded !== undefined) return expanded;
  const spelt = canonicalSpelling(decodeTyping(short, typist) ?? short);
  return [chatSpelling(spelt) ?? spelt];
}

/** `wordsOf` as one string: "Cho mk hoi hs e tới đâu r ạ???" → "cho mình hoi hồ sơ em tới đâu rồi ạ". */
export function normalise(message: string): string {
  return wordsOf(message)
    .map((word) => word.text)
    .join(' ');
}
