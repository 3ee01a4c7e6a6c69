// Putting the Redis half of a back-up back, with no bot at work. What counts and sorts what waits is made anew.
import { z } from 'zod';
import { CodedError } from '../../lib/errors.js';
import type { EventId, LaneId } from '../../lib/ids.js';
import { PARTITION_COUNT_KEY, partitionKeys, RESTORING } from '../cluster/redis/keys.js';
import type { RedisLink } from '../cluster/redis/link.js';
import { PUT_EVENT, PUT_POSITION, PUT_STATE, PUT_WAITING } from '../cluster/redis/lua/restore.js';
import { BOT_CONNECTIONS } from '../cluster/redis/open.js';
import { timerField, unpackItem, unpackTimer } from '../cluster/redis/packed.js';
import { listOf, numberOf, textOf } from '../cluster/redis/reply.js';
import type { Entry } from './archive.js';
import { scanKeys } from './redis-scan.js';

export const RESTORE_SCRIPTS = [PUT_EVENT, PUT_POSITION, PUT_WAITING, PUT_STATE] as const;

const partition = z.number().int().min(0).max(1023);
const position = z.string().regex(/^\d+-\d+$/);
const text = z.string();
const key = z.string().regex(/^\{(p:\d+|counter:.*)\}/s);
const expiresAt = z.number().int();

const redisHead = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), partition, position, id: text, lane: text, acceptedAt: z.number() }),
  z.object({ type: z.literal('position'), partition, position }),
  z.object({ type: z.literal('item'), partition, id: text }),
  z.object({ type: z.literal('timer'), partition, field: text }),
  z.object({ type: z.literal('tries'), partition, field: text, count: z.number().int().positive() }),
  z.object({ type: z.literal('state'), partition, lane: text }),
  z.object({ type: z.literal('string'), key, expiresAt }),
  z.object({ type: z.literal('hash'), key, expiresAt, values: z.array(text) }),
  z.object({ type: z.literal('zset'), key, expiresAt, values: z.array(text) }),
]);

export type RedisHead = z.output<typeof redisHead>;

/** Undefined for what is not of Redis, or not known. */
export function redisHeadOf(head: Entry['head']): RedisHead | undefined {
  const parsed = redisHead.safeParse(head);
  return parsed.success ? parsed.data : undefined;
}

/** Throws CodedError `storage.locked` while a bot is connected to this database, or holds a lease. */
export async function refuseBots(link: RedisLink): Promise<void> {
  if ((await botIsConnected(link)) || (await leaseIsHeld(link)))
    throw new CodedError('storage.locked', 'a bot uses this Redis, or died seconds ago: stop all of them first');
}

/** A bot that only takes webhooks holds no lease, but its connections have names. */
async function botIsConnected(link: RedisLink): Promise<boolean> {
  try {
    const [clients, own] = await Promise.all([link.command('CLIENT', 'LIST'), link.command('CLIENT', 'INFO')]);
    const database = / db=(\d+) /.exec(textOf(own))?.[1];
    return textOf(clients)
      .split('\n')
      .some((line) =>
        BOT_CONNECTIONS.some((use) => line.includes(` name=mot-cua-${use} `) && line.includes(` db=${database} `)),
      );
  } catch {
    // Not every service shows its clients; the leases tell of those that work.
    return false;
  }
}

async function leaseIsHeld(link: RedisLink): Promise<boolean> {
  const [seconds] = listOf(await link.command('TIME'));
  const now = numberOf(seconds) * 1000;
  for (const pattern of ['{lease:*', '{p:*}:lease']) {
    for await (const leases of scanKeys(link, pattern)) {
      const held = await Promise.all(leases.map((lease) => link.command('HGET', lease, 'until')));
      if (held.some((until) => Number(until ?? 0) > now)) return true;
    }
  }
  return false;
}

/** True when conversations are there; what only says how the deployment was set up does not count. */
export async function holdsConversations(link: RedisLink): Promise<boolean> {
  for (const pattern of ['{p:*', '{counter:*']) {
    for await (const keys of scanKeys(link, pattern)) if (keys.some((one) => !one.endsWith(':lease'))) return true;
  }
  return (
    (await link.command('GET', PARTITION_COUNT_KEY).then((count) => count !== null && textOf(count))) === RESTORING
  );
}

/** Empties the database of everything that is ours; from here to `finishRestore` no bot starts on it. */
export async function beginRestore(link: RedisLink): Promise<void> {
  const before = await link.command('GET', PARTITION_COUNT_KEY);
  await link.command('SET', PARTITION_COUNT_KEY, RESTORING);
  try {
    await refuseBots(link);
  } catch (error) {
    // One that started in between goes on as if nothing had been.
    if (before === null) await link.command('DEL', PARTITION_COUNT_KEY);
    else await link.command('SET', PARTITION_COUNT_KEY, textOf(before));
    throw error;
  }
  for await (const keys of scanKeys(link, '{*')) {
    const ours = keys.filter((one) => one !== PARTITION_COUNT_KEY);
    if (ours.length > 0) await link.command('UNLINK', ...ours);
  }
}

export async function finishRestore(link: RedisLink, partitions: number): Promise<void> {
  await link.command('SET', PARTITION_COUNT_KEY, partitions);
}

/** Calls of one link arrive in order: what follows need not wait for it. */
export async function putBack(link: RedisLink, head: RedisHead, body: Buffer): Promise<void> {
  if ('partition' in head) return putInto(link, head, body);
  const { key: name, expiresAt: at } = head;
  if (head.type === 'string') {
    await link.command('SET', name, body, ...(at < 0 ? [] : ['PXAT', at]));
    return;
  }
  const add =
    head.type === 'hash'
      ? link.command('HSET', name, ...head.values)
      : link.command('ZADD', name, ...swapped(head.values));
  await Promise.all([add, at < 0 ? undefined : link.command('PEXPIREAT', name, at)]);
}

async function putInto(link: RedisLink, head: Extract<RedisHead, { partition: number }>, body: Buffer): Promise<void> {
  const keys = partitionKeys(head.partition);
  const waiting = (lane: LaneId) => [keys.waiting, keys.state(lane)];
  switch (head.type) {
    case 'event': {
      const lane = head.lane as LaneId;
      const args = [head.position, head.id as EventId, lane, head.acceptedAt, body];
      await link.run(PUT_EVENT, [keys.events, ...waiting(lane)], args);
      return;
    }
    case 'position':
      await link.run(PUT_POSITION, [keys.events], [head.position]);
      return;
    case 'item': {
      const { id, lane, createdAt } = unpackItem(head.id, head.partition, body, 0);
      await link.run(PUT_WAITING, [keys.outbox, keys.outboxAge, ...waiting(lane)], [id, body, createdAt, lane]);
      return;
    }
    case 'timer': {
      const timer = unpackTimer(head.partition, body);
      const args = [timerField(timer), body, timer.dueAt, timer.lane];
      await link.run(PUT_WAITING, [keys.timers, keys.due, ...waiting(timer.lane)], args);
      return;
    }
    case 'tries':
      await link.command('HSET', keys.tries, head.field, head.count);
      return;
    case 'state': {
      const lane = head.lane as LaneId;
      await link.run(PUT_STATE, [keys.state(lane), keys.waiting], [lane, body]);
      return;
    }
  }
}

/** Redis tells member and score, and takes score and member. */
function swapped(values: readonly string[]): string[] {
  return Array.from({ length: values.length / 2 }, (_, index) => [
    values[2 * index + 1] ?? '',
    values[2 * index] ?? '',
  ]).flat();
}
