// The simpler form of a message that Messenger refused for its shape: the same words as text, buttons as numbered lines and
// chips; refused once more, without chips.
import type { Json, JsonObject } from '../../lib/json.js';
import { labelled } from '../choices.js';
import { isObject } from '../inbound-fields.js';
import { splitSmaller, withNumberedLines } from '../numbered-lines.js';
import { splitText } from '../text-parts.js';
import { MESSENGER_PART_LENGTH, messengerLimits } from './limits.js';

/** Bodies to send instead; empty when there is nothing simpler. */
export function simplifyMessenger(body: JsonObject): JsonObject[] {
  if (!isObject(body.attachment)) return simplifyText(body);
  return body.attachment.type === 'template' ? simplifyTemplate(body) : simplifyPicture(body.attachment.payload);
}

/** Where it lies; what it shows was said before it. One that was uploaded has no address. */
function simplifyPicture(payload: unknown): JsonObject[] {
  const url = isObject(payload) ? text(payload.url) : '';
  return url === '' ? [] : [{ text: url }];
}

/** Without chips; a text that has none in smaller parts. */
function simplifyText(body: JsonObject): JsonObject[] {
  const chips = objects(body.quick_replies)
    .filter(({ content_type: type }) => type === 'text')
    .map((chip) => ({ title: text(chip.title), target: '' }));
  const parts =
    body.quick_replies !== undefined
      ? splitText(withNumberedLines(text(body.text), chips), MESSENGER_PART_LENGTH)
      : splitSmaller(body.text, MESSENGER_PART_LENGTH / 2);
  return parts.map((part) => ({ text: part }));
}

function simplifyTemplate(body: JsonObject): JsonObject[] {
  const payload = isObject(body.attachment) && isObject(body.attachment.payload) ? body.attachment.payload : undefined;
  if (payload === undefined) return [];
  const chips: Json[] = [];
  let count = 0;
  const lines = (buttons: unknown): string[] =>
    objects(buttons).map((button) => {
      count += 1;
      const title = text(button.title);
      if (button.type === 'postback') {
        chips.push({ content_type: 'text', title, payload: text(button.payload) });
        return `${count}. ${title}`;
      }
      return labelled(title, text(button.url) || text(button.payload));
    });
  const blocks = [payload, ...objects(payload.elements)].map((part) =>
    [text(part.title), text(part.subtitle), text(part.text), ...lines(part.buttons)].filter(Boolean).join('\n'),
  );
  const given = Array.isArray(body.quick_replies) ? body.quick_replies : [];
  const replies = [...chips, ...given].slice(0, messengerLimits.quickReplies);
  const parts = splitText(blocks.filter(Boolean).join('\n\n'), MESSENGER_PART_LENGTH);
  return parts.map((part, index) =>
    index === parts.length - 1 && replies.length > 0 ? { text: part, quick_replies: replies } : { text: part },
  );
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isObject) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
