// A MongoDB for a test file, and databases of its own in it. How one is had is scripts/mongo-engine/.
import { randomBytes } from 'node:crypto';
import { type Connection, createConnection } from 'mongoose';
import { Sealer } from '../../src/lib/sealing.js';
import { type MongoHalf, type MongoHalfOptions, openMongo } from '../../src/storage/cluster/mongo/open.js';
import type { Lease } from '../../src/turns/turn-store.js';

const used: string[] = [];

/** The server's URI with a database that nobody else uses. */
export function freshDatabase(serverUri: string): string {
  const [, server = '', query = ''] = /^([^?]*?\/\/[^/?]+)[^?]*(\?.*)?$/.exec(serverUri) ?? [];
  const uri = `${server}/mot-cua-test-${randomBytes(6).toString('hex')}${query}`;
  used.push(uri);
  return uri;
}

/** For a server that lives longer than the test. */
export async function dropDatabases(): Promise<void> {
  for (const uri of used.splice(0)) await withDatabase(uri, (connection) => connection.dropDatabase());
}

export async function withDatabase<T>(uri: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection(uri).asPromise();
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** The MongoDB half alone; its leases are kept in memory. */
export function openHalf(uri: string, more: Partial<MongoHalfOptions> = {}): Promise<MongoHalf> {
  return openMongo({ uri, sealer: new Sealer([randomBytes(32)]), leases: memoryLeases(), owner: 'test', ...more });
}

export function memoryLeases(): MongoHalfOptions['leases'] {
  const held = new Map<string, Lease>();
  let epoch = 0;
  return {
    async acquire(name, owner) {
      if (held.has(name)) return undefined;
      epoch += 1;
      const lease = { name, owner, epoch, clean: true };
      held.set(name, lease);
      return lease;
    },
    async renew({ name, epoch: mine }) {
      return held.get(name)?.epoch === mine;
    },
    async release({ name, epoch: mine }) {
      if (held.get(name)?.epoch === mine) held.delete(name);
    },
  };
}
