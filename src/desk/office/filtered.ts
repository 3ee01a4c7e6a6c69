// A page of what lies in one list for all agencies, of which only some may be seen: reads on until the page has something, within a
// bound.
import type { Page } from '../api.js';
import { PAGE_ROWS } from './scope.js';

/** Pages of the storage read for one page of the desk; a page may then be short, or empty, and still name the next. */
const MOST_READS = 20;

export interface Filtered<Row, View> {
  after: string | undefined;
  read(after: string | undefined, limit: number): Promise<{ items: readonly Row[]; next: string | undefined }>;
  /** Undefined for what is left out. */
  view(row: Row): Promise<View | undefined>;
}

/** Whole pages of the storage go into it, so that its mark is the storage's own: at most twice the usual number of rows, less one. */
export async function inAgencies<Row, View>({ after, read, view }: Filtered<Row, View>): Promise<Page<View>> {
  const items: View[] = [];
  let next = after;
  for (let reads = 0; reads < MOST_READS && items.length < PAGE_ROWS; reads++) {
    const page = await read(next, PAGE_ROWS);
    const views = await Promise.all(page.items.map((row) => view(row)));
    for (const shown of views) if (shown !== undefined) items.push(shown);
    next = page.next;
    if (next === undefined) break;
  }
  return { items, ...(next === undefined ? {} : { next }) };
}
