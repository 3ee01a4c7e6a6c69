// One-time codes for phone numbers: made, sent, compared. Nothing is stored here: who asked, how often, and until when a code
// counts belong to the conversation.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { OtpSender, OtpSent } from './sender.js';

const CODE_DIGITS = 6;

export interface SentCode {
  /** All that is kept of the code. */
  digest: string;
  outcome: OtpSent;
}

export class OneTimeCodes {
  private readonly key: Buffer;

  /**
   * @param secrets DATA_KEY's, the current one first; a code that was sent before it changed is no longer right
   * @param sender how codes reach phones; undefined: not at all
   */
  constructor(
    [secret]: readonly Buffer[],
    private readonly sender: OtpSender | undefined,
  ) {
    if (secret === undefined) throw new RangeError('one-time codes need a key');
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'one-time-codes', 32));
  }

  /** Whether codes can be sent at all. */
  get sends(): boolean {
    return this.sender !== undefined;
  }

  /** Stands for a number where it must not appear: in state and in keys of counters. */
  subject(phone: string): string {
    return this.mac('phone', phone).toString('base64url').slice(0, 22);
  }

  /**
   * @param id of the try: the same id and number make the same code, so that a turn that is taken twice makes no second one
   * @param words the message around the code
   */
  async send(phone: string, id: string, words: (code: string) => string, signal: AbortSignal): Promise<SentCode> {
    const code = this.code(phone, id);
    const digest = this.digest(phone, id, code);
    if (this.sender === undefined) return { digest, outcome: { result: 'failed', reason: 'no-sender' } };
    const key = this.mac('send', phone, id).toString('base64url').slice(0, 22);
    return { digest, outcome: await this.sender.send({ phone, code, text: words(code), key }, signal) };
  }

  /** Takes the same time whatever was typed. */
  matches(phone: string, id: string, typed: string, digest: string): boolean {
    const right = Buffer.from(digest, 'base64url');
    const given = Buffer.from(this.digest(phone, id, typed), 'base64url');
    return right.length === given.length && timingSafeEqual(right, given);
  }

  /** 48 bits over a million: every code is as likely as any other. */
  private code(phone: string, id: string): string {
    const number = this.mac('code', phone, id).readUIntBE(0, 6) % 10 ** CODE_DIGITS;
    return String(number).padStart(CODE_DIGITS, '0');
  }

  private digest(phone: string, id: string, code: string): string {
    return this.mac('digest', phone, id, code).toString('base64url');
  }

  private mac(...parts: string[]): Buffer {
    return createHmac('sha256', this.key).update(JSON.stringify(parts)).digest();
  }
}
