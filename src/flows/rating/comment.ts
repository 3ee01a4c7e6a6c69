// The citizen's own words on a rating, and its end.
import { maskPersonal } from '../../language/mask.js';
import { MINUTE } from '../../lib/clock.js';
import { COMMENT_LENGTH, type Rating } from '../../records/rating.js';
import type { Step, StepResult, Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { pick } from '../picking.js';
import { type About, about, doneAddress, type Wordy } from './about.js';
import { changeable, changedRating, handedOver, kept, ratingOf } from './keeping.js';
import { helpAfter, isLow, lowChoices, lowWords, tooLate } from './low.js';
import { askAddress } from './subject.js';
import { RATE } from './texts.js';
import { asksElse, SKIPS } from './words.js';

/** Words are asked for once: who has already said some is done. Takes the rating, since what this turn changed is not stored yet. */
export function commentNext(turn: Turn, rating: Rating, before: string[]): StepResult {
  const { subject } = rating;
  if (rating.comment !== undefined) return ended(turn, rating, { before });
  return {
    ...kept(turn, rating),
    say: before.map((one) => say(one)),
    go: { at: 'rating.comment', memory: { subject } },
  };
}

export const comment: Step<Wordy> = {
  read: about,
  async show(turn, { subject }) {
    const { texts } = turn.services;
    const rating = await ratingOf(turn, subject);
    if (rating?.comment !== undefined) return ended(turn, rating);
    const choices = [choice(texts.format(RATE.noThanks), doneAddress(subject))];
    return { say: [say(texts.format(RATE.comment), choices)], wait: { subject, askedAt: turn.now } };
  },
  hear(turn, heard, memory) {
    if (SKIPS.test(heard.plain)) return { go: doneAddress(memory.subject) };
    return heardComment(turn, heard, memory);
  },
  remind: ({ services: { texts } }) => texts.format(RATE.commentReminder),
  remindsOnce: true,
  passing: true,
};

/** Nobody asked for phone and ID numbers here, and the portal gets these words. */
export function withoutNumbers(comment: string): string {
  return maskPersonal(comment.slice(0, COMMENT_LENGTH));
}

/** After this silence words that mean something else by themselves are no comment any more. */
const FRESH_FOR = 30 * MINUTE;

/** Words are the comment unless they surely ask for something else. */
export async function heardComment(
  turn: Turn,
  heard: Heard,
  { subject, askedAt }: Wordy,
): Promise<StepResult | undefined> {
  if (SKIPS.test(heard.plain)) return { go: doneAddress(subject) };
  const picked = pick(heard.plain, lowChoices(turn, subject));
  if (typeof picked === 'object') return undefined;
  if (asksElse(heard, turn.now - (askedAt ?? turn.now) > FRESH_FOR)) return undefined;
  const text = heard.text.trim();
  if (text === '') return undefined;
  const before = await ratingOf(turn, subject);
  if (before === undefined) return { go: askAddress(subject) };
  if (!changeable(before, turn.now)) return tooLate(turn, before);
  const said = withoutNumbers([before.comment, text].filter(Boolean).join('\n'));
  const rating = changedRating(before, { comment: said }, turn.now);
  return ended(turn, rating, { commented: true });
}

export const done: Step<About> = {
  read: about,
  async show(turn, { subject }) {
    const rating = await ratingOf(turn, subject);
    return rating === undefined ? { go: askAddress(subject) } : ended(turn, rating);
  },
  acts: true,
  passing: true,
};

interface Ending {
  before?: string[];
  /** The citizen has just said some words. */
  commented?: true;
}

function ended(turn: Turn, rating: Rating, { before = [], commented }: Ending = {}): StepResult {
  const { texts } = turn.services;
  const { subject } = rating;
  const low = isLow(rating.score);
  const words = low ? lowWords(subject) : { done: RATE.done, commented: RATE.commentKept };
  const text = [...before, texts.format(commented === true ? words.commented : words.done)].join(' ');
  const choices = [...(low ? helpAfter(turn, subject) : []), menuChoice(texts)];
  return { say: [say(text, choices)], effects: handedOver(turn, rating) };
}
