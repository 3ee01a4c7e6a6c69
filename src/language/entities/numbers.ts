// Phones, e-mail addresses, personal and business numbers, procedure codes. Dossier codes have their own file.
import type { Entity, EntityType } from '../language.js';
import { overlaps, plain } from './plain.js';

const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/gu;
// National form `d.dddddd` (prefixes 1-9 seen: 1, 2, 3, 5, 6); a province's or a case's suffix is not part of the value.
const PROCEDURE = /(?<![\p{L}\p{N}.,])([1-9])[.,](\d{6})((?:\.\d{2,3}){3}\.[GHKghk]\d{2}|\.\d{2})?(?![\p{L}\p{N}])/gu;
const PROCEDURE_RUN =
  /(?:mã|ma)\s*(?:số\s*|so\s*)?(?:thủ\s*tục|thu\s*tuc|tthc|tt)\s*(?:là|la|số|so|:)?\s*([1-9])\s?[.,\s]?\s?(\d{6})(?!\d)/giu;
const SEP = '[ .-]{0,2}';
const PHONE = new RegExp(
  `(?<![\\p{L}\\p{N}])\\(?(?:\\+?84|0)\\)?${SEP}(?:\\(0\\)${SEP})?((?:[35789](?:${SEP}\\d){8})|(?:2(?:${SEP}\\d){9}))(?![\\p{L}\\p{N}]|-\\d{3}(?!\\d))`,
  'gu',
);
// 9 (CMND), 10 (tax, BHXH), 12 (căn cước), 13 (tax of a branch) digits; BHYT card; passport.
const ID =
  /(?<![\p{L}\p{N}.])(?:\d{3}[ .]\d{3}[ .]\d{3}(?:[ .]\d{3})?|\d{4} \d{4} \d{4}|\d{12,13}|\d{9,10}(?:-\d{3})?|[A-Za-z]{2}[ ]?\d{13}|[A-Za-z]{2}\d{10}|[A-Z]\d{7,8})(?![\p{L}\p{N}])/gu;

/** `taken`: spans already claimed by dossier codes. */
export function findNumbers(message: string, taken: readonly Entity[]): Entity[] {
  const text = plain(message);
  const found: Entity[] = [];
  const add = (type: EntityType, value: string, start: number, end: number): void => {
    const span = { start, end };
    if (taken.some((other) => overlaps(span, other)) || found.some((other) => overlaps(span, other))) return;
    found.push({ type, value, text: message.slice(start, end), start, end });
  };
  for (const match of text.matchAll(EMAIL))
    add('email', match[0].toLowerCase(), match.index, match.index + match[0].length);
  for (const match of text.matchAll(PROCEDURE)) {
    add('procedure-code', `${match[1]}.${match[2]}`, match.index, match.index + match[0].length);
  }
  for (const match of text.matchAll(PROCEDURE_RUN)) {
    const at = match.index + match[0].search(/[1-9]\s?[.,\s]?\s?\d{6}$/);
    add('procedure-code', `${match[1]}.${match[2]}`, at, match.index + match[0].length);
  }
  for (const match of text.matchAll(PHONE)) {
    add('phone', `0${(match[1] ?? '').replace(/\D/g, '')}`, match.index, match.index + match[0].length);
  }
  for (const match of text.matchAll(ID))
    add('id-number', match[0].replace(/[\s.]/g, ''), match.index, match.index + match[0].length);
  return found;
}
