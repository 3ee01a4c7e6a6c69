// Sealing one stored value anew under the current key, and the count of what was and could not be. Where values lie is
// known to reseal-embedded.ts and reseal-cluster.ts.
import { CodedError } from '../../lib/errors.js';
import type { Sealer } from '../../lib/sealing.js';
import type { DocumentKind } from '../../records/documents.js';
import { sealedAs } from '../../turns/codec.js';
import { documentSealedAs, wordsOfSealed } from '../document-sealing.js';
import { DocumentWords, type WordMarks } from '../document-words.js';
import type { Resealed } from './home-backup.js';

/** `fresh`: nothing to do. `unreadable`: DATA_KEY does not open it. Otherwise the bytes that take its place. */
export type ResealOutcome = 'fresh' | 'unreadable' | Buffer;

export class Resealing {
  private readonly words: DocumentWords;

  constructor(private readonly sealer: Sealer) {
    this.words = new DocumentWords(sealer);
  }

  /** The words of a document that was sealed anew, as they are under the current key. */
  wordsOf(kind: DocumentKind, id: string, sealed: Buffer): WordMarks | undefined {
    return wordsOfSealed(kind, this.words, this.sealer.open(sealed, documentSealedAs(kind.name, id)));
  }

  value(sealed: Buffer, context: string): ResealOutcome {
    const by = this.sealer.sealedBy(sealed);
    if (by === 'current') return 'fresh';
    if (by === 'unknown') return 'unreadable';
    const plain = this.open(sealed, context);
    return plain === undefined ? 'unreadable' : this.sealer.seal(plain, context);
  }

  /** An outbox item. One that will write a dead letter carries the letter's own sealed payload inside. */
  item(sealed: Buffer, id: string): ResealOutcome {
    const context = sealedAs.item(id);
    const plain = this.open(sealed, context);
    if (plain === undefined) return 'unreadable';
    const inner = this.letterInside(plain);
    if (inner === 'unreadable') return 'unreadable';
    if (inner === 'fresh') return this.value(sealed, context);
    return this.sealer.seal(inner, context);
  }

  /** A dead letter keeps what it is about as it was sealed there. */
  letter(sealed: Buffer, id: string): ResealOutcome {
    // Emptied when its citizen was forgotten.
    if (sealed.length === 0) return 'fresh';
    const [, source = '', original = ''] = /^([a-z]+):(.*)$/s.exec(id) ?? [];
    if (source === 'event') return this.value(sealed, sealedAs.event(original));
    if (source === 'webhook') return this.value(sealed, sealedAs.raw(id));
    return this.item(sealed, original);
  }

  private letterInside(plain: Buffer): ResealOutcome {
    const change = JSON.parse(plain.toString('utf8')) as { type?: unknown; letter?: { id: string; payload: string } };
    if (change.type !== 'dead-letter' || change.letter === undefined) return 'fresh';
    const { letter } = change;
    const payload = this.letter(Buffer.from(letter.payload, 'base64'), letter.id);
    if (!Buffer.isBuffer(payload)) return payload;
    return Buffer.from(JSON.stringify({ ...change, letter: { ...letter, payload: payload.toString('base64') } }));
  }

  private open(sealed: Buffer, context: string): Buffer | undefined {
    try {
      return this.sealer.open(sealed, context);
    } catch (error) {
      if (error instanceof CodedError) return undefined;
      throw error;
    }
  }
}

export class ResealCount implements Resealed {
  resealed = 0;
  readonly left = new Map<string, number>();
  readonly unreadable = new Map<string, number>();

  addLeft(kind: string, count = 1): void {
    if (count > 0) this.left.set(kind, (this.left.get(kind) ?? 0) + count);
  }

  addUnreadable(kind: string): void {
    this.unreadable.set(kind, (this.unreadable.get(kind) ?? 0) + 1);
  }
}
