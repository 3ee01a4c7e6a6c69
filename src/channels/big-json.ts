// JSON from the platforms: ids there go beyond 2^53, so long integers are read as strings. Nothing else differs from JSON.parse.

const LONG_INTEGER_HINT = /(?:^|[:[,\s])-?\d{16}/;
const LONG_INTEGER = /^-?\d{16,}$/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Like JSON.parse, but an integer of 16 digits or more comes back as a string of the same digits. Throws SyntaxError. */
export function parseBigSafe(text: string): unknown {
  return JSON.parse(LONG_INTEGER_HINT.test(text) ? quoteLongIntegers(text) : text);
}

function quoteLongIntegers(text: string): string {
  let out = '';
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (startsNumber(code)) {
      const end = endOfNumber(text, at);
      const token = text.slice(at, end);
      if (LONG_INTEGER.test(token)) {
        out += `${text.slice(copied, at)}"${token}"`;
        copied = end;
      }
      at = end;
    } else {
      at += 1;
    }
  }
  return out + text.slice(copied);
}

/** Index after the closing quote (or the end of a broken text, which JSON.parse then refuses). */
function endOfString(text: string, open: number): number {
  let at = open + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    at += code === BACKSLASH ? 2 : 1;
  }
  return text.length;
}

function startsNumber(code: number): boolean {
  return code === 0x2d || (code >= 0x30 && code <= 0x39);
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && '0123456789+-.eE'.includes(text.charAt(at))) at += 1;
  return at;
}
