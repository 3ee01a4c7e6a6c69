// How much a home takes up, as its storage itself tells.
import { join } from 'node:path';
import { Redis } from 'ioredis';
import Database from 'libsql';
import { until } from './waiting.js';

/** Pages of the database that hold something. The home must be closed: what is in the log would be missing. */
export function embeddedBytes(dataDir: string): number {
  const database = new Database(join(dataDir, 'mot-cua.db'));
  const pragma = (name: string) => {
    const row = database.prepare(`PRAGMA ${name}`).get() as Record<string, number>;
    return Number(Object.values(row)[0]);
  };
  const bytes = (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  database.close();
  return bytes;
}

/** Memory that Redis itself counts as used, once expired ids are gone and its log is not being rewritten. */
export async function redisBytes(url: string): Promise<number> {
  const redis = new Redis(url);
  try {
    const figure = async (section: string, name: string) =>
      Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(await redis.info(section))?.[1] ?? 0);
    await until(async () => (await figure('persistence', 'aof_rewrite_in_progress')) === 0, 'the log', 300_000, 200);
    // Redis drops expired keys at its leisure, all but every tenth soon; those that somebody comes across go at once.
    let cursor = '0';
    do [cursor] = await redis.scan(cursor, 'COUNT', 10_000);
    while (cursor !== '0');
    return await figure('memory', 'used_memory');
  } finally {
    redis.disconnect();
  }
}
