// Pages over records ordered by (updatedAt, id). The cursor names the last record given, so a listing goes on rightly
// while records change, and it remembers the `updatedSince` that it was begun with.
import { z } from 'zod';
import { badRequest } from './problem.js';

interface Position {
  at: number;
  id: string;
}

const cursorSchema = z.strictObject({ since: z.int().nullable(), at: z.int(), id: z.string().max(100) });

export interface PageRequest {
  since: number | undefined;
  cursor: string | undefined;
  limit: number;
}

export interface Page<T> {
  items: T[];
  nextCursor?: string;
  /** The `updatedSince` of the whole listing: the parameter, or what the cursor remembers of it. */
  since: number | undefined;
}

export function pageOf<T extends { updatedAt: string }>(
  records: Iterable<T>,
  idOf: (record: T) => string,
  { since: given, cursor, limit }: PageRequest,
): Page<T> {
  const start = cursor === undefined ? undefined : decode(cursor);
  if (start !== undefined && given !== undefined && given !== start.since) {
    throw badRequest('bad-cursor', 'The cursor belongs to a listing with another updatedSince');
  }
  const since = given ?? start?.since ?? undefined;
  const position = (record: T): Position => ({ at: Date.parse(record.updatedAt), id: idOf(record) });
  const wanted = [...records]
    .map((record) => ({ record, ...position(record) }))
    .filter((entry) => entry.at >= (since ?? Number.NEGATIVE_INFINITY))
    .filter((entry) => start === undefined || compare(entry, start) > 0)
    .sort(compare);
  const items = wanted.slice(0, limit);
  const last = items.at(-1);
  const page: Page<T> = { items: items.map((entry) => entry.record), since };
  if (last !== undefined && wanted.length > limit) page.nextCursor = encode(last, since);
  return page;
}

function compare(one: Position, other: Position): number {
  if (one.at !== other.at) return one.at - other.at;
  return one.id < other.id ? -1 : Number(one.id > other.id);
}

function encode({ at, id }: Position, since: number | undefined): string {
  return Buffer.from(JSON.stringify({ since: since ?? null, at, id })).toString('base64url');
}

function decode(cursor: string): z.infer<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw badRequest('bad-cursor', 'The cursor was not given out by this portal');
  }
}
