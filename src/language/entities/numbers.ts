// Phones, e-mail addresses, personal and business numbers, licence plates, bank cards, procedure codes. Dossier codes have their own file.
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
// 9 (CMND), 10 (tax, BHXH), 12 (căn cước), 13 (tax of a branch) digits; BHYT card, in its groups too; passport.
const ID =
  /(?<![\p{L}\p{N}.])(?:\d{3}[ .-]\d{3}[ .-]\d{3}(?:[ .-]\d{3})?|\d{4}[ -]\d{4}[ -]\d{4}|\d{12,13}|\d{9,10}(?:-\d{3})?|[A-Za-z]{2}[ ]?\d{13}|[A-Z]{2}(?:[ -]?\d){13}|[A-Za-z]{2}\d{10}|[A-Z]\d{7,8})(?![\p{L}\p{N}])(?! ?-? ?\d{4}(?!\d))/gu;
// What follows its own name is that number, however it is typed: passports in small letters, accounts of any length.
const NAMED_ID =
  /(?:hộ\s*chiếu|ho\s*chieu|passport|visa|thị\s*thực|stk|số\s*tài\s*khoản|so\s*tai\s*khoan|số\s*thẻ|so\s*the)[^\p{L}\p{N}]{0,3}(?:(?:số|so|là|la|của\s*(?:em|tôi)|cua\s*(?:em|toi))[^\p{L}\p{N}]{0,3}){0,3}([A-Za-z]{0,2} ?\d(?:[ .-]?\d){5,18})(?![\p{L}\p{N}])/giu;
// Series letters as on the plates of 2020-2026; cars have five figures ("123.45"), older ones four.
const PLATE =
  /(?<![\p{L}\p{N}.-])[1-9]\d[ -]?(?:[A-HK-NPR-VX-Zđ]\d?|[A-HK-NPR-VX-Zđ]{2})(?:[ -]{1,2}\d{4}|[ .-]{0,3}\d{3}[ .]?\d{2})(?![\p{L}\p{N}]|[-.]\d)/giu;
const CARD = /(?<![\p{L}\p{N}.])\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{3})?(?![\p{L}\p{N}])/gu;

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
  for (const match of text.matchAll(CARD)) {
    const digits = match[0].replace(/\D/g, '');
    if (isCardNumber(digits)) add('id-number', digits, match.index, match.index + match[0].length);
  }
  for (const match of text.matchAll(NAMED_ID)) {
    const number = match[1] ?? '';
    const end = match.index + match[0].length;
    add('id-number', number.replace(/[\s.-]/g, '').toUpperCase(), end - number.length, end);
  }
  for (const match of text.matchAll(PLATE)) {
    if (isPlate(match[0]))
      add('id-number', match[0].replace(/[\s.-]/g, '').toUpperCase(), match.index, match.index + match[0].length);
  }
  for (const match of text.matchAll(ID))
    add('id-number', match[0].replace(/[\s.]|-(?!\d{3}$)/g, ''), match.index, match.index + match[0].length);
  return found;
}

/** The check digit of bank cards (ISO/IEC 7812-1, Luhn): other long runs of digits may be a dossier code that lost its letter. */
function isCardNumber(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** "20 kg 12345" and "10 h 1234" are quantities: with a space after the two figures a plate has capitals. */
function isPlate(typed: string): boolean {
  return !/^\d\d /.test(typed) || !/\p{Ll}/u.test(typed);
}
