// The keys of documents as one text each, whose byte order is the order of the values: the same in both homes. A key holds the
// values of an index, then the document's id, so that it is unique and a page mark at once.
import { CodedError } from '../lib/errors.js';
import type { DocumentOwner, DocumentRange, KeyValue } from '../records/documents.js';

/** Ends every part; lower than any character that a part may hold. */
const END = '\u0001';
const CONTROL = /[\p{Cc}]/gu;
const MOST_UNITS = 200;

export interface KeyRange {
  /** Included. */
  from: string;
  /** Not included. */
  to: string;
}

export function documentKey(values: readonly KeyValue[], { id }: Pick<DocumentOwner, 'id'>): string {
  return prefixOf(values) + part(id);
}

export function keyRange({ under = [], from, to }: DocumentRange): KeyRange {
  const prefix = prefixOf(under);
  return {
    from: from === undefined ? prefix : prefix + part(from),
    // Every part begins with one of two letters; the letter after them bounds them all.
    to: to === undefined ? `${prefix}t` : prefix + part(to),
  };
}

export function pageMark(key: string): string {
  return Buffer.from(key).toString('base64url');
}

/** Throws CodedError `records.bad-page` for a mark outside the range. */
export function keyOfMark(mark: string, { from, to }: KeyRange): string {
  const key = Buffer.from(mark, 'base64url').toString();
  const bytes = Buffer.from(key);
  if (Buffer.compare(bytes, Buffer.from(from)) < 0 || Buffer.compare(bytes, Buffer.from(to)) >= 0) {
    throw new CodedError('records.bad-page', 'not a page mark of this query');
  }
  return key;
}

function prefixOf(values: readonly KeyValue[]): string {
  return values.map(part).join('');
}

function part(value: KeyValue): string {
  return typeof value === 'number' ? `n${sortable(value)}${END}` : `s${clean(value)}${END}`;
}

/** Never half a surrogate pair, which has no bytes of its own. */
function clean(value: string): string {
  return Buffer.from(value.slice(0, MOST_UNITS)).toString().replace(CONTROL, '\uFFFD');
}

/** The bits of a double, turned so that their order is that of the numbers. */
function sortable(value: number): string {
  if (Number.isNaN(value)) throw new RangeError('a key is not a number');
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(value === 0 ? 0 : value);
  const negative = (bits[0] ?? 0) >= 0x80;
  for (let i = 0; i < 8; i++) bits[i] = (bits[i] ?? 0) ^ (negative ? 0xff : i === 0 ? 0x80 : 0);
  return bits.toString('hex');
}
