// Fields that every platform's webhooks have: ids, times, texts, attachments' addresses. Shapes of one platform live in its folder.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { safeEnd } from './text-parts.js';

/** Longest text of a citizen that goes into a lane, in UTF-16 units. */
export const MAX_INBOUND_TEXT = 4000;
const MAX_PAYLOAD = 2000;
const MAX_URL = 4000;
export const MAX_ATTACHMENTS = 30;

const SECONDS_BELOW = 1e11;
const LATEST_TIME = 1e14;

/** An id of the platform: a string without `:` and white space, or a number that stands for one. */
export const idField = z.union([z.string().regex(/^[^\s:]{1,200}$/), z.number().int()]).transform(String);

/** An opaque message id. */
export const messageIdField = z.union([z.string().min(1).max(500), z.number()]).transform(String);

/** Milliseconds since 1970 from a number or a digit string; values below 1e11 are seconds. */
export const timeField = z
  .union([z.number(), z.string().regex(/^\d{1,16}$/)])
  .transform(Number)
  .transform((time) => (time < SECONDS_BELOW ? time * 1000 : time))
  .refine((time) => time > 0 && time < LATEST_TIME);

/** A field we can do without: undefined when it is not what it should be. */
export function optional<T extends z.ZodType>(field: T) {
  return field.optional().catch(undefined);
}

/** Text that may come as a number. */
export const looseText = z.union([z.string(), z.number()]).transform(String);

/** NFC, at most 4,000 UTF-16 units, never half a character. */
export function boundedText(text: string, limit: number = MAX_INBOUND_TEXT): string {
  // Composed text is never longer than twice its bound decomposed; cut first so that huge texts cost little.
  const head = text.length > limit * 4 ? text.slice(0, safeEnd(text, limit * 4)) : text;
  const composed = head.normalize('NFC');
  return composed.length > limit ? composed.slice(0, safeEnd(composed, limit)) : composed;
}

export function boundedPayload(payload: string): string {
  return boundedText(payload, MAX_PAYLOAD);
}

/** The address when it is one a download may be tried from, else undefined. */
export function webAddress(url: string | undefined): string | undefined {
  return url !== undefined && url.length <= MAX_URL && /^https?:\/\//i.test(url) ? url : undefined;
}

/** Digest of what tells two events apart when the platform gives no id. */
export function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('base64url').slice(0, 22);
}

/** A name of the platform's, safe for logs and metrics. */
export function safeName(name: unknown): string {
  return typeof name === 'string' && /^[\w.-]{1,60}$/.test(name) ? name : 'unnamed';
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Which field broke a shape, as a stable reason: `message.text`. */
export function brokenField(error: z.ZodError): string {
  const path = error.issues[0]?.path.map(String).join('.') ?? '';
  return path === '' ? 'shape' : safeName(path);
}
