// The one shared folding of Vietnamese text: everything that compares without diacritics (rules, features, catalogue search) uses it.
// Cleaning up how people type (abbreviations, elongation, …) is normalise.ts.

/**
 * Lower case, no diacritics, đ→d: "Đăng ký Kết hôn" → "dang ky ket hon". Punctuation and spaces stay. Idempotent.
 * SQLite's `remove_diacritics` keeps đ, so the same function prepares what is indexed and what is asked.
 */
export function fold(text: string): string {
  const plain = text.toLowerCase().replace(LETTERS, (letter) => PLAIN.get(letter) ?? letter);
  return ASCII.test(plain) ? plain : thoroughly(text);
}

/** Any script, any way of composing. Lower case twice: a few letters gain marks when lowered, others change case class once their marks are gone. */
function thoroughly(text: string): string {
  return strip(strip(text));
}

// What nearly every message consists of, looked up: the thorough way costs ten times as much.
const ASCII = /^[\0-\x7F]*$/;
const LETTERS = /[\u00C0-\u024F\u1EA0-\u1EFF]/g;
const PLAIN: ReadonlyMap<string, string> = new Map(
  [...lettersBetween(0xc0, 0x24f), ...lettersBetween(0x1ea0, 0x1eff)]
    .map((letter) => [letter, thoroughly(letter)] as const)
    .filter(([, plain]) => ASCII.test(plain)),
);

function lettersBetween(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => String.fromCharCode(first + at));
}

function strip(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd');
}
