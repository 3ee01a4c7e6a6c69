// A button's payload comes back as if typed: `#` and printable ASCII without spaces. Encoding and recognising it lives here.

const TAP = /^#[!-~]{1,999}$/;
const LONE_SURROGATE = /^[\ud800-\udfff]$/;

/** `#` + the payload; what is not printable ASCII is percent-encoded, so that a tap can be told from a sentence. */
export function encodePayload(payload: string): string {
  return `#${payload.replace(/[^!-$&-~]/gu, (char) =>
    encodeURIComponent(LONE_SURROGATE.test(char) ? '\ufffd' : char),
  )}`;
}

/** The payload when the whole text is one, else undefined. */
export function decodePayload(text: string): string | undefined {
  if (!TAP.test(text)) return undefined;
  const encoded = text.slice(1);
  if (!encoded.includes('%')) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined; // a percent sign that somebody typed
  }
}
