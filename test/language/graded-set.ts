// The graded set as its tests read it: schemas and files. What its lines mean is graded/README.md.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fold } from '../../src/language/fold.js';
import { ASPECTS, INTENTS } from '../../src/language/language.js';
import { ROOT, readYaml } from './trained-language.js';

export const STYLES = ['accented', 'unaccented', 'half', 'chat', 'typo'] as const;
const FOLDER = join(__dirname, 'graded');

const intent = z.enum(INTENTS);
const codes = z.array(z.string().regex(/^\d\.\d{6}$/));
const aspects = z.array(z.enum(ASPECTS)).min(1);
const written = {
  id: z.string().regex(/^[a-z]{2}-\d{2,3}$/),
  style: z.enum(STYLES),
  // Composed, as keyboards send it; a line that is to be decomposed would have to say so.
  text: z
    .string()
    .min(1)
    .max(500)
    .refine((text) => text === text.normalize('NFC').trim()),
};

export const lineSchema = z.strictObject({
  ...written,
  intent: z.union([intent, z.array(intent).min(2)]),
  accept: codes.optional(),
  flows: z.array(z.string()).min(1).optional(),
  aspects: aspects.optional(),
  entities: z.array(z.strictObject({ type: z.string(), value: z.string() })).optional(),
});

export const partsSchema = z.strictObject({
  ...written,
  parts: z.array(z.strictObject({ intent, accept: codes.min(1).optional(), aspects: aspects.optional() })).min(1),
});

export const talksSchema = z.array(
  z.strictObject({
    id: written.id,
    turns: z
      .array(
        z.strictObject({
          says: z.string().min(1),
          intent: z.array(intent).min(1).optional(),
          procedure: codes.min(1).optional(),
          aspects: aspects.optional(),
          place: z.string().optional(),
          asks: z.literal(true).optional(),
        }),
      )
      .min(2),
  }),
);

function readLines<T>(name: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(join(FOLDER, name), 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => schema.parse(JSON.parse(line)));
}

export function gradedLines(): z.infer<typeof lineSchema>[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl') && name !== 'parts.jsonl');
  return files.sort().flatMap((name) => readLines(name, lineSchema));
}

export const gradedParts = () => readLines('parts.jsonl', partsSchema);

export const gradedTalks = () => talksSchema.parse(readYaml(join(FOLDER, 'turns.yaml')));

export function sampleCodes(): Set<string> {
  const file = join(ROOT, 'simulators', 'portal', 'data', 'procedures.jsonl');
  const rows = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return new Set(rows.map((row) => z.object({ code: z.string() }).parse(JSON.parse(row)).code));
}

/** Folded words alone: two texts that differ in marks, case or punctuation are the same phrase. */
export function samePhrase(text: string): string {
  return fold(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
