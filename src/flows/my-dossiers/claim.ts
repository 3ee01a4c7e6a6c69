// A phone number that somebody gives: a claim, on both platforms. Reading it, and sending a code to it within limits.
import { DAY, HOUR, MINUTE } from '../../lib/clock.js';
import { addressOf } from '../../lib/ids.js';
import type { CounterRule } from '../../records/counters.js';
import type { Facts, StepResult, Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import { MINE } from './texts.js';

export const CODE_COUNTS = 5 * MINUTE;
/** How long a number that is being checked is remembered: longer than its code, so that a new one can be sent. */
const CLAIM_KEPT = 20 * MINUTE;
export const FORGET_CLAIM = 'forget-claim';

const PER_NUMBER: CounterRule = { limit: 5, windowMs: DAY };
const PER_LANE: CounterRule = { limit: 6, windowMs: DAY };
const PER_ACCOUNT: CounterRule = { limit: 300, windowMs: HOUR };

const MOBILE = /^0[35789]\d{8}$/;

/** The mobile number in a message, 0…; `wrong-shape` when it tries to be one. */
export function numberIn(heard: Heard): string | 'wrong-shape' | undefined {
  const named = heard.entities('phone').map(({ value }) => value);
  const mobile = named.find((value) => MOBILE.test(value));
  if (mobile !== undefined) return mobile;
  if (named.length > 0) return 'wrong-shape';
  return /^\+?[\d\s.-]{7,16}$/.test(heard.text.trim()) ? 'wrong-shape' : undefined;
}

/** The same for what a platform's own form gave: `84912…`, `+84 912…` or `0912…`. */
export function sharedNumber(phone: string | undefined): string | undefined {
  const digits = (phone ?? '').replace(/\D/g, '').replace(/^84(?=\d{9}$)/, '0');
  return MOBILE.test(digits) ? digits : undefined;
}

/** Leads to the check of a number; the number itself stands in no address and on no way back. */
export function claiming(phone: string): StepResult {
  return { go: { at: 'mine.claim', memory: { phone } } };
}

/** A number in place of what was asked for. */
export function anotherNumber(heard: Heard): StepResult | undefined {
  const phone = numberIn(heard);
  return phone === undefined || phone === 'wrong-shape' ? undefined : claiming(phone);
}

/** Enough for its owner: `*******123`. */
export function maskedNumber(last: string): string {
  return `*******${last}`;
}

export function lastOf(phone: string): string {
  return phone.slice(-3);
}

/** The claim of this conversation while it counts. */
export function claimOf({ facts: { claim }, now }: Turn): Facts['claim'] {
  return claim !== undefined && claim.until > now ? claim : undefined;
}

export function remembersClaim(turn: Turn, phone: string, code?: { id: string; digest: string }): StepResult {
  const until = turn.now + CLAIM_KEPT;
  const claim = { phone, until, ...(code && { code: { ...code, until: turn.now + CODE_COUNTS } }) };
  return { remember: { claim }, timers: [{ type: 'set', name: FORGET_CLAIM, dueAt: until }] };
}

export type CodeSending = { result: 'sent'; id: string; digest: string } | { result: 'failed' | 'limited' };

/** Counts before sending, so that a crash in between cannot be used to send for free; what did not leave is given back. */
export async function sendCode(turn: Turn, phone: string): Promise<CodeSending> {
  const { otp, counters, texts } = turn.services;
  const address = addressOf(turn.lane);
  const limits: [string, CounterRule][] = [
    [`otp:lane:${turn.lane}`, PER_LANE],
    [`otp:phone:${otp.subject(phone)}`, PER_NUMBER],
    [`otp:account:${address?.channel}:${address?.account}`, PER_ACCOUNT],
  ];
  const taken: string[] = [];
  const giveBack = () => Promise.all(taken.map((key) => counters.giveBack(key, turn.eventId)));
  for (const [key, rule] of limits) {
    const { allowed } = await counters.take(key, rule, turn.eventId);
    if (!allowed) {
      await giveBack();
      return { result: 'limited' };
    }
    taken.push(key);
  }
  const words = (code: string) => texts.format(MINE.sms, { code, minutes: CODE_COUNTS / MINUTE });
  const id = turn.eventId;
  const { digest, outcome } = await otp.send(phone, id, words, turn.signal);
  if (outcome.result === 'sent') return { result: 'sent', id, digest };
  await giveBack();
  return { result: 'failed' };
}
