// Where a channel keeps rotating tokens: sealed, versioned, one refresher at a time. Implemented by the records floor's storage.

export interface AccountTokens {
  accessToken: string;
  refreshToken: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export interface StoredTokens {
  tokens: AccountTokens;
  version: number;
}

/** `account` is `<channel>:<account>`. */
export interface AccountTokenStore {
  load(account: string): Promise<StoredTokens | undefined>;
  /** Durable before it resolves. False when another writer was faster (the stored version is not `expected`; 0 = none yet). */
  save(account: string, tokens: AccountTokens, expected: number): Promise<boolean>;
  /** Runs `work` while holding a lease that no other process can hold; undefined when the lease is taken. */
  exclusively<T>(account: string, work: () => Promise<T>): Promise<T | undefined>;
}
