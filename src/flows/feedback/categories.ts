// The categories of reports: read once from intents/categories/feedback.yaml, and which of them a text suggests. Pure.
import { parse } from 'yaml';
import { z } from 'zod';
import { CodedError } from '../../lib/errors.js';
import { plainWords } from '../heard.js';

export interface FeedbackCategory {
  /** Stands in addresses and records. */
  id: string;
  title: string;
  name: string;
  /** Folded phrases. */
  words: readonly string[];
}

const TITLE_LENGTH = 20;
const LONGEST_PHRASE = 5;
/** Folded words before a place. */
const WHERE = new Set(['truoc', 'sau', 'gan', 'canh', 'dien', 'tai', 'cong', 'sat', 'ngay']);
const SAYS_WHERE = 0.5;

const file = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z-]{1,39}$/, 'small letters and dashes'),
      title: z.string().min(1).max(TITLE_LENGTH),
      name: z.string().min(1).max(80),
      words: z.string().transform((list) =>
        list
          .split(',')
          .map((phrase) => plainWords(phrase))
          .filter((phrase) => phrase !== ''),
      ),
    }),
  )
  .min(2)
  .max(13);

/** Throws CodedError `feedback.categories` that says what is wrong. */
export function readCategories(source: string): FeedbackCategory[] {
  let read: unknown;
  try {
    read = parse(source);
  } catch (cause) {
    throw new CodedError('feedback.categories', 'the categories of reports are not valid YAML', { cause });
  }
  const parsed = file.safeParse(read);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CodedError(
      'feedback.categories',
      `the categories of reports: ${issue?.path.join('.')}: ${issue?.message}`,
    );
  }
  if (new Set(parsed.data.map(({ id }) => id)).size !== parsed.data.length)
    throw new CodedError('feedback.categories', 'two categories of reports have the same id');
  return parsed.data;
}

/** Best first; those that nothing speaks for are left out. `plain`: folded words of the text. */
export function suggested(categories: readonly FeedbackCategory[], plain: string): FeedbackCategory[] {
  const words = plain.split(' ');
  const weights = new Map<FeedbackCategory, number>();
  const taken = new Set<number>();
  for (const { category, from, length } of phrasesIn(categories, words)) {
    const places = Array.from({ length }, (_, i) => from + i);
    // "đèn đường hỏng" is about a lamp: the longer and earlier phrase keeps its words.
    if (places.some((place) => taken.has(place))) continue;
    for (const place of places) taken.add(place);
    // Two words say far more than one; "trước trường học" only says where.
    const weight = WHERE.has(words[from - 1] ?? '') ? SAYS_WHERE : length ** 2;
    weights.set(category, (weights.get(category) ?? 0) + weight);
  }
  return [...weights].sort(([, a], [, b]) => b - a).map(([category]) => category);
}

interface Found {
  category: FeedbackCategory;
  from: number;
  length: number;
}

/** Longest first, then as they come. */
function phrasesIn(categories: readonly FeedbackCategory[], words: readonly string[]): Found[] {
  const byPhrase = new Map(
    categories.flatMap((category) => category.words.map((phrase) => [phrase, category] as const)),
  );
  const found: Found[] = [];
  for (let length = LONGEST_PHRASE; length > 0; length -= 1) {
    for (let from = 0; from + length <= words.length; from += 1) {
      const category = byPhrase.get(words.slice(from, from + length).join(' '));
      if (category !== undefined) found.push({ category, from, length });
    }
  }
  return found;
}

export function categoryOf(categories: readonly FeedbackCategory[], id: string): FeedbackCategory | undefined {
  return categories.find((category) => category.id === id);
}
