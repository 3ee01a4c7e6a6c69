// The connection to MongoDB: durable writes, bounded waiting, and the checks of the start. What is stored is not known here.
import { type Connection, createConnection, type Model, type mongo, Schema } from 'mongoose';
import { CodedError } from '../../../lib/errors.js';
import type { Log } from '../../../lib/log.js';
import type { DocumentKind } from '../../../records/documents.js';
import { DOCUMENT_KINDS } from '../../../records/kinds.js';
import { reaching } from './failures.js';
import { migrate } from './migrations.js';

export interface MongoOptions {
  /** As MONGODB_URI: `mongodb://` or `mongodb+srv://`; its database, or `mot-cua`. */
  uri: string;
  /** An operation fails when the server says nothing for that long; half of it is left for finding a server. */
  answerWithinMs?: number;
  /** Whose indexes are made; DOCUMENT_KINDS unless told. */
  kinds?: readonly DocumentKind[];
  log?: Log;
}

const DEFAULT_DATABASE = 'mot-cua';
const ANSWER_WITHIN_MS = 8000;
const HEARTBEAT_MS = 2000;

// Nothing is a text and a payload like any other: "required" is about being there.
Schema.Types.String.checkRequired((value: unknown) => typeof value === 'string');
Schema.Types.Buffer.checkRequired((value: unknown) => Buffer.isBuffer(value));

/**
 * Connects, migrates and checks. Throws StorageUnavailable when no server answers, CodedError `mongo.not-primary` when it may
 * not be written, `storage.newer-data` when a newer program was here.
 */
export async function connectMongo({
  uri,
  answerWithinMs = ANSWER_WITHIN_MS,
  kinds = DOCUMENT_KINDS,
  log,
}: MongoOptions): Promise<Connection> {
  // An index over many documents takes longer than any other answer.
  const first = await connect(uri, { answerWithinMs, socketTimeoutMS: 0 });
  let single: boolean;
  try {
    single = await reaching(() => isSingle(first));
    await reaching(() => migrate(first, kinds));
  } finally {
    await first.close();
  }
  if (single)
    log?.warn({
      action: 'mongo.one-server',
      reason:
        'MongoDB is a single server: what is stored is lost with its disk; use a replica set, or back it up often',
    });
  // An acknowledged write is on the disks of most members. A single server is asked for its own disk: given "majority", it
  // acknowledges writes that a kill -9 takes along.
  const writeConcern = { w: single ? 1 : ('majority' as const), journal: true };
  return connect(uri, { answerWithinMs, socketTimeoutMS: answerWithinMs, writeConcern });
}

interface ConnectOptions {
  answerWithinMs: number;
  socketTimeoutMS: number;
  writeConcern?: { w: number | 'majority'; journal: boolean };
}

async function connect(uri: string, { answerWithinMs, ...options }: ConnectOptions): Promise<Connection> {
  const connection = createConnection(uri, {
    ...(namesDatabase(uri) ? {} : { dbName: DEFAULT_DATABASE }),
    ...options,
    appName: 'mot-cua',
    readPreference: 'primary',
    serverSelectionTimeoutMS: answerWithinMs / 2,
    connectTimeoutMS: answerWithinMs / 2,
    waitQueueTimeoutMS: answerWithinMs / 2,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    promoteBuffers: true,
    // A lost server is an error at once, not a queue in memory; indexes are the migrations' business.
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
  });
  connection.set('maxTimeMS', answerWithinMs / 2);
  try {
    return await reaching(() => connection.asPromise());
  } catch (error) {
    await connection.close(true).catch(() => undefined);
    throw error;
  }
}

function namesDatabase(uri: string): boolean {
  return /^mongodb(\+srv)?:\/\/[^/?]+\/[^?]/.test(uri);
}

async function isSingle(connection: Connection): Promise<boolean> {
  const hello = await connection.db?.admin().command({ hello: 1 });
  if (hello?.isWritablePrimary !== true)
    throw new CodedError('mongo.not-primary', 'MONGODB_URI leads to a server that may not be written');
  return hello.setName === undefined && hello.msg !== 'isdbgrid';
}

/** For writes that mongoose does not cast: their documents were validated before. */
export function rawCollection<Stored extends mongo.Document>(model: Model<Stored>): mongo.Collection<Stored> {
  return model.collection as unknown as mongo.Collection<Stored>;
}
