// One-time codes: what is sent, what is kept, what matches.
import fc from 'fast-check';
import { OneTimeCodes } from '../../src/otp/one-time-codes.js';
import type { OtpMessage, OtpSender } from '../../src/otp/sender.js';

const never = new AbortController().signal;
const key = Buffer.alloc(32, 1);
const words = (code: string) => `code ${code}`;

class Phones implements OtpSender {
  readonly sent: OtpMessage[] = [];
  async send(message: OtpMessage) {
    this.sent.push(message);
    return { result: 'sent' } as const;
  }
}

describe('one-time codes', () => {
  it('have six digits, differ by try and by number, and match themselves alone', async () => {
    const phones = new Phones();
    const codes = new OneTimeCodes([key], phones);
    const one = await codes.send('0912000123', 'e1', words, never);
    const two = await codes.send('0912000123', 'e2', words, never);
    const other = await codes.send('0912000124', 'e1', words, never);
    const [first = '', second = '', third = ''] = phones.sent.map(({ code }) => code);
    for (const code of [first, second, third]) expect(code).toMatch(/^\d{6}$/);
    expect(phones.sent[0]?.text).toBe(`code ${first}`);
    expect(codes.matches('0912000123', 'e1', first, one.digest)).toBe(true);
    expect(codes.matches('0912000123', 'e1', second, one.digest)).toBe(second === first);
    expect(codes.matches('0912000123', 'e2', first, two.digest)).toBe(second === first);
    expect(codes.matches('0912000123', 'e1', third, other.digest)).toBe(false);
  });

  it('are the same when a turn is taken twice, under the same key for the gateway', async () => {
    const phones = new Phones();
    const again = async () => new OneTimeCodes([key], phones).send('0912000123', 'e1', words, never);
    expect((await again()).digest).toBe((await again()).digest);
    expect(phones.sent[0]).toEqual(phones.sent[1]);
  });

  it('spread over all six digits', async () => {
    const phones = new Phones();
    const codes = new OneTimeCodes([key], phones);
    for (let i = 0; i < 2000; i++) await codes.send('0912000123', `e${i}`, words, never);
    const leading = new Map<string, number>();
    for (const { code } of phones.sent) leading.set(code[0] ?? '', (leading.get(code[0] ?? '') ?? 0) + 1);
    expect(leading.size).toBe(10);
    for (const count of leading.values()) expect(count).toBeGreaterThan(120);
    expect(new Set(phones.sent.map(({ code }) => code)).size).toBeGreaterThan(1990);
  });

  it('never match anything else that is typed', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 40 }), async (typed) => {
        const phones = new Phones();
        const codes = new OneTimeCodes([key], phones);
        const { digest } = await codes.send('0912000123', 'e1', words, never);
        expect(codes.matches('0912000123', 'e1', typed, digest)).toBe(typed === phones.sent[0]?.code);
        expect(codes.matches('0912000123', 'e1', phones.sent[0]?.code ?? '', typed)).toBe(typed === digest);
      }),
      { numRuns: 50 },
    ));

  it('hide the number: its digest differs by deployment and holds none of it', () => {
    const here = new OneTimeCodes([key], undefined);
    const there = new OneTimeCodes([Buffer.alloc(32, 2)], undefined);
    expect(here.subject('0912000123')).toBe(here.subject('0912000123'));
    expect(here.subject('0912000123')).not.toBe(there.subject('0912000123'));
    expect(here.subject('0912000123')).not.toContain('0912');
  });

  it('do not leave without a sender', async () => {
    const codes = new OneTimeCodes([key], undefined);
    expect(codes.sends).toBe(false);
    expect((await codes.send('0912000123', 'e1', words, never)).outcome).toEqual({
      result: 'failed',
      reason: 'no-sender',
    });
  });
});
