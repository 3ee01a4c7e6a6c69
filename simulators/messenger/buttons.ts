// Buttons in Messenger templates (reference 2.6).
import { asArray, asObject, asString, isHttpUrl, type JsonObject } from '../platform/json.js';
import { type GraphRefusal, invalidParam, refuse, tooLong } from './graph-error.js';
import type { ShownButton } from './shown.js';
import type { MessengerTap } from './state.js';

const TITLE_LIMIT = 20;
const PAYLOAD_LIMIT = 1000;
const PARAM = 'message[attachment][payload][buttons]';
const open: MessengerTap = { kind: 'open' };

export function readButtons(value: unknown, required: boolean): ShownButton[] | GraphRefusal {
  if (value === undefined && !required) return [];
  const list = asArray(value);
  if (!list || list.length === 0) return invalidParam(PARAM);
  if (list.length > 3) return refuse(100, `Param ${PARAM} has too many elements: at most 3`);
  const buttons: ShownButton[] = [];
  for (const item of list) {
    const button = readButton(asObject(item) ?? {});
    if ('refused' in button) return button;
    buttons.push(button);
  }
  return buttons;
}

function readButton(fields: JsonObject): ShownButton | GraphRefusal {
  if (fields.type === 'account_unlink') return { title: 'Log out', kind: 'postback', tap: open };
  if (fields.type === 'account_link') {
    return isHttpUrl(fields.url)
      ? { title: 'Log in', kind: 'url', url: fields.url, tap: open }
      : invalidParam(`${PARAM}[url]`);
  }
  const title = asString(fields.title) ?? '';
  if (title.trim() === '') return invalidParam(`${PARAM}[title]`);
  if (title.length > TITLE_LIMIT) return tooLong(`${PARAM}[title]`, TITLE_LIMIT);
  const payload = asString(fields.payload) ?? '';
  switch (fields.type) {
    case 'postback':
      if (payload === '') return invalidParam(`${PARAM}[payload]`);
      if (payload.length > PAYLOAD_LIMIT) return tooLong(`${PARAM}[payload]`, PAYLOAD_LIMIT);
      return { title, kind: 'postback', tap: { kind: 'postback', title, payload } };
    case 'web_url':
      return isHttpUrl(fields.url) ? { title, kind: 'url', url: fields.url, tap: open } : invalidParam(`${PARAM}[url]`);
    case 'phone_number':
      return /^\+\d{6,15}$/.test(payload)
        ? { title, kind: 'phone', url: `tel:${payload}`, tap: open }
        : invalidParam(`${PARAM}[payload]`);
    default:
      return invalidParam(`${PARAM}[type]`);
  }
}
