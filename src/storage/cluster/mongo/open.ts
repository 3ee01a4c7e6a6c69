// The MongoDB half of the cluster home: records, blobs and account tokens on one connection.
import type { Connection } from 'mongoose';
import { type Clock, systemClock } from '../../../lib/clock.js';
import type { Sealer } from '../../../lib/sealing.js';
import { DOCUMENT_KINDS } from '../../../records/kinds.js';
import type { TurnStore } from '../../../turns/turn-store.js';
import { DocumentSealing } from '../../document-sealing.js';
import { MongoAccountTokens } from './account-tokens.js';
import { MongoBlobs } from './blobs.js';
import { connectMongo, type MongoOptions } from './connection.js';
import { MongoDocuments } from './documents.js';
import { reaching } from './failures.js';
import { MongoRecords } from './records.js';

export interface MongoHalfOptions extends MongoOptions {
  sealer: Sealer;
  /** Leases for the refresh of tokens. */
  leases: Pick<TurnStore, 'acquire' | 'renew' | 'release'>;
  /** Names this process in leases. */
  owner: string;
  clock?: Clock;
}

export interface MongoHalf {
  /** For the checks of tests and tools. */
  readonly connection: Connection;
  readonly records: MongoRecords;
  readonly documents: MongoDocuments;
  readonly blobs: MongoBlobs;
  readonly tokens: MongoAccountTokens;
  /** Rejects with StorageUnavailable when the server does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** See connectMongo for what it throws. */
export async function openMongo({ sealer, leases, owner, clock, ...options }: MongoHalfOptions): Promise<MongoHalf> {
  const connection = await connectMongo(options);
  return {
    connection,
    ...recordsOn(connection, {
      sealer,
      leases,
      owner,
      ...(clock === undefined ? {} : { clock }),
      ...(options.kinds === undefined ? {} : { kinds: options.kinds }),
    }),
    ping: () => reaching(async () => void (await connection.db?.command({ ping: 1 }))),
    close: () => connection.close(),
  };
}

export type RecordsOptions = Pick<MongoHalfOptions, 'sealer' | 'leases' | 'owner' | 'clock' | 'kinds'>;

/** Everything that is kept in MongoDB; the connection's models are its collections. */
export function recordsOn(
  connection: Connection,
  { sealer, leases, owner, clock = systemClock, kinds = DOCUMENT_KINDS }: RecordsOptions,
): Pick<MongoHalf, 'records' | 'documents' | 'blobs' | 'tokens'> {
  const documents = new MongoDocuments(connection, new DocumentSealing(kinds, sealer));
  const blobs = new MongoBlobs(connection, sealer);
  return {
    records: new MongoRecords(connection, sealer, documents, blobs, clock),
    documents,
    blobs,
    tokens: new MongoAccountTokens(connection, sealer, leases, owner),
  };
}
