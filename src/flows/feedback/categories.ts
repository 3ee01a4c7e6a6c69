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
  const padded = ` ${plain} `;
  return categories
    .map((category) => ({ category, weight: weightOf(category, padded) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ category }) => category);
}

/** Two words say far more than one: "den duong" is no road. */
function weightOf({ words }: FeedbackCategory, padded: string): number {
  let weight = 0;
  for (const phrase of words) if (padded.includes(` ${phrase} `)) weight += phrase.split(' ').length ** 2;
  return weight;
}

export function categoryOf(categories: readonly FeedbackCategory[], id: string): FeedbackCategory | undefined {
  return categories.find((category) => category.id === id);
}
