// The simpler form of a message that Zalo refused for its shape: the same words as text, buttons as numbered lines.
import type { Json, JsonObject } from '../../lib/json.js';
import { isObject } from '../inbound-fields.js';
import { type TitledTarget, withNumberedLines } from '../numbered-lines.js';
import { splitText } from '../text-parts.js';
import { ZALO_PART_LENGTH } from './limits.js';
import { wordsOfElements } from './special.js';

/** Bodies to send instead; empty when there is nothing simpler. */
export function simplifyZalo(body: JsonObject): JsonObject[] {
  if (!isObject(body.attachment)) return [];
  const buttons = readButtons(body.attachment);
  const payload = isObject(body.attachment.payload) ? body.attachment.payload : {};
  const words = [body.text, wordsOfElements(payload)].filter((part) => typeof part === 'string' && part !== '');
  const text = words.join('\n');
  return splitText(withNumberedLines(text, buttons), ZALO_PART_LENGTH).map((part) => ({ text: part }));
}

function readButtons(attachment: Record<string, unknown>): TitledTarget[] {
  const payload = isObject(attachment.payload) ? attachment.payload : {};
  const buttons: unknown[] = Array.isArray(payload.buttons) ? payload.buttons : [];
  return buttons.filter(isObject).map((button) => {
    const inside = isObject(button.payload) ? (button.payload as Record<string, Json>) : {};
    const phone = typeof inside.phone_code === 'string' ? inside.phone_code.replace(/^84(?=\d{8,})/, '0') : '';
    const url = typeof inside.url === 'string' ? inside.url : '';
    return { title: typeof button.title === 'string' ? button.title : '', target: url || phone };
  });
}
