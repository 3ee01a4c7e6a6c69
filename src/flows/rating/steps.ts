// The steps of a rating once it is known what is rated: the score, the agency's questions, a comment, the end.
import { maskPersonal } from '../../language/mask.js';
import { MINUTE } from '../../lib/clock.js';
import { CHANGEABLE_FOR, COMMENT_LENGTH, type Rating, type RatingSubject } from '../../records/rating.js';
import { vnClock, vnDate } from '../dates.js';
import type { Choice, Step, StepResult, Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { pick } from '../picking.js';
import { changeable, changedRating, handedOver, kept, newRating, ratingOf } from './keeping.js';
import { helpAfter, isLow, lowWords } from './low.js';
import { askAddress, face, faces, rateable, readSubject, subjectName } from './subject.js';
import { RATE } from './texts.js';
import { asksElse, readScore, type Score, SKIPS, scoreIn } from './words.js';

type About = { subject: RatingSubject };
/** `askedAt`: when words were asked for, ms. */
type Wordy = About & { askedAt?: number };
type Scored = Wordy & { score: Score; comment?: string };
type Asked = About & { key: string };

const about = (args: readonly string[]): About | undefined => {
  const subject = readSubject(args);
  return subject === undefined ? undefined : { subject };
};

export const ask: Step<About> = {
  read: about,
  async show(turn, { subject }) {
    const { texts } = turn.services;
    const before = await ratingOf(turn, subject);
    const name = subjectName(texts, subject);
    if (before !== undefined) return again(turn, before, name);
    const may = await rateable(turn, subject);
    if (!may.may) return may.instead;
    return {
      say: [say(texts.format(RATE.ask, { subject: name }), faces(texts, subject))],
      wait: { subject },
      remember: { rating: { ...subject, at: turn.now } },
    };
  },
  hear: (_turn, heard, memory) => heardScore(heard, memory),
  remind: ({ services: { texts } }, { subject }) =>
    texts.format(RATE.askReminder, { subject: subjectName(texts, subject) }),
  remindsOnce: true,
};

function again(turn: Turn, before: Rating, name: string): StepResult {
  const { texts } = turn.services;
  const given = { subject: name, face: face(texts, before.score) };
  if (!changeable(before, turn.now)) return tooLate(turn, before);
  const until = vnClock(before.at + CHANGEABLE_FOR);
  return {
    say: [say(texts.format(RATE.askChange, { ...given, until }), faces(texts, before.subject))],
    wait: { subject: before.subject },
    remember: { rating: { ...before.subject, at: turn.now } },
  };
}

function tooLate(turn: Turn, { subject, at, score }: Rating): StepResult {
  const { texts } = turn.services;
  const said = { subject: subjectName(texts, subject), date: vnDate(at), face: face(texts, score) };
  return { say: [say(texts.format(RATE.tooLate, said), [...helpAfter(turn, subject), menuChoice(texts)])] };
}

/** What an opinion in words leads to; undefined for anything else. */
export function heardScore(heard: Heard, { subject }: About): StepResult | undefined {
  const said = scoreIn(heard.text);
  return said === undefined ? undefined : { go: { at: 'rating.score', memory: { subject, ...said } } };
}

export const score: Step<Scored> = {
  read([n, ...rest]) {
    const value = readScore(n);
    const read = about(rest);
    return value === undefined || read === undefined ? undefined : { ...read, score: value };
  },
  async show(turn, { subject, score: value, comment }) {
    const { texts } = turn.services;
    const before = await ratingOf(turn, subject);
    if (before !== undefined && !changeable(before, turn.now)) return tooLate(turn, before);
    const may = before === undefined ? await rateable(turn, subject) : { may: true as const };
    if (!may.may) return may.instead;
    const said = comment === undefined ? {} : { comment: withoutNumbers(comment) };
    const rating =
      before === undefined
        ? { ...newRating(turn, subject, value, may.agency), ...said }
        : before.score === value && comment === undefined
          ? before
          : changedRating(before, { score: value, ...said }, turn.now);
    const remember = { rating: { ...subject, at: turn.now } };
    if (isLow(value)) {
      const sorry = say(texts.format(lowWords(subject).sorry, { face: face(texts, value) }), lowChoices(turn, subject));
      return { ...kept(turn, rating), say: [sorry], wait: { subject, score: value, askedAt: turn.now }, remember };
    }
    const key = before === undefined ? RATE.thanks : RATE.changed;
    const heard = texts.format(key, { face: face(texts, value) });
    const [first] = turn.services.questionnaire.criteria;
    if (first === undefined) return { ...commentNext(turn, rating, [heard]), remember };
    return { ...kept(turn, rating), say: [say(heard)], go: criterionAt(subject, first.key), remember };
  },
  /** After a low score words are what was wrong. */
  hear: (turn, heard, memory) => (isLow(memory.score) ? heardComment(turn, heard, memory) : undefined),
  remind: ({ services: { texts } }, memory) => (isLow(memory.score) ? texts.format(RATE.sorryReminder) : undefined),
  remindsOnce: true,
  acts: true,
  passing: true,
};

function lowChoices(turn: Turn, subject: RatingSubject): Choice[] {
  const { texts, questionnaire } = turn.services;
  const [first] = questionnaire.criteria;
  return [
    ...helpAfter(turn, subject),
    ...(first === undefined ? [] : [choice(texts.format(RATE.more), criterionAddress(subject, first.key))]),
    choice(texts.format(RATE.noThanks), doneAddress(subject)),
  ];
}

const criterionAt = (subject: RatingSubject, key: string) => ({ at: 'rating.criterion', memory: { subject, key } });
const criterionAddress = ({ kind, code }: RatingSubject, key: string) => `rating.criterion:${key}:${kind}:${code}`;
const doneAddress = ({ kind, code }: RatingSubject) => `rating.done:${kind}:${code}`;
const commentAddress = ({ kind, code }: RatingSubject) => `rating.comment:${kind}:${code}`;

/** The three answers to a criterion, on the scale of the five steps. */
const LEVELS = [
  [1, RATE.poor],
  [3, RATE.fair],
  [5, RATE.good],
] as const;

export const criterion: Step<Asked> = {
  read([key = '', ...rest]) {
    const read = about(rest);
    return read === undefined ? undefined : { ...read, key };
  },
  async show(turn, { subject, key }) {
    const { texts, questionnaire } = turn.services;
    const { criteria } = questionnaire;
    const n = criteria.findIndex((one) => one.key === key);
    // The questionnaire was changed since the button was shown.
    if (n < 0) return { go: { at: 'rating.comment', memory: { subject } } };
    const choices = LEVELS.map(([level, title]) =>
      choice(texts.format(title), `rating.level:${key}:${level}:${subject.kind}:${subject.code}`),
    );
    const name = criteria[n]?.name ?? '';
    const question = texts.format(RATE.criterion, { n: n + 1, count: criteria.length, name });
    const skip = choice(texts.format(RATE.skip), commentAddress(subject));
    return { say: [say(question, [...choices, skip])], wait: { subject, key } };
  },
  hear(turn, heard, { subject, key }) {
    // A number picks a line of the list below the question.
    const numbered = /^[1-4]$/.test(heard.plain);
    const levels = LEVELS.map(([value, title]) => choice(turn.services.texts.format(title), String(value)));
    const picked = numbered ? undefined : pick(heard.plain, levels);
    const said = numbered ? undefined : scoreIn(heard.text)?.score;
    const level = typeof picked === 'object' ? Number(picked.picked.payload) : said;
    if (level !== undefined) return { go: { at: 'rating.level', memory: { subject, key, level } } };
    return SKIPS.test(heard.plain) ? { go: commentAddress(subject) } : undefined;
  },
  remind({ services: { texts, questionnaire } }, { key }) {
    const name = questionnaire.criteria.find((one) => one.key === key)?.name;
    return name === undefined ? undefined : texts.format(RATE.criterionReminder, { name });
  },
  remindsOnce: true,
  passing: true,
};

export const level: Step<Asked & { level: number }> = {
  read([key = '', n, ...rest]) {
    const read = about(rest);
    const value = readScore(n);
    return read === undefined || value === undefined ? undefined : { ...read, key, level: value };
  },
  async show(turn, { subject, key, level: value }) {
    const before = await ratingOf(turn, subject);
    if (before === undefined) return { go: askAddress(subject) };
    if (!changeable(before, turn.now)) return tooLate(turn, before);
    const { criteria } = turn.services.questionnaire;
    const n = criteria.findIndex((one) => one.key === key);
    if (n < 0) return { go: { at: 'rating.comment', memory: { subject } } };
    const rating = changedRating(before, { criteria: { ...before.criteria, [key]: value } }, turn.now);
    const next = criteria[n + 1];
    return next === undefined
      ? commentNext(turn, rating, [])
      : { ...kept(turn, rating), go: criterionAt(subject, next.key) };
  },
  acts: true,
  passing: true,
};

/** Words are asked for once: who has already said some is done. Takes the rating, since what this turn changed is not stored yet. */
function commentNext(turn: Turn, rating: Rating, before: string[]): StepResult {
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
function withoutNumbers(comment: string): string {
  return maskPersonal(comment.slice(0, COMMENT_LENGTH));
}

/** After this silence words that mean something else by themselves are no comment any more. */
const FRESH_FOR = 30 * MINUTE;

/** Words are the comment unless they surely ask for something else. */
async function heardComment(turn: Turn, heard: Heard, { subject, askedAt }: Wordy): Promise<StepResult | undefined> {
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
