// The addresses of procedure lookup: built and read in one place, because buttons stay tappable for ever.

import { DIMENSIONS, type Dimension } from '../../catalogue/traits.js';
import type { Aspect } from '../../language/language.js';
import { ASPECTS } from '../../language/language.js';
import type { Address } from '../flow.js';

const CODE = /^\d\.\d{6}$/;
const KNOWN: ReadonlySet<string> = new Set(ASPECTS);
const MOST_CODES = 4;
const JOIN = '+';

export function isProcedureCode(text: string | undefined): text is string {
  return text !== undefined && CODE.test(text);
}

export function readAspects(text: string | undefined): Aspect[] {
  const named = (text ?? '').split(JOIN).filter((one): one is Aspect => KNOWN.has(one));
  return [...new Set(named)];
}

export function readCodes(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(',').filter(isProcedureCode))].slice(0, MOST_CODES);
}

/** A small number written plainly; undefined for anything else. */
export function readIndex(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}

/** The summary, or what was asked about the procedure. */
export function procedureAddress(code: string, aspects: readonly Aspect[] = []): Address {
  return aspects.length === 0 ? `proc.show:${code}` : `proc.aspect:${code}:${aspects.join(JOIN)}`;
}

/** One aspect, of one case, from a page on (both count from 0). */
export function aspectAddress(code: string, aspect: Aspect, caseIndex?: number, page = 0): Address {
  return `proc.aspect:${code}:${aspect}:${caseIndex ?? ''}:${page}`;
}

export function whichAddress(codes: readonly string[], aspects: readonly Aspect[]): Address {
  return `proc.which:${codes.slice(0, MOST_CODES).join(',')}:${aspects.join(JOIN)}`;
}

/** What a near-duplicate is told apart by, as the buttons carry it. */
export type Apart = {
  dimension: Dimension;
  choices: { value: string; codes: string[] }[];
};

/** `proc.apart:foreign:none=1.000894/foreign=2.000806,1.000094:documents` */
export function apartAddress({ dimension, choices }: Apart, aspects: readonly Aspect[]): Address {
  const groups = choices.map(({ value, codes }) => `${value}=${codes.slice(0, MOST_CODES).join(',')}`);
  return `proc.apart:${dimension}:${groups.join('/')}:${aspects.join(JOIN)}`;
}

export function readApart(named: string | undefined, groups: string | undefined): Apart | undefined {
  const dimension = DIMENSIONS.find((one) => one === named);
  const choices = (groups ?? '').split('/').flatMap((group) => {
    const [value = '', list] = group.split('=');
    const codes = readCodes(list);
    return codes.length === 0 ? [] : [{ value, codes }];
  });
  return dimension === undefined || choices.length < 2 ? undefined : { dimension, choices };
}

export function askAddress(aspects: readonly Aspect[]): Address {
  return aspects.length === 0 ? 'proc.ask' : `proc.ask:${aspects.join(JOIN)}`;
}
