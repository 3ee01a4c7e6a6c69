// Rotating tokens of the platforms' accounts, sealed, in MongoDB. One refresher at a time by a lease of the turn store.
import type { Connection, Model } from 'mongoose';
import type { AccountTokenStore, AccountTokens, StoredTokens } from '../../../channels/account-tokens.js';
import type { Sealer } from '../../../lib/sealing.js';
import { exclusively, type Leases } from '../../../turns/singleton.js';
import { type AccountTokenDocument, accountTokenSchema } from './account-token-schema.js';
import { isDuplicateKey, reaching } from './failures.js';

export class MongoAccountTokens implements AccountTokenStore {
  private readonly documents: Model<AccountTokenDocument>;

  constructor(
    connection: Connection,
    private readonly sealer: Sealer,
    private readonly leases: Leases,
    /** Names this process in leases. */
    private readonly owner: string,
  ) {
    this.documents = connection.model<AccountTokenDocument>('AccountToken', accountTokenSchema);
  }

  load(account: string): Promise<StoredTokens | undefined> {
    return reaching(async () => {
      const found = await this.documents.findById(account).lean();
      if (found === null) return undefined;
      return {
        tokens: this.sealer.openJson(found.payload, tokensSealedAs(account)) as AccountTokens,
        version: found.version,
      };
    });
  }

  save(account: string, tokens: AccountTokens, expected: number): Promise<boolean> {
    const payload = this.sealer.sealJson(tokens, tokensSealedAs(account));
    const version = expected + 1;
    return reaching(async () => {
      if (expected > 0) {
        const { matchedCount } = await this.documents.updateOne(
          { _id: account, version: expected },
          { version, payload },
        );
        return matchedCount === 1;
      }
      try {
        await this.documents.create({ _id: account, version, payload });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    });
  }

  exclusively<T>(account: string, work: () => Promise<T>): Promise<T | undefined> {
    return exclusively(this.leases, `tokens:${account}`, this.owner, work);
  }
}

export function tokensSealedAs(account: string): string {
  return `tokens:${account}`;
}
