// Choices as Messenger's quick replies and buttons, and whether they fit.
import type { JsonObject } from '../../lib/json.js';
import { type Choice, internationalDigits } from '../choices.js';
import { messengerLimits } from './limits.js';

/** Shorter numbers (113, 1022) are dialled as they are; the button demands a country code and would break them. */
const SHORTEST_DIALLED = 7;

export function fitsQuickReply({ kind, title, value }: Choice): boolean {
  return kind === 'reply' && fits(title, messengerLimits.quickReplyTitle) && fits(value, messengerLimits.payload);
}

export function fitsButton({ kind, title, value }: Choice): boolean {
  if (!fits(title, messengerLimits.buttonTitle)) return false;
  if (kind === 'link') return /^https?:\/\/\S+$/i.test(value);
  if (kind === 'call') return internationalDigits(value).length >= SHORTEST_DIALLED;
  return fits(value, messengerLimits.payload);
}

export function quickReply({ value }: Choice, title: string): JsonObject {
  return { content_type: 'text', title, payload: value };
}

export function button({ kind, title, value }: Choice): JsonObject {
  if (kind === 'link') return { type: 'web_url', title, url: value };
  if (kind === 'call') return { type: 'phone_number', title, payload: dialled(value) };
  return { type: 'postback', title, payload: value };
}

/** `+` and the country code, Viet Nam's unless the number brings its own. */
function dialled(phone: string): string {
  const digits = internationalDigits(phone);
  return phone.trim().startsWith('+') || digits.startsWith('84') ? `+${digits}` : `+84${digits}`;
}

function fits(text: string, limit: number): boolean {
  return text !== '' && text.length <= limit;
}
