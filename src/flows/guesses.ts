// The lock-outs around what can be guessed: the proof of a dossier, the code sent to a phone. Whoever guesses wrong too often
// is led to the counter or to staff. What is guessed is kept nowhere.
import { DAY, HOUR } from '../lib/clock.js';
import { addressOf } from '../lib/ids.js';
import type { CounterRule } from '../records/counters.js';
import type { Turn } from './flow.js';

/** Wrong guesses allowed (architecture, section 4, Trust). */
const PER_SUBJECT: CounterRule = { limit: 5, windowMs: DAY };
const PER_LANE: CounterRule = { limit: 5, windowMs: DAY };
const PER_ACCOUNT: CounterRule = { limit: 50, windowMs: HOUR };

export type Guessed<T> =
  | { outcome: 'judged'; value: T }
  /** `left`: tries left before the lock-out; at least 1. */
  | { outcome: 'wrong'; left: number }
  | { outcome: 'locked' };

/** `subject`: what is guessed at, counted over all users: `dossier:<code>`, `phone:<digest>`; never personal data. */
function counted(turn: Turn, subject: string): [key: string, rule: CounterRule][] {
  const address = addressOf(turn.lane);
  return [
    [`proof:lane:${turn.lane}`, PER_LANE],
    [`proof:${subject}`, PER_SUBJECT],
    [`proof:account:${address?.channel}:${address?.account}`, PER_ACCOUNT],
  ];
}

export async function mayGuess(turn: Turn, subject: string): Promise<boolean> {
  const looks = await Promise.all(counted(turn, subject).map(([key, rule]) => turn.services.counters.peek(key, rule)));
  return looks.every(({ allowed }) => allowed);
}

/**
 * Counts a try before it is judged, so that a crash in between cannot be used to try for free, and takes it back unless it was
 * wrong.
 */
export async function guess<T>(turn: Turn, subject: string, judge: () => Promise<T | 'wrong'>): Promise<Guessed<T>> {
  const { counters } = turn.services;
  const taken: string[] = [];
  const giveBack = () => Promise.all(taken.map((key) => counters.giveBack(key, turn.eventId)));
  let left = Number.POSITIVE_INFINITY;
  for (const [key, rule] of counted(turn, subject)) {
    const result = await counters.take(key, rule, turn.eventId);
    if (!result.allowed) {
      await giveBack();
      return { outcome: 'locked' };
    }
    taken.push(key);
    left = Math.min(left, result.left);
  }
  const value = await judge();
  if (value === 'wrong') return left > 0 ? { outcome: 'wrong', left } : { outcome: 'locked' };
  await giveBack();
  return { outcome: 'judged', value };
}
