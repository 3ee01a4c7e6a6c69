// Codes that people read aloud over the phone, `PA-7K3F-92`: made from an event, found again in what somebody wrote. Which record
// has one, and whether it is taken, is the caller's business.
import { createHash } from 'node:crypto';

/** No 0 or O, no 1 or I. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';

/**
 * `<prefix>-XXXX-NN`, always the same for the same event: a turn that runs twice gives one code. About 67 million for a prefix; one
 * that is taken is avoided by `attempt`. `kind` keeps the codes of one event for two records apart.
 */
export function shortCode(prefix: string, kind: string, eventId: string, attempt = 0): string {
  const bytes = createHash('sha256').update(`${kind}:${attempt}:${eventId}`).digest();
  const letter = (at: number): string => ALPHABET[(bytes[at] ?? 0) % ALPHABET.length] ?? '';
  const digit = (at: number): string => DIGITS[(bytes[at] ?? 0) % DIGITS.length] ?? '';
  return `${prefix}-${letter(0)}${letter(1)}${letter(2)}${letter(3)}-${digit(4)}${digit(5)}`;
}

/** A reader of the codes of one prefix (letters) in what a person wrote, in any spelling of dashes and letters. */
export function shortCodeReader(prefix: string): (text: string) => string | undefined {
  const pattern = `(?<![\\p{L}\\p{N}])${prefix}[\\s\\-–_.]{0,2}([2-9A-HJ-NP-Z]{4})[\\s\\-–_.]{0,2}([2-9]{2})(?![\\p{L}\\p{N}])`;
  const code = new RegExp(pattern, 'iu');
  return (text) => {
    const match = code.exec(text.normalize('NFC'));
    return match === null ? undefined : `${prefix}-${match[1]}-${match[2]}`.toUpperCase();
  };
}
