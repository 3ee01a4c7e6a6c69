// Rotating tokens of the platforms' accounts, sealed, in MongoDB. One refresher at a time by a lease of the turn store.
import type { Connection, Model } from 'mongoose';
import type { AccountTokenStore, AccountTokens, StoredTokens } from '../../../channels/account-tokens.js';
import type { Sealer } from '../../../lib/sealing.js';
import type { Lease, TurnStore } from '../../../turns/turn-store.js';
import { type AccountTokenDocument, accountTokenSchema } from './account-token-schema.js';
import { isDuplicateKey, reaching } from './failures.js';

const LEASE_MS = 15_000;
const RENEW_EVERY_MS = LEASE_MS / 3;

export class MongoAccountTokens implements AccountTokenStore {
  private readonly documents: Model<AccountTokenDocument>;

  constructor(
    connection: Connection,
    private readonly sealer: Sealer,
    private readonly leases: Pick<TurnStore, 'acquire' | 'renew' | 'release'>,
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
        tokens: this.sealer.openJson(found.payload, contextOf(account)) as AccountTokens,
        version: found.version,
      };
    });
  }

  save(account: string, tokens: AccountTokens, expected: number): Promise<boolean> {
    const payload = this.sealer.sealJson(tokens, contextOf(account));
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

  async exclusively<T>(account: string, work: () => Promise<T>): Promise<T | undefined> {
    const lease = await this.leases.acquire(`tokens:${account}`, this.owner, LEASE_MS);
    if (lease === undefined) return undefined;
    const renewing = setInterval(() => void this.renew(lease), RENEW_EVERY_MS).unref();
    try {
      return await work();
    } finally {
      clearInterval(renewing);
      // What the work returned counts more: a lease that was not given up ends by itself.
      await this.leases.release(lease).catch(() => undefined);
    }
  }

  /** A lease that could not be renewed does not stop the work: `save` notices when somebody else was faster. */
  private async renew(lease: Lease): Promise<void> {
    await this.leases.renew(lease, LEASE_MS).catch(() => false);
  }
}

function contextOf(account: string): string {
  return `tokens:${account}`;
}
