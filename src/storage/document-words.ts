// Words by which documents are found, as numbers made by a keyed hash of scope and folded word: whoever reads the storage learns
// no word from them. The same in both homes.
import { fold } from '../language/fold.js';
import { CodedError } from '../lib/errors.js';
import type { JsonObject } from '../lib/json.js';
import type { KeyedHash } from '../lib/keyed-hash.js';
import type { Sealer } from '../lib/sealing.js';
import type { DocumentKind } from '../records/documents.js';

/** Of one document. */
const MOST_WORDS = 300;
/** Of one search; more say nothing new. */
const MOST_ASKED = 12;
/** Bits of a hash that a number holds exactly. */
const DIGITS = 8;

/** `words`: 48-bit numbers, each once. */
export interface WordMarks {
  at: number;
  words: number[];
}

export interface SearchMark {
  at: number;
  id: string;
}

export class DocumentWords {
  private readonly hash: KeyedHash;

  constructor(sealer: Sealer) {
    this.hash = sealer.keyedHash('words');
  }

  /** Undefined for a document that is not found by words. */
  of<T extends JsonObject>({ name, searched }: DocumentKind<T>, body: T): WordMarks | undefined {
    if (searched === undefined) return undefined;
    const words = wordsIn(searched.words(body), MOST_WORDS);
    if (words.length === 0) return undefined;
    const scope = searched.scope(body);
    const marks = new Set(words.map((word) => numberOf(this.hash.current(marked(name, scope, word)))));
    return { at: Math.floor(searched.at(body)), words: [...marks] };
  }

  /** Each word's marks, one per key that it may stand under; all words must be there. */
  asked({ name }: Pick<DocumentKind, 'name'>, scope: string | readonly string[], text: string): number[][] {
    // A document has one scope: its words match under that one or not at all.
    const scopes = typeof scope === 'string' ? [scope] : scope;
    if (scopes.length === 0) return [];
    return wordsIn([text.slice(0, 500)], MOST_ASKED).map((word) =>
      scopes.flatMap((one) => this.hash.all(marked(name, one, word)).map(numberOf)),
    );
  }
}

export function searchMark({ at, id }: SearchMark): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** Throws CodedError `records.bad-page`. */
export function readSearchMark(mark: string): SearchMark {
  try {
    const [at, id] = JSON.parse(Buffer.from(mark, 'base64url').toString()) as unknown[];
    if (typeof at === 'number' && Number.isSafeInteger(at) && typeof id === 'string') return { at, id };
  } catch {
    // Not ours, as below.
  }
  throw new CodedError('records.bad-page', 'not a page mark of this query');
}

function wordsIn(texts: readonly string[], most: number): string[] {
  const words = new Set<string>();
  for (const text of texts)
    for (const word of fold(text).split(/[^\p{L}\p{N}]+/u)) {
      if (word.length < 2) continue;
      words.add(word.slice(0, 60));
      if (words.size >= most) return [...words];
    }
  return [...words];
}

function marked(kind: string, scope: string, word: string): string {
  return `${kind}\n${scope}\n${word}`;
}

/** Of the hash in base64url: its first 48 bits. */
function numberOf(hash: string): number {
  return Buffer.from(hash.slice(0, DIGITS), 'base64url').readUIntBE(0, 6);
}
