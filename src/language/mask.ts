// Masks personal numbers in what a citizen wrote, before it is shown or stored beside its sealed original. Masking of logs is lib/masking.

import { findDates } from './entities/dates.js';
import { findDossierCodes } from './entities/dossier-codes.js';
import { foldedText } from './entities/folded-text.js';
import { findNumbers } from './entities/numbers.js';
import { plain, type Span } from './entities/plain.js';
import { LONGEST_MESSAGE, wordsOf } from './normalise.js';

const DOT = '•';
// Runs of four digits and more may be the proof of a dossier (the end of a phone or ID number).
const LONG_RUN = /\d(?:[ .-]?\d){3,}/g;
/** As long as an ID or a phone number, in whatever figures and with whatever between them; a colon stands in times of day. */
const ANY_SPELLING = /\p{Nd}(?:[^\p{L}\p{N}:|]{0,3}\p{Nd}){8,}/gu;

/**
 * Phones, ID numbers, e-mail addresses and any other run of four digits or more become dots; dossier and procedure codes and dates stay.
 * Same length as the input. Text beyond what is understood loses every digit.
 */
export function maskPersonal(text: string): string {
  const head = text.slice(0, LONGEST_MESSAGE);
  const dossiers = findDossierCodes(head, Number.MAX_SAFE_INTEGER / 2).filter(
    (entity) => entity.type === 'dossier-code',
  );
  const numbers = findNumbers(head, dossiers);
  const personal = numbers.filter((entity) => entity.type !== 'procedure-code');
  const dates = findDates(head, foldedText(wordsOf(head)), 0, [...dossiers, ...numbers]);
  const harmless = [...dossiers, ...dates, ...numbers.filter((entity) => entity.type === 'procedure-code')];
  const units = head.split('');
  const hide = (start: number, end: number): void => {
    for (let at = start; at < end; at++) if (/[\p{L}\p{N}]/u.test(units[at] ?? '')) units[at] = DOT;
  };
  for (const { start, end } of personal) hide(start, end);
  const rest = withoutSpans(plain(head), harmless);
  for (const match of rest.matchAll(LONG_RUN)) hide(match.index, match.index + match[0].length);
  for (const match of rest.matchAll(ANY_SPELLING))
    for (const figure of match[0].matchAll(/\p{Nd}/gu))
      units.fill(DOT, match.index + figure.index, match.index + figure.index + figure[0].length);
  const beyond = text.slice(LONGEST_MESSAGE).replace(/[\p{L}\p{N}]/gu, (unit) => DOT.repeat(unit.length));
  return units.join('') + beyond;
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  const units = text.split('');
  for (const { start, end } of spans) units.fill('|', start, end);
  return units.join('');
}
