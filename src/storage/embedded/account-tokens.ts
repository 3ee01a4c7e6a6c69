// Rotating tokens of the platforms' accounts, sealed, on the same SQLite file.
import type { AccountTokenStore, AccountTokens, StoredTokens } from '../../channels/account-tokens.js';
import type { Sealer } from '../../lib/sealing.js';
import type { TurnStore } from '../../turns/turn-store.js';
import type { DatabaseThread } from './database-thread.js';
import type { reads, writes } from './operations.js';

/** Longer than a refresh with its repeat can take. */
const REFRESH_LEASE_MS = 60_000;

export class EmbeddedAccountTokens implements AccountTokenStore {
  constructor(
    private readonly sealer: Sealer,
    private readonly leases: TurnStore,
    private readonly owner: string,
    private readonly writer: DatabaseThread<typeof writes>,
    private readonly reader: DatabaseThread<typeof reads>,
  ) {}

  async load(account: string): Promise<StoredTokens | undefined> {
    const row = await this.reader.call('tokens', account);
    if (row === undefined) return undefined;
    const tokens = this.sealer.openJson(Buffer.from(row.payload), contextOf(account)) as AccountTokens;
    return { tokens, version: row.version };
  }

  save(account: string, tokens: AccountTokens, expected: number): Promise<boolean> {
    const payload = this.sealer.sealJson(tokens, contextOf(account));
    return this.writer.call('saveTokens', { account, payload, expected });
  }

  async exclusively<T>(account: string, work: () => Promise<T>): Promise<T | undefined> {
    const lease = await this.leases.acquire(`tokens:${account}`, this.owner, REFRESH_LEASE_MS);
    if (lease === undefined) return undefined;
    try {
      return await work();
    } finally {
      await this.leases.release(lease);
    }
  }
}

function contextOf(account: string): string {
  return `tokens:${account}`;
}
