// The code of a report: short, readable aloud, ours. It proves nothing: whoever has it sees the state, not the words.
import { createHash } from 'node:crypto';

/** No 0 or O, no 1 or I: people read codes over the phone. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';

/**
 * `PA-XXXX-NN`, always the same for the same event: a turn that runs twice gives one code. About 67 million codes; a code that
 * another report has is avoided by `attempt`.
 */
export function reportCode(eventId: string, attempt = 0): string {
  const bytes = createHash('sha256').update(`feedback:${attempt}:${eventId}`).digest();
  const letter = (at: number): string => ALPHABET[(bytes[at] ?? 0) % ALPHABET.length] ?? '';
  const digit = (at: number): string => DIGITS[(bytes[at] ?? 0) % DIGITS.length] ?? '';
  return `PA-${letter(0)}${letter(1)}${letter(2)}${letter(3)}-${digit(4)}${digit(5)}`;
}

const CODE = /(?<![\p{L}\p{N}])pa[\s\-–_.]{0,2}([2-9A-HJ-NP-Z]{4})[\s\-–_.]{0,2}([2-9]{2})(?![\p{L}\p{N}])/iu;

/** Our code in what a citizen wrote, in any spelling of its dashes and letters. */
export function reportCodeIn(text: string): string | undefined {
  const match = CODE.exec(text.normalize('NFC'));
  return match === null ? undefined : `PA-${match[1]}-${match[2]}`.toUpperCase();
}
