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
};

export function personFrom(contact: Contact | undefined): Person {
  const person: Person = { v: PERSON_VERSION };
  if (contact?.noticeVersion !== undefined) person.notice = contact.noticeVersion;
  if (contact?.lastInteractionAt !== undefined) person.seenHour = Math.floor(contact.lastInteractionAt / HOUR);
  return person;
}

export interface Interaction {
  now: number;
  /** Version of the notice that stands in the answer; undefined when the bot is silent. */
  notice: string | undefined;
  /** They opened the conversation anew, perhaps after leaving. */
  returned: boolean;
}

/** The person after an act of theirs, and what of it belongs into the Contact record (if anything is new). */
export function interacted(
  person: Person,
  { now, notice, returned }: Interaction,
): { person: Person; set?: Omit<Contact, 'lane'> } {
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
