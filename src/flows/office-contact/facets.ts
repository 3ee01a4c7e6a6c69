// Which of an office's particulars a short question is about. Pure.
import { saysOnly, shortWords } from '../short-words.js';

export const FACETS = ['address', 'phone', 'hours', 'weekend', 'email'] as const;
export type Facet = (typeof FACETS)[number];

const DAY_OFF = /\b(?:thu bay|thu 7|t7|chu nhat|cn|cuoi tuan)\b/;

/** Folded words. */
const ASKED: Readonly<Record<Facet, RegExp>> = {
  address: /\b(?:dia chi|dc|o dau|duong nao|duong gi|cho nao|nam dau)\b/,
  phone: /\b(?:sdt|so dt|dien thoai|dt|so may|hotline|lien he|lien lac|goi so)\b/,
  hours:
    /\b(?:thu (?:hai|ba|tu|nam|sau|[2-6])|t[2-6]|may gio|gio lam|mo cua|dong cua|nghi trua|lam viec|buoi (?:sang|chieu|toi))\b/,
  weekend: DAY_OFF,
  email: /\b(?:email|mail|thu dien tu)\b/,
};

/** Takes `Heard.plain`. */
export function facetsAsked(plain: string): Facet[] {
  const asked = FACETS.filter((facet) => ASKED[facet].test(plain));
  // The weekend is a question about the hours.
  return asked.includes('weekend') ? asked.filter((facet) => facet !== 'hours') : asked;
}

export function readFacets(text: string | undefined): Facet[] {
  const named = (text ?? '').split('+');
  return FACETS.filter((facet) => named.includes(facet));
}

/** Whether the hours as published say anything about the weekend. Takes folded words. */
export function saysWeekend(hours: string): boolean {
  return DAY_OFF.test(hours);
}

const WORDS = shortWords(
  'bay hai ba tu nam sau chu nhat cuoi tuan t2 t3 t4 t5 t6 t7 cn gio h mo cua dong nghi trua sang chieu viec le tet ngay hom mai so sdt dt dien thoai hotline lien he lac zalo goi dia chi duong noi email mail khi truc tiep nguoi dan 2 3 4 5 6 7 8 9 10 11 12 17',
);

/** Whether a question about an office names none. Takes `Heard.plain`. */
export function namesNoOffice(plain: string): boolean {
  return saysOnly(plain, WORDS);
}
