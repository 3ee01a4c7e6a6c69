// Documents: what is kept about a case (a report, a rating, a ticket). A kind says once what it holds, how it is found and how
// long it is kept; both homes make their tables and indexes from that. Written by effects (records.ts), in lane order.
import type { z } from 'zod';
import type { LaneId } from '../lib/ids.js';
import type { JsonObject } from '../lib/json.js';

/** A clear value by which documents are found: an id, a state, a time. Never anything personal. */
export type KeyValue = string | number;

/** Where a document belongs: the lane that wrote it first. Only that lane changes it. */
export interface DocumentOwner {
  id: string;
  lane: LaneId;
}

export interface DocumentKind<T extends JsonObject = JsonObject> {
  /** Stable: names its collection and seals its documents. Lower case, with dashes. */
  readonly name: string;
  /** Checks what is written and what is read; defaults in it fill what older documents lack. */
  readonly body: z.ZodType<T>;
  /**
   * By name: the values under which a document is found, in the order in which they are compared and sorted; undefined leaves
   * the document out. A new index finds the documents that were written since.
   */
  readonly indexes: Readonly<Record<string, IndexOf<T>>>;
  /** Makes it searchable by words; only keyed hashes of the folded words are kept outside the sealed body. */
  readonly searched?: SearchedBy<T>;
  /** Milliseconds since 1970 after which the document is deleted; undefined keeps it. */
  keepUntil?(body: T): number | undefined;
  /** Stays when the citizen's records are deleted on request. */
  readonly staysWhenForgotten?: true;
}

/** Written as methods, as `IndexOf` is. A document without words is not found. */
export interface SearchedBy<T> {
  words(body: T): readonly string[];
  /** A search is within one of these: the agency. */
  scope(body: T): string;
  /** Milliseconds since 1970: the latest are found first. */
  at(body: T): number;
}

/** Written as a method, so that a kind of reports passes where any kind does. */
type IndexOf<T> = { valuesOf(body: T, owner: DocumentOwner): readonly KeyValue[] | undefined }['valuesOf'];

export interface StoredDocument<T> extends DocumentOwner {
  body: T;
}

export interface DocumentRange {
  index: string;
  /** The first values of the index, compared for equality. */
  under?: readonly KeyValue[];
  /** Of the value after them: at least `from`, less than `to`. */
  from?: KeyValue;
  to?: KeyValue;
}

export interface DocumentQuery extends DocumentRange {
  /** By the index, rising unless told. */
  order?: 'up' | 'down';
  /** `next` of the page before. */
  after?: string;
  limit: number;
}

export interface DocumentSearch {
  text: string;
  /** One, or any of several. */
  scope: string | readonly string[];
  after?: string;
  limit: number;
}

export interface DocumentPage<T> {
  documents: StoredDocument<T>[];
  next?: string;
}

export interface Documents {
  /** Throws CodedError `records.bad-document` when what is stored does not fit its kind; so does `find`. */
  get<T extends JsonObject>(kind: DocumentKind<T>, id: string): Promise<StoredDocument<T> | undefined>;
  /** Throws CodedError `records.bad-page` for a mark that is not of this query. */
  find<T extends JsonObject>(kind: DocumentKind<T>, query: DocumentQuery): Promise<DocumentPage<T>>;
  /** How many, counted up to `most`. */
  count<T extends JsonObject>(kind: DocumentKind<T>, range: DocumentRange, most: number): Promise<number>;
}

/** Documents that can be searched by words, beside the rest: what the desk needs. */
export interface SearchableDocuments extends Documents {
  /**
   * Documents in which every word of `text` occurs (without diacritics and case; whole words, single letters left out), the
   * latest first. Nothing for a text without words, or without a scope. Throws `records.bad-page` as `find`.
   */
  search<T extends JsonObject>(kind: DocumentKind<T>, query: DocumentSearch): Promise<DocumentPage<T>>;
}

/** A change for an effect: the whole document, new or in place of the one before. */
export function putDocument<T extends JsonObject>(
  { name }: DocumentKind<T>,
  id: string,
  body: T,
): { type: 'document'; kind: string; id: string; body: T } {
  return { type: 'document', kind: name, id, body };
}

export function removeDocument({ name }: Pick<DocumentKind, 'name'>, id: string) {
  return { type: 'document-remove' as const, kind: name, id };
}
