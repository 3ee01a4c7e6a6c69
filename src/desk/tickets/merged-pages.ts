// Pages over several lists of documents that are sorted alike (one per agency), merged into one order. A page's mark is the place of
// its last document in that order, so what changes meanwhile neither repeats nor hides what stands still.
import { z } from 'zod';
import { CodedError } from '../../lib/errors.js';
import type { JsonObject } from '../../lib/json.js';
import type { DocumentKind, DocumentRange, Documents, StoredDocument } from '../../records/documents.js';

/** The numbers by which the lists are sorted, then the id. */
type Place = readonly [...number[], string];

export interface MergedLists<T extends JsonObject> {
  kind: DocumentKind<T>;
  index: string;
  order: 'up' | 'down';
  /** What the lists are under, one each; no document is in two. */
  under: readonly (readonly (string | number)[])[];
  /** End of the first number, not included. */
  to?: number;
  /** The whole numbers by which each list is sorted: one, or two of which the first is one of `firsts`. */
  numbersOf(body: T): readonly number[];
  /** The values of the first of two numbers, rising. */
  firsts?: readonly number[];
  /** Leaves out what is not to be shown. */
  shown?(document: StoredDocument<T>): boolean;
}

export interface MergedPage<T> {
  documents: StoredDocument<T>[];
  next?: string;
}

const placeSchema = z
  .array(z.union([z.number(), z.string().max(400)]))
  .min(2)
  .max(3);

/** Throws CodedError `records.bad-page` for a mark that is none of these lists'. */
export async function mergedPage<T extends JsonObject>(
  documents: Pick<Documents, 'find'>,
  lists: MergedLists<T>,
  limit: number,
  after?: string,
): Promise<MergedPage<T>> {
  const mark = after === undefined ? undefined : readPlace(after, lists.firsts === undefined ? 1 : 2);
  const found = await Promise.all(lists.under.map((under) => firstOf(documents, lists, under, limit + 1, mark)));
  const sign = lists.order === 'up' ? 1 : -1;
  const all = found
    .flat()
    .map((document) => ({ document, place: placeOf(lists, document) }))
    .sort((a, b) => sign * compare(a.place, b.place));
  const page = all.slice(0, limit);
  const last = page.at(-1);
  return {
    documents: page.map(({ document }) => document),
    ...(all.length > limit && last !== undefined ? { next: writePlace(last.place) } : {}),
  };
}

/** What stands at the mark's own number is read again: seldom more than so many. */
const SAME_PLACE = 10;

/** The first documents of one list after the mark. */
async function firstOf<T extends JsonObject>(
  documents: Pick<Documents, 'find'>,
  lists: MergedLists<T>,
  under: readonly (string | number)[],
  count: number,
  mark: Place | undefined,
): Promise<StoredDocument<T>[]> {
  const { kind, index, order, shown } = lists;
  const found: StoredDocument<T>[] = [];
  for (const range of rangesAfter(lists, under, mark)) {
    let after: string | undefined;
    do {
      const page = await documents.find(kind, {
        index,
        order,
        ...range,
        limit: mark === undefined ? count : count + SAME_PLACE,
        ...(after === undefined ? {} : { after }),
      });
      for (const document of page.documents)
        if (isAfter(lists, document, mark) && shown?.(document) !== false) found.push(document);
      after = page.next;
    } while (after !== undefined && found.length < count);
    if (found.length >= count) break;
  }
  return found;
}

type Range = Omit<DocumentRange, 'index'>;

function rangesAfter<T extends JsonObject>(
  { order, to, firsts }: MergedLists<T>,
  under: readonly (string | number)[],
  mark: Place | undefined,
): Range[] {
  const end = to === undefined ? {} : { to };
  if (mark === undefined) return [{ under, ...end }];
  const [first, second] = mark;
  if (firsts === undefined) {
    if (order === 'up') return [{ under, from: Number(first), ...end }];
    return [{ under, to: Math.min(Number(first) + 1, to ?? Number.POSITIVE_INFINITY) }];
  }
  // Of two numbers the second is compared under the first.
  return firsts
    .filter((value) => value >= Number(first))
    .map((value) => ({ under: [...under, value], ...(value === first ? { from: Number(second) } : {}) }));
}

function placeOf<T extends JsonObject>({ numbersOf }: MergedLists<T>, { id, body }: StoredDocument<T>): Place {
  return [...numbersOf(body), id];
}

function isAfter<T extends JsonObject>(
  lists: MergedLists<T>,
  document: StoredDocument<T>,
  mark: Place | undefined,
): boolean {
  if (mark === undefined) return true;
  const compared = compare(placeOf(lists, document), mark);
  return lists.order === 'up' ? compared > 0 : compared < 0;
}

function compare(a: Place, b: Place): number {
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i], b[i]];
    if (one === undefined || other === undefined || one === other) continue;
    return one < other ? -1 : 1;
  }
  return 0;
}

function writePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readPlace(mark: string, numbers: number): Place {
  try {
    const place = placeSchema.parse(JSON.parse(Buffer.from(mark, 'base64url').toString()));
    const id = place.pop();
    const whole = place.filter((part) => typeof part === 'number');
    if (typeof id === 'string' && whole.length === numbers && place.length === numbers) return [...whole, id];
  } catch {
    // Not ours, as below.
  }
  throw new CodedError('records.bad-page', 'not a page mark of this list');
}
