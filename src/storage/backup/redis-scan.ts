// Walking through Redis slice by slice: keys, and the fields of a hash. A scan may show the same one twice.
import type { RedisLink } from '../cluster/redis/link.js';
import { bytesOf, listOf, textOf } from '../cluster/redis/reply.js';

const SLICE = 500;

export async function* scanKeys(link: RedisLink, pattern: string): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, keys] = listOf(await link.command('SCAN', cursor, 'MATCH', pattern, 'COUNT', SLICE));
    const found = listOf(keys).map(textOf);
    if (found.length > 0) yield found;
    cursor = textOf(next);
  } while (cursor !== '0');
}

export async function* hashEntries(link: RedisLink, key: string): AsyncGenerator<[field: string, value: Buffer]> {
  let cursor = '0';
  do {
    const [next, reply] = listOf(await link.command('HSCAN', key, cursor, 'COUNT', SLICE));
    const flat = listOf(reply);
    for (let at = 0; at < flat.length; at += 2) yield [textOf(flat[at]), bytesOf(flat[at + 1])];
    cursor = textOf(next);
  } while (cursor !== '0');
}
