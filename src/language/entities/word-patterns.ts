// Finds entities that are patterns over the folded words of a message. The patterns themselves stand in aspects.ts and persons.ts.
import type { Entity } from '../language.js';
import { entityAt, type FoldedText, wordAt } from './folded-text.js';

export interface WordPattern<Value extends string> {
  /** A function where the value hangs on what was matched; undefined when it is nothing after all. */
  value: Value | ((match: RegExpExecArray) => Value | undefined);
  /** Global, over folded words. */
  pattern: RegExp;
  /** Words that fold to the same letters may be others: the match with the marks that were typed must look like this. */
  typed?: RegExp;
}

/** No two overlap; an earlier pattern goes before a later one. */
export function findPatterns(
  message: string,
  folded: FoldedText,
  patterns: readonly WordPattern<string>[],
  type: 'aspect' | 'person',
): Entity[] {
  const found: Entity[] = [];
  for (const { value, pattern, typed } of patterns) {
    for (const match of folded.text.matchAll(pattern)) {
      const to = match.index + match[0].length;
      if (typed !== undefined && !typed.test(typedText(folded, match.index, to))) continue;
      const meant = typeof value === 'string' ? value : value(match);
      const entity = meant === undefined ? undefined : entityAt(message, folded, match.index, to, type, meant);
      if (entity !== undefined && !found.some((other) => entity.start < other.end && other.start < entity.end))
        found.push(entity);
    }
  }
  return found;
}

function typedText(folded: FoldedText, from: number, to: number): string {
  return folded.words
    .slice(wordAt(folded, from), wordAt(folded, Math.max(from, to - 1)) + 1)
    .map((word) => word.text)
    .join(' ');
}
