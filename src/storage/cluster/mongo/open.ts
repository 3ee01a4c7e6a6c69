// The MongoDB half of the cluster home: records, blobs and account tokens on one connection.
import type { Connection } from 'mongoose';
import type { Sealer } from '../../../lib/sealing.js';
import type { TurnStore } from '../../../turns/turn-store.js';
import { MongoAccountTokens } from './account-tokens.js';
import { MongoBlobs } from './blobs.js';
import { connectMongo, type MongoOptions } from './connection.js';
import { reaching } from './failures.js';
import { MongoRecords } from './records.js';

export interface MongoHalfOptions extends MongoOptions {
  sealer: Sealer;
  /** Leases for the refresh of tokens. */
  leases: Pick<TurnStore, 'acquire' | 'renew' | 'release'>;
  /** Names this process in leases. */
  owner: string;
}

export interface MongoHalf {
  /** For the checks of tests and tools. */
  readonly connection: Connection;
  readonly records: MongoRecords;
  readonly blobs: MongoBlobs;
  readonly tokens: MongoAccountTokens;
  /** Rejects with StorageUnavailable when the server does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** See connectMongo for what it throws. */
export async function openMongo({ sealer, leases, owner, ...options }: MongoHalfOptions): Promise<MongoHalf> {
  const connection = await connectMongo(options);
  return {
    connection,
    ...recordsOn(connection, { sealer, leases, owner }),
    ping: () => reaching(async () => void (await connection.db?.command({ ping: 1 }))),
    close: () => connection.close(),
  };
}

/** Everything that is kept in MongoDB; the connection's models are its collections. */
export function recordsOn(
  connection: Connection,
  { sealer, leases, owner }: Pick<MongoHalfOptions, 'sealer' | 'leases' | 'owner'>,
): Pick<MongoHalf, 'records' | 'blobs' | 'tokens'> {
  return {
    records: new MongoRecords(connection, sealer),
    blobs: new MongoBlobs(connection, sealer),
    tokens: new MongoAccountTokens(connection, sealer, leases, owner),
  };
}
