// What is kept about the person behind a lane across conversations: the privacy notice they saw, when they last wrote.
import { HOUR } from '../lib/clock.js';
import type { Contact } from '../records/records.js';

export const PERSON_VERSION = 1;

export type Person = {
  v: number;
  /** Version of the privacy notice shown. */
  notice?: string;
  /** Full hours since 1970: the Contact record is as coarse, so it changes at most once an hour. */
  seenHour?: number;
  /** When they last did something, by the platform's clock (ms): messaging windows are counted from it. */
  at?: number;
};

export function personFrom(contact: Contact | undefined): Person {
  const person: Person = { v: PERSON_VERSION };
  if (contact?.noticeVersion !== undefined) person.notice = contact.noticeVersion;
  if (contact?.lastInteractionAt !== undefined) person.seenHour = Math.floor(contact.lastInteractionAt / HOUR);
  return person;
}

export interface Interaction {
  now: number;
  /** The platform's time of it. */
  at: number;
  /** Version of the notice that stands in the answer; undefined when the bot is silent. */
  notice: string | undefined;
  /** They opened the conversation anew, perhaps after leaving. */
  returned: boolean;
}

/** As exactly as it is known. */
export function interactedAt({ at, seenHour }: Person): number | undefined {
  return at ?? (seenHour === undefined ? undefined : seenHour * HOUR);
}

/** The person after an act of theirs, and what of it belongs into the Contact record (if anything is new). */
export function interacted(
  before: Person,
  { now, at, notice, returned }: Interaction,
): { person: Person; set?: Omit<Contact, 'lane'> } {
  const person: Person = { ...before, at: Math.max(before.at ?? 0, at) };
  const hour = Math.floor(now / HOUR);
  const shown = notice !== undefined && notice !== person.notice;
  if (hour === person.seenHour && !shown && !returned) return { person };
  const set: Omit<Contact, 'lane'> = { lastInteractionAt: hour * HOUR, following: true };
  if (!shown) return { person: { ...person, seenHour: hour }, set };
  return {
    person: { ...person, seenHour: hour, notice },
    set: { ...set, noticeVersion: notice, noticeAt: now },
  };
}
