// What the steps of a rating remember, and their addresses.
import type { RatingSubject } from '../../records/rating.js';
import { readSubject } from './subject.js';

export type About = { subject: RatingSubject };
/** `askedAt`: when words were asked for, ms. */
export type Wordy = About & { askedAt?: number };
export type Asked = About & { key: string };

export const about = (args: readonly string[]): About | undefined => {
  const subject = readSubject(args);
  return subject === undefined ? undefined : { subject };
};

export const criterionAt = (subject: RatingSubject, key: string) => ({
  at: 'rating.criterion',
  memory: { subject, key },
});
export const criterionAddress = ({ kind, code }: RatingSubject, key: string) =>
  `rating.criterion:${key}:${kind}:${code}`;
export const doneAddress = ({ kind, code }: RatingSubject) => `rating.done:${kind}:${code}`;
export const commentAddress = ({ kind, code }: RatingSubject) => `rating.comment:${kind}:${code}`;
