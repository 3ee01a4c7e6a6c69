// The agency's own questions after the overall score: a data file (questionnaires/rating.yaml), checked once at the start.
import { parse } from 'yaml';
import { z } from 'zod';

export interface Criterion {
  /** Stable: what reports and the portal know it by. */
  key: string;
  /** As it stands in the question "what do you think of …?". */
  name: string;
}

export interface Questionnaire {
  version: string;
  /** In the order in which they are asked; none asks nothing more than the score. */
  criteria: readonly Criterion[];
}

const MOST_CRITERIA = 10;

const schema = z.strictObject({
  version: z.string().regex(/^[\w.-]{1,20}$/, 'short, in quotes, e.g. "2"'),
  criteria: z
    .record(
      z.string().regex(/^[a-z][a-z-]{1,29}$/, 'a key is lower case letters and dashes'),
      z.string().trim().min(1).max(100),
    )
    .refine((criteria) => Object.keys(criteria).length <= MOST_CRITERIA, `at most ${MOST_CRITERIA} criteria`),
});

/** @throws Error that says what is wrong with it. */
export function readQuestionnaire(yaml: string): Questionnaire {
  const read = schema.safeParse(parse(yaml));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(`${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'not usable'}`);
  }
  const { version, criteria } = read.data;
  return { version, criteria: Object.entries(criteria).map(([key, name]) => ({ key, name })) };
}
