// Documents on the same SQLite file: reading them. Writing is part of the records' batch (records.ts).
import type { JsonObject } from '../../lib/json.js';
import type {
  DocumentKind,
  DocumentPage,
  DocumentQuery,
  DocumentRange,
  DocumentSearch,
  SearchableDocuments,
  StoredDocument,
} from '../../records/documents.js';
import { keyOfMark, keyRange, pageMark } from '../document-keys.js';
import type { DocumentSealing } from '../document-sealing.js';
import { readSearchMark, searchMark } from '../document-words.js';
import type { DatabaseThread } from './database-thread.js';
import type { reads } from './operations.js';

export class EmbeddedDocuments implements SearchableDocuments {
  constructor(
    private readonly reader: DatabaseThread<typeof reads>,
    private readonly sealing: DocumentSealing,
  ) {}

  async get<T extends JsonObject>(kind: DocumentKind<T>, id: string): Promise<StoredDocument<T> | undefined> {
    const row = await this.reader.call('document', { kind: kind.name, id });
    return row === undefined ? undefined : this.sealing.open(kind, row);
  }

  async find<T extends JsonObject>(kind: DocumentKind<T>, query: DocumentQuery): Promise<DocumentPage<T>> {
    const { index, order = 'up', after, limit } = query;
    const range = keyRange(query);
    const mark = after === undefined ? undefined : keyOfMark(after, range);
    const rows = await this.reader.call('documents', {
      kind: kind.name,
      name: index,
      from: order === 'up' ? (mark ?? range.from) : range.from,
      to: order === 'down' ? (mark ?? range.to) : range.to,
      beyond: order === 'up' && mark !== undefined,
      order,
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      documents: page.map((row) => this.sealing.open(kind, row)),
      ...(rows.length > page.length && last !== undefined ? { next: pageMark(last.key) } : {}),
    };
  }

  count<T extends JsonObject>({ name }: DocumentKind<T>, range: DocumentRange, most: number): Promise<number> {
    return this.reader.call('countDocuments', { kind: name, name: range.index, ...keyRange(range), most });
  }

  async search<T extends JsonObject>(
    kind: DocumentKind<T>,
    { text, scope, after, limit }: DocumentSearch,
  ): Promise<DocumentPage<T>> {
    const words = this.sealing.words.asked(kind, scope, text);
    const before = after === undefined ? null : readSearchMark(after).at;
    if (words.length === 0) return { documents: [] };
    const rows = await this.reader.call('searchDocuments', { words, before, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      documents: page.map((row) => this.sealing.open(kind, row)),
      ...(rows.length > page.length && last !== undefined ? { next: searchMark({ at: last.n, id: last.id }) } : {}),
    };
  }
}
