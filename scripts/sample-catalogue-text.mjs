// Text repairs that the fields and the papers of the sample catalogue share.

/** One space between words, no zero-width or soft characters, NFC. */
export function tidy(text) {
  return text
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** How many brackets are still open at the end. */
export function depth(text) {
  return text.split('(').length - text.split(')').length;
}

/** The start of the text that closes so many open brackets, or undefined when it never does. */
export function upToBalance(text, open) {
  let left = open;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') left += 1;
    if (text[index] === ')') left -= 1;
    if (left === 0) return text.slice(0, index + 1);
  }
  return undefined;
}
