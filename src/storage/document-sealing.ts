// How a document becomes what is stored, and back, the same in both homes: checked, its keys computed, its body sealed.
import { CodedError } from '../lib/errors.js';
import type { LaneId } from '../lib/ids.js';
import type { JsonObject } from '../lib/json.js';
import type { Sealer } from '../lib/sealing.js';
import type { DocumentKind, StoredDocument } from '../records/documents.js';
import type { RecordWrite } from '../records/records.js';
import { documentKey } from './document-keys.js';
import { DocumentWords, type WordMarks } from './document-words.js';

export type DocumentChange = Extract<RecordWrite['change'], { type: 'document' | 'document-remove' }>;

/** A document whose body is gone leaves its number for this long: a late repeat of an older write must not bring it back. */
export const TOMBSTONE_MS = 7 * 86_400_000;

export interface SealedDocument {
  kind: string;
  id: string;
  lane: string;
  laneSeq: number;
  /** By index; empty when the document is removed. */
  keys: Record<string, string>;
  /** Absent: it is not found by words. */
  words?: WordMarks;
  keepUntil?: number;
  /** Absent: removed. */
  payload?: Buffer;
}

export class DocumentSealing {
  private readonly kinds: ReadonlyMap<string, DocumentKind>;
  /** Names of the kinds that stay when a citizen's records are deleted on request. */
  readonly staying: readonly string[];

  /** Of all kinds. */
  readonly names: readonly string[];
  readonly words: DocumentWords;

  constructor(
    kinds: readonly DocumentKind[],
    private readonly sealer: Sealer,
  ) {
    this.kinds = new Map(kinds.map((kind) => [kind.name, kind]));
    this.names = [...this.kinds.keys()];
    this.words = new DocumentWords(sealer);
    this.staying = kinds.filter(({ staysWhenForgotten }) => staysWhenForgotten).map(({ name }) => name);
  }

  /** Throws CodedError `records.unknown-kind` or `records.bad-document`, which names no value. */
  seal(
    { lane, laneSeq, change }: Omit<RecordWrite, 'id' | 'change'> & { change: DocumentChange },
    now: number,
  ): SealedDocument {
    const { kind: name, id } = change;
    const kind = this.kinds.get(name);
    if (kind === undefined) throw new CodedError('records.unknown-kind', `no kind of document is called ${name}`);
    if (change.type === 'document-remove') {
      return { kind: name, id, lane, laneSeq, keys: {}, keepUntil: now + TOMBSTONE_MS };
    }
    const body = checked(kind, change.body);
    const keys = Object.entries(kind.indexes).flatMap(([index, valuesOf]) => {
      const values = valuesOf(body, { id, lane });
      return values === undefined ? [] : [[index, documentKey(values, { id })] as const];
    });
    const keepUntil = kind.keepUntil?.(body);
    const words = this.words.of(kind, body);
    return {
      kind: name,
      id,
      lane,
      laneSeq,
      keys: Object.fromEntries(keys),
      ...(words === undefined ? {} : { words }),
      ...(keepUntil === undefined ? {} : { keepUntil }),
      payload: this.sealer.sealJson(body, documentSealedAs(name, id)),
    };
  }

  open<T extends JsonObject>(
    kind: DocumentKind<T>,
    { id, lane, payload }: { id: string; lane: string; payload: Uint8Array },
  ): StoredDocument<T> {
    const body = this.sealer.openJson(Buffer.from(payload), documentSealedAs(kind.name, id));
    return { id, lane: lane as LaneId, body: checked(kind, body) };
  }
}

/** As they are under the current key; for sealing anew. */
export function wordsOfSealed(kind: DocumentKind, words: DocumentWords, plain: Buffer): WordMarks | undefined {
  return kind.searched === undefined ? undefined : words.of(kind, checked(kind, JSON.parse(plain.toString('utf8'))));
}

export function documentSealedAs(kind: string, id: string): string {
  return `document:${kind}:${id}`;
}

function checked<T extends JsonObject>({ name, body }: DocumentKind<T>, value: unknown): T {
  const parsed = body.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new CodedError('records.bad-document', `a document of kind ${name} does not fit at: ${where}`);
}
