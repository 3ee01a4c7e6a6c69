// Buttons of Zalo messages: which are well formed, and what a tap on them does.
import { asArray, asObject, asString, isHttpUrl } from '../platform/json.js';
import type { PhoneAction } from '../platform/phone-view.js';
import { invalid, type Refusal, tooLong } from './replies.js';
import type { ZaloTap } from './state.js';

export interface ShownButton {
  title: string;
  kind: PhoneAction['kind'];
  url?: string;
  tap: ZaloTap;
}

export interface ButtonLimits {
  count: number;
  title: number;
}

const PAYLOAD_LIMIT = 1000;
const SMS_LIMIT = 160;
const PHONE = /^\+?\d{3,15}$/;

export function readButtons(value: unknown, limits: ButtonLimits): ShownButton[] | Refusal {
  const list = asArray(value);
  if (!list || list.length === 0) return invalid('buttons');
  if (list.length > limits.count) return tooLong;
  const buttons: ShownButton[] = [];
  for (const item of list) {
    const fields = asObject(item);
    const title = asString(fields?.title);
    if (!fields || title === undefined || title.trim() === '') return invalid('button.title');
    if ([...title].length > limits.title) return tooLong;
    const button = readAction(title, fields.type, fields.payload);
    if ('code' in button) return button;
    buttons.push(button);
  }
  return buttons;
}

/** `default_action` of a list element: `oa.open.url` names the address `url`, the other types use `payload`. */
export function readDefaultAction(title: string, value: unknown): ShownButton | Refusal {
  const fields = asObject(value);
  if (!fields) return invalid('default_action');
  return readAction(title, fields.type, fields.type === 'oa.open.url' ? { url: fields.url } : fields.payload);
}

function readAction(title: string, type: unknown, payload: unknown): ShownButton | Refusal {
  const fields = asObject(payload);
  const open: ZaloTap = { kind: 'open' };
  switch (type) {
    case 'oa.query.show':
    case 'oa.query.hide': {
      const text = asString(payload);
      if (text === undefined || text === '') return invalid('button.payload');
      if ([...text].length > PAYLOAD_LIMIT) return tooLong;
      const hidden = type === 'oa.query.hide';
      return { title, kind: hidden ? 'postback' : 'reply', tap: { kind: 'query', payload: text, hidden } };
    }
    case 'oa.open.url':
      return isHttpUrl(fields?.url)
        ? { title, kind: 'url', url: fields.url, tap: open }
        : invalid('button.payload.url');
    case 'oa.open.phone': {
      const phone = asString(fields?.phone_code);
      if (phone === undefined || !PHONE.test(phone)) return invalid('button.payload.phone_code');
      return { title, kind: 'phone', url: `tel:${phone}`, tap: open };
    }
    case 'oa.open.sms': {
      const phone = asString(fields?.phone_code);
      const content = asString(fields?.content);
      if (phone === undefined || !PHONE.test(phone) || content === undefined) return invalid('button.payload');
      if ([...content].length > SMS_LIMIT) return tooLong;
      return { title, kind: 'sms', url: `sms:${phone}?body=${encodeURIComponent(content)}`, tap: open };
    }
    default:
      return invalid('button.type');
  }
}
