// The one shared folding of Vietnamese text: everything that compares without diacritics (rules, features, catalogue search) uses it.
// Cleaning up how people type (abbreviations, elongation, …) is normalise.ts.

/**
 * Lower case, no diacritics, đ→d: "Đăng ký Kết hôn" → "dang ky ket hon". Punctuation and spaces stay. Idempotent.
 * SQLite's `remove_diacritics` keeps đ, so the same function prepares what is indexed and what is asked.
 */
export function fold(text: string): string {
  // Lower case twice: a few letters gain marks when lowered, a few others change case class once their marks are gone.
  return strip(strip(text));
}

function strip(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd');
}
