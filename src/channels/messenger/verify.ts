// Checks Meta's webhook signature (HMAC-SHA256 over the raw bytes) and answers its subscription handshake. Parsing events is elsewhere.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { parseBigSafe } from '../big-json.js';
import type { HttpHeaders, Verdict } from '../channel.js';

const HEADER = 'x-hub-signature-256';
const SHAPE = /^sha256=([0-9a-f]{64})$/i;
const CHALLENGE = /^[\w-]{1,200}$/;

/** `secrets`: the app secret; two while it is being changed. */
export function verifyMessenger(secrets: readonly string[], headers: HttpHeaders, rawBody: Buffer): Verdict {
  const header = headers[HEADER];
  const given = typeof header === 'string' ? SHAPE.exec(header.trim())?.[1] : undefined;
  if (given === undefined) return { verdict: 'refused', reason: header === undefined ? 'unsigned' : 'header-shape' };
  const mac = Buffer.from(given, 'hex');
  let matched = false;
  for (const secret of secrets) {
    if (timingSafeEqual(createHmac('sha256', secret).update(rawBody).digest(), mac)) matched = true;
  }
  if (!matched) return { verdict: 'refused', reason: 'signature' };
  try {
    return { verdict: 'ok', body: parseBigSafe(rawBody.toString('utf8')) };
  } catch {
    return { verdict: 'unreadable', reason: 'not-json' };
  }
}

/** The challenge to echo as plain text, or undefined to refuse with 403. */
export function answerHandshake(verifyToken: string, query: URLSearchParams): string | undefined {
  const mode = single(query, 'hub.mode');
  const token = single(query, 'hub.verify_token');
  const challenge = single(query, 'hub.challenge');
  if (mode !== 'subscribe' || token === undefined || challenge === undefined || verifyToken === '') return undefined;
  // Digests have one length, so the comparison tells nothing about the token's.
  const [want, got] = [verifyToken, token].map((text) => createHash('sha256').update(text).digest());
  if (!want || !got || !timingSafeEqual(want, got)) return undefined;
  return CHALLENGE.test(challenge) ? challenge : undefined;
}

/** A parameter that stands exactly once. */
function single(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
