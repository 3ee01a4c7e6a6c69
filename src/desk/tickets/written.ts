// What staff write, as it comes in: bounded, and never a number that was shown to them masked. Pure.
import { z } from 'zod';
import { cleanLine, cleanText } from '../../lib/clean-text.js';
import { MOST_TAGS, PRIORITIES, RESOLUTIONS, TAG_LENGTH } from '../../records/ticket.js';

/** As masking leaves a number: four dots and more, perhaps in groups. A list's bullets stand alone. */
const MASKED = /•(?:[ .-]?•){3,}/;

export const MASKED_TEXT = 'text.masked';

/** Longest that is taken; what the platform takes is told by `allowed`. */
const LONGEST_TEXT = 8000;

function written(longest: number, clean = cleanText) {
  return z
    .string()
    .transform((text) => clean(text.normalize('NFC')))
    .pipe(z.string().min(1).max(longest));
}

/** Whether it holds a number of which only dots were shown: it must not take the place of the real one, nor be told to a citizen. */
export function holdsMasked(...texts: (string | undefined)[]): boolean {
  return texts.some((text) => text !== undefined && MASKED.test(text));
}

const code = z.string().min(1).max(80);
const key = z.uuid();
const idOfAgency = z.string().min(1).max(100);

export const replyBody = z
  .strictObject({
    key,
    text: written(LONGEST_TEXT).optional(),
    file: z.string().min(1).max(600).optional(),
    card: z.union([z.strictObject({ procedure: code }), z.strictObject({ dossier: code })]).optional(),
  })
  .refine(({ text, file, card }) => text !== undefined || file !== undefined || card !== undefined, 'nothing to send');

export const noteBody = z.strictObject({ key, text: written(LONGEST_TEXT) });
export const assignBody = z.strictObject({ to: z.string().min(1).max(100) });
export const transferBody = z.strictObject({
  agency: idOfAgency,
  team: idOfAgency.optional(),
  note: written(2000).optional(),
});
export const tagsBody = z.strictObject({ tags: z.array(written(TAG_LENGTH, cleanLine)).max(MOST_TAGS) });
export const priorityBody = z.strictObject({
  priority: z.literal(PRIORITIES),
});
export const closeBody = z.strictObject({ resolution: z.enum(RESOLUTIONS).exclude(['left']) });
export const revealBody = z.strictObject({ entry: z.string().min(1).max(400) });
