// After a low score: people, the way to be heard, and what to say of both. An answer that did not satisfy is looked at again
// instead of reported anew.
import type { Rating, RatingSubject } from '../../records/rating.js';
import { vnDate } from '../dates.js';
import type { Address, Choice, StepResult, Turn } from '../flow.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import type { TextKey } from '../texts.js';
import { criterionAddress, doneAddress } from './about.js';
import { criteriaOf, face, subjectName } from './subject.js';
import { RATE } from './texts.js';

/** At or below it they are offered. */
const LOW = 2;

export function isLow(score: number): boolean {
  return score <= LOW;
}

/** Where complaints are taken. */
export function toFeedback(turn: Turn, subject: RatingSubject): Choice[] {
  const { texts } = turn.services;
  const again = `feedback.reopen-now:${subject.code}`;
  if (subject.kind === 'feedback' && turn.knows(again)) return [choice(texts.format(RATE.reopen), again)];
  const address = ['feedback.ask', 'door.feedback'].find((one) => turn.knows(one));
  return address === undefined ? [] : [choice(texts.format(RATE.sendFeedback), address)];
}

export function helpAfter(turn: Turn, subject: RatingSubject): Choice[] {
  return [staffChoice(turn.services.texts, staffAddress(subject)), ...toFeedback(turn, subject)];
}

/** With the code, where it is one that staff can look up. */
function staffAddress({ kind, code }: RatingSubject): Address {
  return kind === 'dossier' || kind === 'feedback' ? `staff.ask:low-rating:${code}` : 'staff.ask:low-rating';
}

/** Said of the score, at the end, and at the end with a comment. */
interface LowWords {
  sorry: TextKey<'face'>;
  done: TextKey;
  commented: TextKey;
}

export function lowWords({ kind }: RatingSubject): LowWords {
  return kind === 'feedback'
    ? { sorry: RATE.sorryAnswer, done: RATE.doneLowAnswer, commented: RATE.commentKeptLowAnswer }
    : { sorry: RATE.sorry, done: RATE.doneLow, commented: RATE.commentKeptLow };
}

/** Below the regret. */
export function lowChoices(turn: Turn, subject: RatingSubject): Choice[] {
  const { texts } = turn.services;
  const [first] = criteriaOf(turn, subject);
  return [
    ...helpAfter(turn, subject),
    ...(first === undefined ? [] : [choice(texts.format(RATE.more), criterionAddress(subject, first.key))]),
    choice(texts.format(RATE.noThanks), doneAddress(subject)),
  ];
}

/** Its day is over. */
export function tooLate(turn: Turn, { subject, at, score }: Rating): StepResult {
  const { texts } = turn.services;
  const said = { subject: subjectName(texts, subject), date: vnDate(at), face: face(texts, score) };
  return { say: [say(texts.format(RATE.tooLate, said), [...helpAfter(turn, subject), menuChoice(texts)])] };
}
