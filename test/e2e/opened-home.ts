// What a home holds, opened with its key, as one text: for tests that look for what must not be there any more.
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import type { Sealer } from '../../src/lib/sealing.js';
import { DOCUMENT_KINDS } from '../../src/records/kinds.js';
import { collectionOf } from '../../src/storage/cluster/mongo/document-schema.js';
import { unpackState } from '../../src/storage/cluster/redis/packed.js';
import { documentSealedAs } from '../../src/storage/document-sealing.js';
import { bytes, Sql, text } from '../../src/storage/embedded/sql.js';
import { notUnderstoodSealedAs } from '../../src/storage/not-understood-sealing.js';
import { sealedAs } from '../../src/turns/codec.js';

/** The bot may run meanwhile. */
export function openedFolder(dataDir: string, sealer: Sealer): string {
  const sql = new Sql({ file: `${dataDir}/mot-cua.db` });
  const open = (payload: Buffer, context: string) => sealer.open(payload, context).toString();
  try {
    return [
      ...sql.all('SELECT * FROM states').map((row) => open(bytes(row, 'payload'), sealedAs.state(text(row, 'lane')))),
      ...sql.all('SELECT * FROM documents WHERE payload IS NOT NULL').map((row) => {
        const [kind, id] = [text(row, 'kind'), text(row, 'id')];
        return `${id} ${open(bytes(row, 'payload'), documentSealedAs(kind, id))}`;
      }),
      ...sql.all('SELECT * FROM document_keys').map((row) => text(row, 'key')),
      ...sql
        .all('SELECT * FROM not_understood')
        .map((row) => open(bytes(row, 'payload'), notUnderstoodSealedAs(text(row, 'id')))),
      ...sql.all('SELECT * FROM contacts').map((row) => text(row, 'body')),
    ].join('\n');
  } finally {
    sql.close();
  }
}

export async function openedServers(redisUrl: string, mongoUri: string, sealer: Sealer): Promise<string> {
  const redis = new Redis(redisUrl);
  const mongo = await mongoose.createConnection(mongoUri).asPromise();
  const found: string[] = [];
  try {
    for (const key of await redis.keys('*:s:*')) {
      const packed = await redis.getBuffer(key);
      const lane = key.slice(key.indexOf(':s:') + 3);
      if (packed !== null) found.push(sealer.open(unpackState(packed), sealedAs.state(lane)).toString());
    }
    const rows = (name: string) =>
      mongo.collection<{ _id: string; payload?: { buffer: Buffer } }>(name).find({}).toArray();
    for (const { name } of DOCUMENT_KINDS) {
      for (const { _id, payload, ...rest } of await rows(collectionOf(name))) {
        const body = payload === undefined ? '' : sealer.open(Buffer.from(payload.buffer), documentSealedAs(name, _id));
        found.push(_id, JSON.stringify(rest), body.toString());
      }
    }
    for (const { _id, payload } of await rows('not_understood'))
      if (payload !== undefined)
        found.push(sealer.open(Buffer.from(payload.buffer), notUnderstoodSealedAs(_id)).toString());
    found.push(JSON.stringify(await mongo.collection('contacts').find({}).toArray()));
  } finally {
    redis.disconnect();
    await mongo.close();
  }
  return found.join('\n');
}
