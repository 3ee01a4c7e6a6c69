// Splitting long texts into messages: at paragraphs, else lines and sentences, else words, else between graphemes. Cuts nothing.

const LETTER_TAIL = /^(?:\p{M}|\u200c|\u200d)/u;
const LIST_MARKER_BEFORE = /(?:^|\n)[ \t]*\d{1,3}[.)]$/;
/** A boundary nearer to the start than this share of the limit is passed over for a weaker one further on. */
const EARLIEST = 0.4;

const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' });

/**
 * Parts of at most `limit` UTF-16 units, in order, none empty; only white space at the seams is left out.
 * With `last`, the last part is at most that long (for text that carries buttons).
 */
export function splitText(text: string, limit: number, last: number = limit): string[] {
  const parts = cut(text.trim(), limit);
  const tail = parts.at(-1);
  if (tail === undefined || tail.length <= last) return parts;
  const end = cut(tail, last).at(-1) ?? '';
  return [...parts.slice(0, -1), tail.slice(0, tail.length - end.length).trim(), end];
}

function cut(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const at = boundary(rest, limit);
    const part = rest.slice(0, at).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(at).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

/** Where to cut `text` so that what stands before, without trailing space, is at most `limit` long; always over 0. */
function boundary(text: string, limit: number): number {
  const window = text.slice(0, limit + 1);
  const floor = limit * EARLIEST;
  const paragraph = lastBreak(text, window, /\n[ \t]*\n\s*/g, floor);
  if (paragraph > 0) return paragraph;
  const sentence = lastBreak(text, window, /\n\s*|(?<=[.!?…][)"'”’»\]]*)\s+/g, floor);
  if (sentence > 0) return sentence;
  const word = lastBreak(text, window, /\s+/g, 0);
  if (word > 0) return word;
  return graphemeStart(text, limit);
}

/** Start of the last white space in the window that `pattern` finds beyond `floor`; 0 when there is none. */
function lastBreak(text: string, window: string, pattern: RegExp, floor: number): number {
  let found = 0;
  for (const match of window.matchAll(pattern)) {
    if (match.index <= floor) continue;
    const before = text.slice(Math.max(0, match.index - 8), match.index);
    if (LIST_MARKER_BEFORE.test(before)) continue;
    const after = text.slice(match.index).trimStart().slice(0, 2);
    if (!LETTER_TAIL.test(after)) found = match.index;
  }
  return found;
}

function graphemeStart(text: string, limit: number): number {
  const cluster = graphemes.segment(text.slice(0, limit + 256)).containing(limit);
  if (cluster !== undefined && cluster.index > 0) return cluster.index;
  return safeEnd(text, limit); // one cluster longer than a whole message
}

/** `end`, or one less when it would part a surrogate pair. */
export function safeEnd(text: string, end: number): number {
  const before = text.charCodeAt(end - 1);
  const after = text.charCodeAt(end);
  const parted = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return parted ? end - 1 : end;
}
