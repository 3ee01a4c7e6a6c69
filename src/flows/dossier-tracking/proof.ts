// The proof that opens the personal part of a dossier: reading it, and the lock-outs around asking the portal.
// The digits pass through one call and are kept nowhere.
import { DAY, HOUR, MINUTE } from '../../lib/clock.js';
import { addressOf } from '../../lib/ids.js';
import type { Dossier, DossierAnswer } from '../../portal/portal.js';
import type { CounterRule } from '../../records/counters.js';
import type { Turn } from '../flow.js';
import type { Heard } from '../heard.js';

/** How long a right proof counts, and how long the question for one stays open. */
export const PROOF_COUNTS = 15 * MINUTE;

/** Wrong proofs allowed (architecture, section 4, Trust). */
const PER_DOSSIER: CounterRule = { limit: 5, windowMs: DAY };
const PER_LANE: CounterRule = { limit: 5, windowMs: DAY };
const PER_ACCOUNT: CounterRule = { limit: 50, windowMs: HOUR };

/** A sentence longer than this that happens to hold four digits is about something else. */
const LONGEST_ANSWER = 40;

export type ProofHeard = { digits: string } | 'wrong-shape' | undefined;

/** The last four digits in an answer; whoever sends the whole phone or ID number gets its last four used. */
export function proofIn(heard: Heard): ProofHeard {
  const text = heard.text.trim();
  if (/^\d{4}$/.test(text)) return { digits: text };
  if (!/\d/.test(text) || text.length > LONGEST_ANSWER) return undefined;
  const { meaning } = heard;
  if (meaning.entities.some(({ type }) => type.startsWith('dossier-code') || type === 'procedure-code'))
    return undefined;
  const number = text.replace(/[\s.\-+]/g, '');
  if (/^\d{9,12}$/.test(number)) return { digits: number.slice(-4) };
  const long = meaning.entities.find(({ type }) => type === 'phone' || type === 'id-number')?.value.replace(/\D/g, '');
  if (long !== undefined && long.length >= 9) return { digits: long.slice(-4) };
  if (meaning.certain && !['none', 'affirm', 'dossier.track'].includes(meaning.intent)) return undefined;
  const groups = text.match(/\d+/g) ?? [];
  const four = groups.filter((group) => group.length === 4);
  if (four.length === 1 && four[0] !== undefined) return { digits: four[0] };
  // "2" picks a button; "12", "123" or "12 345" is a try at the digits.
  return /^[\d\s]{2,8}$/.test(text) ? 'wrong-shape' : undefined;
}

export type ProofOutcome =
  | { outcome: 'proven'; dossier: Dossier }
  | { outcome: 'wrong'; left: number }
  | { outcome: 'locked' }
  | { outcome: 'unanswered'; answer: Exclude<DossierAnswer, { result: 'proof-mismatch' }> };

function counted(turn: Turn, code: string): [key: string, rule: CounterRule][] {
  const address = addressOf(turn.lane);
  return [
    [`proof:lane:${turn.lane}`, PER_LANE],
    [`proof:dossier:${code}`, PER_DOSSIER],
    [`proof:account:${address?.channel}:${address?.account}`, PER_ACCOUNT],
  ];
}

export async function isLocked(turn: Turn, code: string): Promise<boolean> {
  const looks = await Promise.all(counted(turn, code).map(([key, rule]) => turn.services.counters.peek(key, rule)));
  return looks.some(({ allowed }) => !allowed);
}

/**
 * Counts a try before asking, so that a crash in between cannot be used to try for free, and takes it back unless the
 * portal says that the proof is wrong.
 */
export async function checkProof(turn: Turn, code: string, digits: string): Promise<ProofOutcome> {
  const { counters, portal } = turn.services;
  const taken: string[] = [];
  const giveBack = () => Promise.all(taken.map((key) => counters.giveBack(key, turn.eventId)));
  let left = Number.POSITIVE_INFINITY;
  for (const [key, rule] of counted(turn, code)) {
    const result = await counters.take(key, rule, turn.eventId);
    if (!result.allowed) {
      await giveBack();
      return { outcome: 'locked' };
    }
    taken.push(key);
    left = Math.min(left, result.left);
  }
  const answer = await portal.dossier(code, digits, turn.signal);
  if (answer.result === 'proof-mismatch') return left > 0 ? { outcome: 'wrong', left } : { outcome: 'locked' };
  await giveBack();
  return answer.result === 'found' && answer.dossier.personal !== undefined
    ? { outcome: 'proven', dossier: answer.dossier }
    : { outcome: 'unanswered', answer };
}
