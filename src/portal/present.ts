// Lenient pieces for reading what a portal or a file says: strings are cut at sane limits, an optional value of the wrong
// shape counts as absent, and absent keys are left out rather than undefined.
import { z } from 'zod';

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without its undefined values, and typed so. */
export function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Present<T>;
}

/** Trimmed, cut to `max` UTF-16 units, never empty. */
export function text(max: number) {
  return z
    .string()
    .transform((value) => cut(value.trim(), max))
    .refine((value) => value !== '', 'empty');
}

export function optionalText(max: number) {
  return text(max).optional().catch(undefined);
}

/** A number as text is common for ids. */
export function idText(max: number) {
  return z.union([z.string(), z.number()]).transform(String).pipe(text(max));
}

export function optionalCount(max: number) {
  return z.int().min(0).max(max).optional().catch(undefined);
}

/** Only http and https: other schemes have no business in a citizen's chat. */
export const optionalUrl = z
  .string()
  .trim()
  .max(2000)
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol))
  .optional()
  .catch(undefined);

/** Entries that fit, at most `max`; the others are left out. Not a list at all counts as empty. */
export function listOf<T>(item: z.ZodType<T>, max: number) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((entries) => {
      const fitting: T[] = [];
      for (const entry of entries) {
        if (fitting.length === max) break;
        const parsed = item.safeParse(entry);
        if (parsed.success) fitting.push(parsed.data);
      }
      return fitting;
    });
}

/** ISO 8601 to ms since 1970. A time without an offset is Vietnam's. */
export const time = z
  .string()
  .max(40)
  .transform((value) => Date.parse(/T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(value) ? value : withVietnamOffset(value)))
  .refine((ms) => Number.isFinite(ms), 'not a date');

export const optionalTime = time.optional().catch(undefined);

function withVietnamOffset(value: string): string {
  return value.includes('T') ? `${value}+07:00` : `${value.slice(0, 10)}T00:00:00+07:00`;
}

/** Never leaves half a surrogate pair behind. */
function cut(value: string, max: number): string {
  return value.length <= max ? value : value.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}
