// Checks Zalo's webhook signature: plain SHA-256 over app id + raw body + the body's timestamp + OA secret key. Parsing events is elsewhere.
import { createHash, timingSafeEqual } from 'node:crypto';
import { parseBigSafe } from '../big-json.js';
import type { HttpHeaders, Verdict } from '../channel.js';
import { isObject } from '../inbound-fields.js';
import { accountOf } from './account-of.js';

export interface ZaloKeys {
  appId: string;
  /** Accepted for every OA, and for events that name none of ours (the console's test event). */
  shared: readonly string[];
  byAccount: ReadonlyMap<string, readonly string[]>;
}

const HEADER = 'x-zevent-signature';
const MAC = /^\s*(?:mac\s*=\s*)?([0-9a-f]{64})\s*$/i;
/** For a signed body that is no JSON, the timestamp can only be guessed. */
const LOOSE_TIMESTAMP = /"timestamp"\s*:\s*"?(\d{1,16})/;

export function verifyZalo(keys: ZaloKeys, headers: HttpHeaders, rawBody: Buffer): Verdict {
  const header = headers[HEADER];
  const text = rawBody.toString('utf8');
  if (header === undefined && isProbe(text)) return { verdict: 'probe' };
  const given = typeof header === 'string' ? MAC.exec(header)?.[1] : undefined;
  if (given === undefined) return { verdict: 'refused', reason: header === undefined ? 'unsigned' : 'header-shape' };

  const body = parse(text);
  const timestamp = isObject(body) ? timestampText(body.timestamp) : (LOOSE_TIMESTAMP.exec(text)?.[1] ?? '');
  if (!signed(keys, rawBody, timestamp, Buffer.from(given, 'hex'), body)) {
    return { verdict: 'refused', reason: 'signature' };
  }
  if (body === undefined) return { verdict: 'unreadable', reason: 'not-json' };
  if (isProbe(text) || isConsoleTest(body)) return { verdict: 'probe' };
  return { verdict: 'ok', body };
}

function signed(keys: ZaloKeys, rawBody: Buffer, timestamp: string, given: Buffer, body: unknown): boolean {
  // Each OA's own keys only: the key of one agency's OA must not sign for another's.
  const account = isObject(body) ? accountOf(body, keys.byAccount) : undefined;
  const own = account === undefined ? [...keys.byAccount.values()].flat() : (keys.byAccount.get(account) ?? []);
  let matched = false;
  for (const secret of [...own, ...keys.shared]) {
    const expected = createHash('sha256').update(keys.appId).update(rawBody).update(timestamp).update(secret).digest();
    if (timingSafeEqual(expected, given)) matched = true;
  }
  return matched;
}

function parse(text: string): unknown {
  try {
    return parseBigSafe(text);
  } catch {
    return undefined;
  }
}

function timestampText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isProbe(text: string): boolean {
  return text.length < 64 && /^\s*(?:\{\s*\})?\s*$/.test(text);
}

/** The console's "test" button: signed, with ids of nobody. */
function isConsoleTest(body: unknown): boolean {
  if (!isObject(body) || !isObject(body.message)) return false;
  return body.message.text === 'This is testing message' && body.message.msg_id === 'This is message id';
}
