// Asking the portal for a dossier, and what is true when it gives none.
import { HOUR } from '../../lib/clock.js';
import type { DossierAnswer } from '../../portal/portal.js';
import type { CounterRule } from '../../records/counters.js';
import type { StepResult, Turn } from '../flow.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import { dossierAddress } from './addresses.js';
import { DOSSIER } from './texts.js';

/** Codes are guessable (agency, date, running number): whoever keeps missing is stopped. */
const UNKNOWN_CODES: CounterRule = { limit: 15, windowMs: HOUR };

export async function lookUp(turn: Turn, code: string): Promise<DossierAnswer | 'stopped'> {
  const { portal, counters } = turn.services;
  if (!portal.configured) return { result: 'unavailable', reason: 'not-configured' };
  const key = `unknown-dossier:${turn.lane}`;
  if (!(await counters.peek(key, UNKNOWN_CODES)).allowed) return 'stopped';
  const answer = await portal.dossier(code, undefined, turn.signal);
  if (answer.result === 'not-found') await counters.take(key, UNKNOWN_CODES, `${turn.eventId}:${code}`);
  return answer;
}

export function stopped({ services: { texts } }: Turn): StepResult {
  const { province } = serviceFacts(texts);
  const choices = [staffChoice(texts, 'staff.ask:flow'), menuChoice(texts)];
  return { say: [say(texts.format(DOSSIER.tooManyUnknown, { province }), choices)] };
}

/** What is true when the portal gave no dossier. */
export function unanswered(
  turn: Turn,
  code: string,
  answer: Exclude<DossierAnswer, { result: 'found' }>,
  retry = dossierAddress([code]),
): StepResult {
  const { texts } = turn.services;
  const { portal } = serviceFacts(texts);
  if (answer.result === 'not-found') {
    const choices = [choice(texts.format(DOSSIER.forgot), 'dossier.lost'), staffChoice(texts), menuChoice(texts)];
    return { say: [say(texts.format(DOSSIER.notFound, { code }), choices)] };
  }
  if (answer.result === 'unavailable' && answer.reason === 'not-configured') {
    return { say: [say(texts.format(DOSSIER.notConnected, { code, portal }), [menuChoice(texts)])] };
  }
  const choices = [choice(texts.format(DOSSIER.again), retry), staffChoice(texts), menuChoice(texts)];
  return { say: [say(texts.format(DOSSIER.unavailable, { portal }), choices)] };
}
