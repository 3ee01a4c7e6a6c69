// A token store for tests: in memory, shared by several channels as processes would share the real one, with switches to fail.
import type { AccountTokenStore, AccountTokens, StoredTokens } from '../../src/channels/account-tokens.js';

export class MemoryTokens implements AccountTokenStore {
  readonly stored = new Map<string, StoredTokens>();
  /** Every durable write in order. */
  readonly writes: AccountTokens[] = [];
  readonly #held = new Set<string>();
  failingSaves = 0;

  async load(account: string): Promise<StoredTokens | undefined> {
    return this.stored.get(account);
  }

  async save(account: string, tokens: AccountTokens, expected: number): Promise<boolean> {
    if (this.failingSaves > 0) {
      this.failingSaves -= 1;
      throw new Error('disk full');
    }
    const version = this.stored.get(account)?.version ?? 0;
    if (version !== expected) return false;
    this.stored.set(account, { tokens, version: version + 1 });
    this.writes.push(tokens);
    return true;
  }

  async exclusively<T>(account: string, work: () => Promise<T>): Promise<T | undefined> {
    if (this.#held.has(account)) return undefined;
    this.#held.add(account);
    try {
      return await work();
    } finally {
      this.#held.delete(account);
    }
  }
}
