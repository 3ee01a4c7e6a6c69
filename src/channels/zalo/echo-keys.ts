// Under which keys a sent message is found again in Zalo's echo: by id, else by content (Zalo returns no metadata).
import type { JsonObject } from '../../lib/json.js';
import { digest } from '../inbound-fields.js';

export function messageKey(messageId: string): string {
  return `id:${messageId}`;
}

/** By what was said: NFC, white space levelled. */
export function contentKey(text: string): string {
  return `text:${digest(text.normalize('NFC').replace(/\s+/g, ' ').trim())}`;
}

export function zaloEchoKeys(body: JsonObject): string[] {
  return typeof body.text === 'string' ? [contentKey(body.text)] : [];
}
