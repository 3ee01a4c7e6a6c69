// Ways in which a webhook can reach the bot oddly. A twist belongs to one delivery, or to all while it is the default.
import { z } from 'zod';

export const twistsSchema = z.object({
  /** The same bytes this many times. */
  copies: z.number().int().min(1).max(50).default(1),
  /** Copies at the same moment instead of one after the other. */
  parallel: z.boolean().default(false),
  badSignature: z.boolean().default(false),
  unsigned: z.boolean().default(false),
  /** Which of the many spellings of the same JSON goes on the wire; `platform` is the usual one. */
  json: z.enum(['platform', 'plain', 'spaced', 'escaped', 'escapedMore']).default('platform'),
  /** Zalo only: `timestamp` as a JSON number. Messenger only: as a string. */
  oddTimestamp: z.boolean().default(false),
  /** Leaves this much later than it happened, on the simulator's clock; the time inside stays. */
  delayMs: z.number().int().min(0).default(0),
});

export type Twists = z.output<typeof twistsSchema>;
export type TwistOptions = z.input<typeof twistsSchema>;

export const NO_TWISTS: Twists = twistsSchema.parse({});

/** JSON in one of the spellings of `Twists.json`; `platform` must have been replaced by the caller. */
export function spellJson(value: object, spelling: Exclude<Twists['json'], 'platform'>): string {
  switch (spelling) {
    case 'plain':
      return JSON.stringify(value);
    case 'spaced':
      return `${JSON.stringify(value, null, 2)}\n`;
    case 'escaped':
      return escapeJson(JSON.stringify(value));
    case 'escapedMore':
      return escapeJson(JSON.stringify(value)).replace(/[<%@]/g, (c) =>
        unicode(c).replace(/[a-f]/g, (h) => h.toUpperCase()),
      );
  }
}

/** Every code unit above 0x7e as `\u` and four lower-case digits, `/` as `\/`: how Meta writes its webhooks. */
function escapeJson(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, unicode).replaceAll('/', '\\/');
}

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
