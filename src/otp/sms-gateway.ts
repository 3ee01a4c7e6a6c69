// Sends a code through an SMS gateway that takes JSON over HTTP; the shape of the body is configuration.
import { SECOND } from '../lib/clock.js';
import type { OtpMessage, OtpSender, OtpSent } from './sender.js';

export interface SmsGatewayOptions {
  url: string;
  /** Sent as `Authorization: Bearer …`. */
  token?: string;
  /** JSON in whose strings {phone} (0…), {phone84} (84…), {code}, {text} and {key} are filled in. */
  body: string;
}

const WITHIN_MS = 5 * SECOND;

export class SmsGateway implements OtpSender {
  private readonly shape: unknown;

  constructor(private readonly options: SmsGatewayOptions) {
    this.shape = JSON.parse(options.body);
  }

  async send(message: OtpMessage, signal: AbortSignal): Promise<OtpSent> {
    const { url, token } = this.options;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': message.key,
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(filled(this.shape, message)),
        // A gateway that moved is a mistake of the settings; the number goes nowhere else.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]),
      });
      await response.body?.cancel();
      return response.ok ? { result: 'sent' } : { result: 'failed', reason: `http-${response.status}` };
    } catch (error) {
      const { name } = error as { name?: string };
      return { result: 'failed', reason: name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : 'network' };
    }
  }
}

/** Filled in after parsing, so that no text can break out of its string. */
function filled(shape: unknown, message: OtpMessage): unknown {
  if (typeof shape === 'string') {
    const values: Record<string, string> = { ...message, phone84: `84${message.phone.slice(1)}` };
    return shape.replace(/\{(\w+)\}/g, (mark, name: string) => values[name] ?? mark);
  }
  if (Array.isArray(shape)) return shape.map((one) => filled(one, message));
  if (typeof shape === 'object' && shape !== null)
    return Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, filled(value, message)]));
  return shape;
}

/** Undefined when it can be used; else what is wrong with a body template. */
export function problemOfBody(body: string): string | undefined {
  try {
    JSON.parse(body);
  } catch {
    return 'must be JSON, such as {"to":"{phone}","text":"{text}"}';
  }
  if (!/\{phone(84)?\}/.test(body)) return 'must name the number: {phone} or {phone84}';
  return /\{(text|code)\}/.test(body) ? undefined : 'must name the message: {text} or {code}';
}
