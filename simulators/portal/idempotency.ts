// Remembers what was answered under an Idempotency-Key, per route. A repeated key with another body is a mistake of the
// caller and refused: answering it with the first outcome would hide the mistake.
import { createHash } from 'node:crypto';
import { Problem } from './problem.js';

export interface IdempotencyKeys<T> {
  /** The remembered outcome of this key, or undefined when it is new. */
  recall(key: string, body: Buffer): T | undefined;
  remember(key: string, body: Buffer, outcome: T): void;
}

export function createIdempotencyKeys<T>(): IdempotencyKeys<T> {
  const seen = new Map<string, { digest: string; outcome: T }>();
  const digestOf = (body: Buffer): string => createHash('sha256').update(body).digest('hex');
  return {
    recall(key, body) {
      const known = seen.get(key);
      if (known === undefined) return undefined;
      if (known.digest !== digestOf(body)) {
        throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came before with another body');
      }
      return known.outcome;
    },
    remember(key, body, outcome) {
      seen.set(key, { digest: digestOf(body), outcome });
    },
  };
}
