// The Redis half of a back-up: what all partitions hold at one moment, while bots go on working (lua/copy.ts). Leases are
// left out: whoever held them is not there after a restore.
import { randomUUID } from 'node:crypto';
import { CodedError } from '../../lib/errors.js';
import type { LaneId } from '../../lib/ids.js';
import { PARTITION_COUNT_KEY, type PartitionKeys, partitionKeys, RESTORING } from '../cluster/redis/keys.js';
import type { RedisLink } from '../cluster/redis/link.js';
import { BEGIN_COPY, END_COPY, KEEP_COPY } from '../cluster/redis/lua/copy.js';
import { unpackEvent } from '../cluster/redis/packed.js';
import { bytesOf, listOf, numberOf, textOf } from '../cluster/redis/reply.js';
import type { Entry } from './archive.js';
import type { Progress } from './home-backup.js';
import { hashEntries, scanKeys } from './redis-scan.js';

export const COPY_SCRIPTS = [BEGIN_COPY, KEEP_COPY, END_COPY] as const;

const COPY_LIFE_MS = 60_000;
const KEEP_EVERY_MS = 10_000;
const SLICE = 500;
const EMPTY = Buffer.alloc(0);

export class RedisCopy {
  private readonly keeping: NodeJS.Timeout;
  private lost = false;

  private constructor(
    private readonly link: RedisLink,
    private readonly partitions: readonly PartitionKeys[],
    /** Per partition: no event of the copy has a later one. */
    private readonly positions: readonly string[],
    private readonly token: string,
  ) {
    this.keeping = setInterval(() => {
      this.keep().catch(() => {
        // The next round tries again; the copies live through several of them.
      });
    }, KEEP_EVERY_MS);
  }

  /** From here on it is a copy of this moment. Throws CodedError `backup.nothing`, `redis.restoring`, `backup.under-way`. */
  static async begin(link: RedisLink): Promise<RedisCopy> {
    const stored = await link.command('GET', PARTITION_COUNT_KEY);
    if (stored === null) throw new CodedError('backup.nothing', 'this Redis holds no data of a bot');
    if (textOf(stored) === RESTORING)
      throw new CodedError('redis.restoring', 'a restore into this Redis is under way, or was broken off');
    const partitions = Array.from({ length: numberOf(stored) }, (_, partition) => partitionKeys(partition));
    const keys = partitions.flatMap(({ events, tries, outbox, timers, copy }) => [
      ...[events, tries, outbox, timers],
      ...[copy.events, copy.tries, copy.outbox, copy.timers, copy.states],
    ]);
    const token = randomUUID();
    const positions = await link.run(BEGIN_COPY, keys, [token, COPY_LIFE_MS]);
    if (positions === null)
      throw new CodedError(
        'backup.under-way',
        'another back-up is under way, or was broken off less than a minute ago',
      );
    return new RedisCopy(link, partitions, listOf(positions).map(textOf), token);
  }

  get partitionCount(): number {
    return this.partitions.length;
  }

  async *entries(progress: Progress): AsyncGenerator<Entry> {
    for (const [partition, keys] of this.partitions.entries()) {
      progress(`what waits in partition ${partition} of ${this.partitions.length}`);
      yield* this.waiting(partition, keys);
      this.check();
    }
    let count = 0;
    for await (const slice of scanKeys(this.link, '{*')) {
      for (const entry of await this.stored(slice)) yield entry;
      count += slice.length;
      progress(`${count} keys of Redis`);
      this.check();
    }
    // States that bots changed or forgot since the beginning, as they were then.
    for (const [partition, { copy }] of this.partitions.entries()) {
      for await (const [lane, packed] of hashEntries(this.link, copy.states)) {
        if (lane !== '' && packed.length > 0) yield stateEntry(partition, lane, packed);
      }
    }
    await this.keep();
    this.check();
  }

  /** Gives the copies up. */
  async close(): Promise<void> {
    clearInterval(this.keeping);
    await this.link.run(END_COPY, this.copyKeys(), [this.token]);
  }

  private async *waiting(partition: number, { copy }: PartitionKeys): AsyncGenerator<Entry> {
    for (let from = '-'; ; ) {
      const found = listOf(await this.link.command('XRANGE', copy.events, from, '+', 'COUNT', SLICE));
      for (const entry of found) {
        const { position, id, lane, acceptedAt, payload } = unpackEvent(partition, entry);
        yield { head: { type: 'event', partition, position, id, lane, acceptedAt }, body: payload };
      }
      const last = found.at(-1);
      if (last === undefined) break;
      from = `(${unpackEvent(partition, last).position}`;
    }
    yield { head: { type: 'position', partition, position: this.positions[partition] ?? '0-0' }, body: EMPTY };
    for await (const [id, packed] of hashEntries(this.link, copy.outbox))
      yield { head: { type: 'item', partition, id }, body: packed };
    for await (const [field, packed] of hashEntries(this.link, copy.timers))
      yield { head: { type: 'timer', partition, field }, body: packed };
    for await (const [field, count] of hashEntries(this.link, copy.tries))
      yield { head: { type: 'tries', partition, field, count: Number(count.toString()) }, body: EMPTY };
  }

  /** What these keys held at the beginning. */
  private async stored(keys: readonly string[]): Promise<Entry[]> {
    const found = await Promise.all(keys.map((key) => this.entryOf(key)));
    return found.filter((entry) => entry !== undefined);
  }

  private entryOf(key: string): Promise<Entry | undefined> | undefined {
    const [, number, rest = ''] = /^\{p:(\d+)\}:(.*)$/s.exec(key) ?? [];
    if (number === undefined) return key.startsWith('{counter:') ? this.otherEntry(key) : undefined;
    const partition = Number(number);
    if (rest.startsWith('s:')) return this.stateEntryOf(partition, rest.slice(2) as LaneId);
    if (rest.startsWith('i:')) return this.acceptedEntry(partition, key);
    return rest.startsWith('e:') ? this.otherEntry(key) : undefined;
  }

  /** Read before the copy is looked at: a commit in between leaves the older state there. */
  private async stateEntryOf(partition: number, lane: LaneId): Promise<Entry | undefined> {
    const keys = this.partitions[partition];
    if (keys === undefined) return undefined;
    const [now, before] = await Promise.all([
      this.link.command('GET', keys.state(lane)),
      this.link.command('HGET', keys.copy.states, lane),
    ]);
    const packed = before ?? now;
    if (packed === null || packed === undefined || bytesOf(packed).length === 0) return undefined;
    return stateEntry(partition, lane, bytesOf(packed));
  }

  /** An id accepted after the beginning belongs to an event that the copy does not have. */
  private async acceptedEntry(partition: number, key: string): Promise<Entry | undefined> {
    const [position, expiresAt] = await Promise.all([
      this.link.command('GET', key),
      this.link.command('PEXPIRETIME', key),
    ]);
    if (position === null || isLater(textOf(position), this.positions[partition] ?? '0-0')) return undefined;
    return { head: { type: 'string', key, expiresAt: numberOf(expiresAt) }, body: bytesOf(position) };
  }

  /** Counters and echoes: small, outside the commit, taken as they are when their turn comes. */
  private async otherEntry(key: string): Promise<Entry | undefined> {
    const counter = key.startsWith('{counter:');
    const [reply, expiry] = await Promise.all([
      counter ? this.link.command('ZRANGE', key, 0, -1, 'WITHSCORES') : this.link.command('HGETALL', key),
      this.link.command('PEXPIRETIME', key),
    ]);
    const values = listOf(reply).map(textOf);
    if (values.length === 0) return undefined;
    return { head: { type: counter ? 'zset' : 'hash', key, expiresAt: numberOf(expiry), values }, body: EMPTY };
  }

  private async keep(): Promise<void> {
    if (numberOf(await this.link.run(KEEP_COPY, this.copyKeys(), [this.token, COPY_LIFE_MS])) === 0) this.lost = true;
  }

  private check(): void {
    if (this.lost)
      throw new CodedError('backup.too-slow', 'Redis was not reached for a minute and let go of the copy: start again');
  }

  private copyKeys(): string[] {
    return this.partitions.flatMap(({ copy }) => [copy.states, copy.events, copy.tries, copy.outbox, copy.timers]);
  }
}

function stateEntry(partition: number, lane: string, packed: Buffer): Entry {
  return { head: { type: 'state', partition, lane }, body: packed };
}

/** Positions are `<ms>-<number>`. */
function isLater(position: string, than: string): boolean {
  const [ms = 0, number = 0] = position.split('-').map(Number);
  const [thanMs = 0, thanNumber = 0] = than.split('-').map(Number);
  return ms > thanMs || (ms === thanMs && number > thanNumber);
}
