// Finds patterns in the folded words of a message and gives their place in the original. What the patterns are is the finders' business.
import type { Entity, EntityType } from '../language.js';
import type { Word } from '../normalise.js';

/** The folded words joined by one space, each position traceable to its word. */
export interface FoldedText {
  text: string;
  words: readonly Word[];
  /** Index in `text` where each word starts. */
  starts: readonly number[];
}

export function foldedText(words: readonly Word[]): FoldedText {
  const starts: number[] = [];
  let length = 0;
  for (const word of words) {
    starts.push(length);
    length += word.folded.length + 1;
  }
  return { text: words.map((word) => word.folded).join(' '), words, starts };
}

/** The index of the word that holds position `at` of `text`. */
export function wordAt({ starts }: FoldedText, at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The entity that covers `text.slice(from, to)`, widened to whole words. Undefined when there are no words. */
export function entityAt(
  message: string,
  folded: FoldedText,
  from: number,
  to: number,
  type: EntityType,
  value: string,
): Entity | undefined {
  const first = folded.words[wordAt(folded, from)];
  const last = folded.words[wordAt(folded, Math.max(from, to - 1))];
  if (first === undefined || last === undefined) return undefined;
  return { type, value, text: message.slice(first.start, last.end), start: first.start, end: last.end };
}
