// What is rated: how it stands in addresses, what it is called, and whether it can be rated yet.
import { createHash } from 'node:crypto';
import { DAY } from '../../lib/clock.js';
import type { EventId } from '../../lib/ids.js';
import type { CounterRule } from '../../records/counters.js';
import { FEEDBACK, isAnswered } from '../../records/feedback.js';
import type { RatingSubject } from '../../records/rating.js';
import { RATED_KINDS, SUBJECT_LENGTH } from '../../records/rating.js';
import { vnMonth } from '../dates.js';
import { readDossierCode } from '../dossier-tracking/addresses.js';
import { lookUp, stopped, unanswered } from '../dossier-tracking/answers.js';
import type { Address, Choice, StepResult, Turn } from '../flow.js';
import { menuChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import type { Texts } from '../texts.js';
import type { Questionnaire } from './questionnaire.js';
import { RATE } from './texts.js';
import type { Score } from './words.js';

/** States in which a dossier has its result (domain reference, section 3). */
const FINISHED: ReadonlySet<number> = new Set([9, 10]);
/** Codes of feedback and of talks with staff are ours. */
const LATEST_REPORTS = 5;
const OWN_CODE = /^[\w.-]{1,60}$/;
const MONTH = /^\d{4}-\d{2}$/;

/** The last arguments of an address; undefined for what is no subject. They may have been typed by hand. */
export function readSubject([kind, ...rest]: readonly string[]): RatingSubject | undefined {
  const known = RATED_KINDS.find((one) => one === kind);
  const code = rest.join(':').trim();
  if (known === undefined) return undefined;
  switch (known) {
    case 'dossier': {
      const dossier = readDossierCode(code);
      return dossier === undefined ? undefined : { kind: known, code: dossier };
    }
    case 'agency':
      return code === '' || code.length > SUBJECT_LENGTH || /[\p{Cc}\d]{6,}/u.test(code)
        ? undefined
        : { kind: known, code };
    case 'bot':
      return MONTH.test(code) ? { kind: known, code } : undefined;
    default:
      return OWN_CODE.test(code) ? { kind: known, code } : undefined;
  }
}

export function askAddress({ kind, code }: RatingSubject): Address {
  return `rating.ask:${kind}:${code}`;
}

/** The bot itself is rated once a month. */
export function botSubject(now: number): RatingSubject {
  return { kind: 'bot', code: vnMonth(now) };
}

/** A talk with staff: its ticket, or a mark of the event that ended it where there is no desk. */
export function handoverSubject({ ticket, event }: { ticket?: string; event: EventId }): RatingSubject {
  return { kind: 'handover', code: ticket ?? createHash('sha256').update(event).digest('hex').slice(0, 16) };
}

export function subjectName(texts: Texts, { kind, code }: RatingSubject): string {
  switch (kind) {
    case 'dossier':
      return texts.format(RATE.dossier, { code });
    case 'agency':
      return texts.format(RATE.agency, { name: code });
    case 'feedback':
      return texts.format(RATE.feedback, { code });
    case 'handover':
      return texts.format(RATE.handover);
    case 'bot':
      return texts.format(RATE.bot);
  }
}

export function face(texts: Texts, score: number): string {
  const keys = [RATE.score1, RATE.score2, RATE.score3, RATE.score4, RATE.score5];
  return texts.format(keys[score - 1] ?? RATE.score3);
}

/** The worst first, so that the number of a step is its score wherever choices are numbered. */
export function faces(texts: Texts, { kind, code }: RatingSubject): Choice[] {
  return ([1, 2, 3, 4, 5] satisfies Score[]).map((score) =>
    choice(face(texts, score), `rating.score:${score}:${kind}:${code}`),
  );
}

/** The agency's questions are about its people and their work; neither a program nor a written answer has them. */
export function criteriaOf({ services: { questionnaire } }: Turn, { kind }: RatingSubject): Questionnaire['criteria'] {
  return kind === 'bot' || kind === 'feedback' ? [] : questionnaire.criteria;
}

export type Rateable = { may: true; agency?: string } | { may: false; instead: StepResult };

/** New ratings of one conversation; addresses may be typed by hand. */
const NEW_RATINGS: CounterRule = { limit: 20, windowMs: DAY };

/**
 * Whether it may be rated: `agency` for what is known of who handled it, or what to say instead. While the portal is out of
 * reach a rating is taken; whether it counts the portal decides when it gets it.
 */
export async function rateable(turn: Turn, subject: RatingSubject): Promise<Rateable> {
  const { texts, counters } = turn.services;
  const { kind, code } = subject;
  const { allowed } = await counters.take(`rating:${turn.lane}`, NEW_RATINGS, `${kind}:${code}`);
  if (!allowed) return { may: false, instead: { say: [say(texts.format(RATE.tooMany), [menuChoice(texts)])] } };
  // A button of a month that is over.
  const bot = botSubject(turn.now);
  if (kind === 'bot' && code !== bot.code) return { may: false, instead: { go: askAddress(bot) } };
  if (kind === 'feedback') return ownFeedback(turn, code);
  if (kind !== 'dossier') return { may: true };
  const answer = await lookUp(turn, code);
  if (answer === 'stopped') return { may: false, instead: stopped(turn) };
  if (answer.result === 'not-found') return { may: false, instead: unanswered(turn, code, answer) };
  if (answer.result !== 'found') return { may: true };
  const { status, agency } = answer.dossier;
  if (FINISHED.has(status)) return { may: true, agency };
  return { may: false, instead: { say: [say(texts.format(RATE.notFinished, { code }), [menuChoice(texts)])] } };
}

/** The newest report of this citizen that was answered. */
export async function lastAnswered(turn: Turn): Promise<RatingSubject | undefined> {
  await turn.recordsSettled();
  const query = { index: 'lane', under: [turn.lane], order: 'down', limit: LATEST_REPORTS } as const;
  const { documents } = await turn.services.documents.find(FEEDBACK, query);
  const answered = documents.find(({ body }) => isAnswered(body));
  return answered === undefined ? undefined : { kind: 'feedback', code: answered.id };
}

/** Only whoever reported it judges the answer, and not before there is one. */
async function ownFeedback(turn: Turn, code: string): Promise<Rateable> {
  const { texts, documents } = turn.services;
  await turn.recordsSettled();
  const report = await documents.get(FEEDBACK, code);
  if (report?.lane === turn.lane && isAnswered(report.body)) return { may: true };
  return { may: false, instead: { say: [say(texts.format(RATE.notAnswered, { code }), [menuChoice(texts)])] } };
}
