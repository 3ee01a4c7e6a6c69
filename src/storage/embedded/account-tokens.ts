// Rotating tokens of the platforms' accounts, sealed, on the same SQLite file.
import type { AccountTokenStore, AccountTokens, StoredTokens } from '../../channels/account-tokens.js';
import type { Sealer } from '../../lib/sealing.js';
import { exclusively, type Leases } from '../../turns/singleton.js';
import type { DatabaseThread } from './database-thread.js';
import type { reads, writes } from './operations.js';

export class EmbeddedAccountTokens implements AccountTokenStore {
  constructor(
    private readonly sealer: Sealer,
    private readonly leases: Leases,
    private readonly owner: string,
    private readonly writer: DatabaseThread<typeof writes>,
    private readonly reader: DatabaseThread<typeof reads>,
  ) {}

  async load(account: string): Promise<StoredTokens | undefined> {
    const row = await this.reader.call('tokens', account);
    if (row === undefined) return undefined;
    const tokens = this.sealer.openJson(Buffer.from(row.payload), tokensSealedAs(account)) as AccountTokens;
    return { tokens, version: row.version };
  }

  save(account: string, tokens: AccountTokens, expected: number): Promise<boolean> {
    const payload = this.sealer.sealJson(tokens, tokensSealedAs(account));
    return this.writer.call('saveTokens', { account, payload, expected });
  }

  exclusively<T>(account: string, work: () => Promise<T>): Promise<T | undefined> {
    return exclusively(this.leases, `tokens:${account}`, this.owner, work);
  }
}

export function tokensSealedAs(account: string): string {
  return `tokens:${account}`;
}
