// Reads of whole partitions: pending events, unsettled items, due timers, and what waits. They change nothing.
import type { Backlog, DueTimer, OutboxItem, StoredEvent } from '../../../turns/turn-store.js';
import type { PartitionKeys } from './keys.js';
import type { RedisLink } from './link.js';
import { unpackEvent, unpackItem, unpackTimer } from './packed.js';
import { listOf, numberOf, type Reply, textOf } from './reply.js';

const SCAN_SLICE = 500;

export class PartitionReads {
  constructor(private readonly link: RedisLink) {}

  /** `after`: a position, or `-` for the oldest on. */
  async events(
    partition: number,
    keys: PartitionKeys,
    { after, limit, withTries }: { after: string; limit: number; withTries: boolean },
  ): Promise<StoredEvent[]> {
    const from = after === '-' ? after : `(${after}`;
    const [entries, tries] = await Promise.all([
      this.link.command('XRANGE', keys.events, from, '+', 'COUNT', limit),
      withTries ? this.tries(keys) : undefined,
    ]);
    const events = listOf(entries).map((entry) => unpackEvent(partition, entry));
    for (const event of events) {
      event.throws = tries?.get(`t:${event.position}`) ?? 0;
      event.deaths = tries?.get(`d:${event.position}`) ?? 0;
    }
    return events;
  }

  async unsettled(partition: number, keys: PartitionKeys): Promise<OutboxItem[]> {
    const tries = await this.tries(keys);
    // A scan may show an item twice.
    const items = new Map<string, OutboxItem>();
    let cursor = '0';
    do {
      const [next, fields] = listOf(await this.link.command('HSCAN', keys.outbox, cursor, 'COUNT', SCAN_SLICE));
      for (const [field, packed] of pairsOf(fields)) {
        const id = textOf(field);
        items.set(id, unpackItem(id, partition, packed as Buffer, tries.get(`r:${id}`) ?? 0));
      }
      cursor = textOf(next);
    } while (cursor !== '0');
    return [...items.values()].sort((a, b) => (a.lane < b.lane ? -1 : a.lane > b.lane ? 1 : a.laneSeq - b.laneSeq));
  }

  async dueTimers(partition: number, keys: PartitionKeys, now: number, limit: number): Promise<DueTimer[]> {
    const fields = listOf(await this.link.command('ZRANGEBYSCORE', keys.due, '-inf', now, 'LIMIT', 0, limit));
    if (fields.length === 0) return [];
    const packed = listOf(await this.link.command('HMGET', keys.timers, ...fields.map((field) => field as Buffer)));
    const timers = packed.flatMap((value) => (Buffer.isBuffer(value) ? [unpackTimer(partition, value)] : []));
    // Between the two reads a timer may have been set anew.
    return timers.filter(({ dueAt }) => dueAt <= now);
  }

  async backlog(partitions: readonly PartitionKeys[]): Promise<Backlog> {
    const backlogs = await Promise.all(partitions.map((keys) => this.backlogOf(keys)));
    const sum = (of: (backlog: Backlog) => number) => backlogs.reduce((total, backlog) => total + of(backlog), 0);
    const oldestEventAt = earliest(backlogs.map((backlog) => backlog.oldestEventAt));
    const oldestOutboxAt = earliest(backlogs.map((backlog) => backlog.oldestOutboxAt));
    return {
      events: sum(({ events }) => events),
      outbox: sum(({ outbox }) => outbox),
      timers: sum(({ timers }) => timers),
      ...(oldestEventAt === undefined ? {} : { oldestEventAt }),
      ...(oldestOutboxAt === undefined ? {} : { oldestOutboxAt }),
    };
  }

  private async backlogOf(keys: PartitionKeys): Promise<Backlog> {
    const [events, oldest, outbox, oldestItem, timers] = await Promise.all([
      this.link.command('XLEN', keys.events),
      this.link.command('XRANGE', keys.events, '-', '+', 'COUNT', 1),
      this.link.command('HLEN', keys.outbox),
      this.link.command('ZRANGE', keys.outboxAge, 0, 0, 'WITHSCORES'),
      this.link.command('ZCARD', keys.due),
    ]);
    const [head] = listOf(oldest);
    const [, itemAt] = listOf(oldestItem);
    return {
      events: numberOf(events),
      outbox: numberOf(outbox),
      timers: numberOf(timers),
      ...(head === undefined ? {} : { oldestEventAt: unpackEvent(0, head).acceptedAt }),
      ...(itemAt === undefined ? {} : { oldestOutboxAt: numberOf(itemAt) }),
    };
  }

  /** Few at any time: only what threw, killed a process or was sent twice. */
  private async tries(keys: PartitionKeys): Promise<ReadonlyMap<string, number>> {
    const pairs = pairsOf(await this.link.command('HGETALL', keys.tries));
    return new Map(pairs.map(([field, count]) => [textOf(field), numberOf(count)]));
  }
}

function pairsOf(reply: Reply): [Reply, Reply][] {
  const flat = listOf(reply);
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index], flat[2 * index + 1]]);
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
