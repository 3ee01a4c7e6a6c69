// The shape of intents/*.yaml and intents/slots/*.yaml, and how templates become examples. Reading the files is the caller's business.
import { z } from 'zod';
import { INTENTS, type Intent } from '../intents.js';

const lines = z.string().transform((text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
);

export const intentFileSchema = z.strictObject({
  intent: z.enum(INTENTS),
  description: z.string().min(10),
  rules: z
    .array(
      z.strictObject({
        match: z.string(),
        unless: z.string().optional(),
        on: z.enum(['folded', 'accented']).default('folded'),
        rank: z.number().int().min(0).max(100),
      }),
    )
    .default([]),
  /** One per line. `{slot}` is filled from slots/; a line that starts with `* ` is written once per value, others a few times. */
  examples: lines,
});

export const slotFileSchema = z.strictObject({ slot: z.string().regex(/^[a-z]+$/), values: lines });

/** intents/aliases/*.yaml: citizens' words by procedure code. The catalogue's search owns them; here they fill the slot {alias}. */
export const aliasFileSchema = z.record(z.string(), z.array(z.string()));

export function aliasSlot(files: readonly z.infer<typeof aliasFileSchema>[]): SlotFile {
  return { slot: 'alias', values: [...new Set(files.flatMap((file) => Object.values(file).flat()))] };
}

export type IntentFile = z.infer<typeof intentFileSchema>;
export type SlotFile = z.infer<typeof slotFileSchema>;

export interface Example {
  text: string;
  intent: Intent;
  /** The line it came from: examples of one line are never split between training and measuring. */
  group: string;
  /** One of several that a template made. */
  templated: boolean;
}

const COPIES = 5;

export function expandExamples(intents: readonly IntentFile[], slots: readonly SlotFile[]): Example[] {
  const values = new Map(slots.map((file) => [file.slot, file.values]));
  let turn = 0;
  return intents.flatMap(({ intent, examples }) =>
    examples.flatMap((line) => {
      const every = line.startsWith('* ');
      const template = every ? line.slice(2) : line;
      const first = /\{([a-z]+)\}/.exec(template)?.[1];
      const copies = first === undefined ? 1 : every ? slotValues(first).length : COPIES;
      return Array.from({ length: copies }, (_, copy): Example => {
        const text = template.replace(/\{([a-z]+)\}/g, (_all, slot: string) => {
          const list = slotValues(slot);
          // Steps that share no divisor with the usual list lengths walk through all values.
          turn += 7;
          return list[(every && slot === first ? copy : turn) % list.length] ?? '';
        });
        // What one value makes is held out together; else the lines of a template would measure each other.
        return {
          text,
          intent,
          templated: first !== undefined,
          group: every ? `{${first}}:${slotValues(first ?? '')[copy]}` : `${intent}:${line}`,
        };
      });
    }),
  );

  function slotValues(slot: string): readonly string[] {
    const list = values.get(slot);
    if (list === undefined || list.length === 0) throw new Error(`intents/slots has no values for {${slot}}`);
    return list;
  }
}
