// The steps of a rating once it is known what is rated: the score and the agency's questions. Words and the end: comment.ts.
import { CHANGEABLE_FOR, type Rating } from '../../records/rating.js';
import { vnClock } from '../dates.js';
import type { Step, StepResult, Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import { choice, say } from '../message.js';
import { pick } from '../picking.js';
import { type About, type Asked, about, commentAddress, criterionAt, type Wordy } from './about.js';
import { commentNext, heardComment, withoutNumbers } from './comment.js';
import { changeable, changedRating, kept, newRating, ratingOf } from './keeping.js';
import { isLow, lowChoices, lowWords, tooLate } from './low.js';
import { askAddress, criteriaOf, face, faces, rateable, subjectName } from './subject.js';
import { RATE } from './texts.js';
import { readScore, type Score, SKIPS, scoreIn } from './words.js';

type Scored = Wordy & { score: Score; comment?: string };

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
    const [first] = criteriaOf(turn, subject);
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
    const { texts } = turn.services;
    const criteria = criteriaOf(turn, subject);
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
    const criteria = criteriaOf(turn, subject);
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
