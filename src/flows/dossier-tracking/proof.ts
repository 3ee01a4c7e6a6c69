// The proof that opens the personal part of a dossier: reading it and asking the portal, inside the lock-outs of guesses.ts.
// The digits pass through one call and are kept nowhere.
import { MINUTE } from '../../lib/clock.js';
import type { Dossier, DossierAnswer } from '../../portal/portal.js';
import type { Turn } from '../flow.js';
import { guess } from '../guesses.js';
import type { Heard } from '../heard.js';

/** How long a right proof counts, and how long the question for one stays open. */
export const PROOF_COUNTS = 15 * MINUTE;

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

/** What wrong proofs of a dossier are counted under, over all users. */
export function guessedDossier(code: string): string {
  return `dossier:${code}`;
}

/** Counts as a guess only what the portal judged. */
export async function checkProof(turn: Turn, code: string, digits: string): Promise<ProofOutcome> {
  const { portal } = turn.services;
  const guessed = await guess(turn, guessedDossier(code), async () => {
    const answer = await portal.dossier(code, digits, turn.signal);
    return answer.result === 'proof-mismatch' ? 'wrong' : { answer };
  });
  if (guessed.outcome !== 'judged') return guessed;
  const { answer } = guessed.value;
  return answer.result === 'found' && answer.dossier.personal !== undefined
    ? { outcome: 'proven', dossier: answer.dossier }
    : { outcome: 'unanswered', answer };
}
