// TurnStore on one SQLite file. One process owns it, so new events go to their follower straight from memory once they
// are durable; only what piles up is read back.
import type { Clock } from '../../lib/clock.js';
import { HOUR } from '../../lib/clock.js';
import type { EventId, LaneId } from '../../lib/ids.js';
import type {
  AcceptOutcome,
  Backlog,
  CommitOutcome,
  DueTimer,
  Echo,
  EventFeed,
  Lease,
  NewEvent,
  OutboxItem,
  Settlement,
  StoredEvent,
  TurnCommit,
  TurnStore,
} from '../../turns/turn-store.js';
import type { DatabaseThread } from './database-thread.js';
import { EmbeddedFeed } from './event-feed.js';
import type { reads, writes } from './operations.js';

const SWEEP_SLICE = 500;
const ECHO_LIFE_MS = HOUR;
/** In the place of an owner's name, which has more than one character. */
const IN_DOUBT = '?';

export class EmbeddedTurnStore implements TurnStore {
  private readonly feeds = new Map<number, EmbeddedFeed>();
  private sweptUpTo = '';

  constructor(
    private readonly writer: DatabaseThread<typeof writes>,
    private readonly reader: DatabaseThread<typeof reads>,
    private readonly clock: Clock,
  ) {}

  async accept(events: readonly NewEvent[]): Promise<AcceptOutcome[]> {
    const positions = await this.writer.call('accept', events);
    return events.map((event, index) => {
      const position = positions[index] ?? 0;
      if (position === 0) return 'duplicate';
      this.feeds.get(event.partition)?.accepted(position, {
        position: String(position),
        id: event.id,
        lane: event.lane,
        partition: event.partition,
        payload: event.payload,
        acceptedAt: event.acceptedAt,
        throws: 0,
        deaths: 0,
      });
      return 'accepted';
    });
  }

  acquire(name: string, owner: string, ttlMs: number): Promise<Lease | undefined> {
    return this.writer.call('acquire', { name, owner, ttlMs, now: this.clock() });
  }

  renew(lease: Lease, ttlMs: number): Promise<boolean> {
    return this.writer.call('renew', { ...lease, until: this.clock() + ttlMs });
  }

  release(lease: Lease, left: 'clean' | 'in-doubt' = 'clean'): Promise<void> {
    return this.writer.call('release', { ...lease, nobody: left === 'clean' ? '' : IN_DOUBT });
  }

  leaseHolders(names: readonly string[]): Promise<(string | undefined)[]> {
    return this.reader.call('leaseHolders', { names, now: this.clock() });
  }

  follow(_lease: Lease, partition: number, onEvents: (events: StoredEvent[]) => void): EventFeed {
    const feed = new EmbeddedFeed(onEvents, async (after, limit) => {
      const rows = await this.reader.call('events', { partition, after, limit });
      return rows.map((row) => ({
        ...row,
        position: String(row.position),
        id: row.id as EventId,
        lane: row.lane as LaneId,
        payload: asBuffer(row.payload) ?? EMPTY,
      }));
    });
    this.feeds.get(partition)?.stop();
    this.feeds.set(partition, feed);
    feed.resume();
    return feed;
  }

  async unsettled(_lease: Lease, partition: number): Promise<OutboxItem[]> {
    const items = await this.reader.call('unsettled', partition);
    return items.map((item) => ({
      ...item,
      lane: item.lane as LaneId,
      kind: item.kind as OutboxItem['kind'],
      payload: asBuffer(item.payload) ?? EMPTY,
    }));
  }

  async readState(lane: LaneId): Promise<Buffer | undefined> {
    return asBuffer(await this.reader.call('state', lane));
  }

  async commit(lease: Lease, { event, state, outbox, timers }: TurnCommit): Promise<CommitOutcome> {
    const held = await this.writer.call('commit', {
      lease,
      position: Number(event.position),
      lane: event.lane,
      partition: event.partition,
      state,
      outbox,
      timers,
    });
    return held ? 'committed' : 'fenced';
  }

  async settle(lease: Lease, settlement: Settlement): Promise<CommitOutcome> {
    const done = settlement.done.map((item) => ({ ...item, payload: EMPTY }));
    const held = await this.writer.call('settle', { lease, settlement: { ...settlement, done } });
    return held ? 'committed' : 'fenced';
  }

  noteThrow(lease: Lease, event: StoredEvent): Promise<number> {
    return this.writer.call('noteThrow', { lease, position: Number(event.position) });
  }

  noteDeath(lease: Lease, event: StoredEvent): Promise<number> {
    return this.writer.call('noteDeath', { lease, position: Number(event.position) });
  }

  noteResend(lease: Lease, item: OutboxItem): Promise<number> {
    return this.writer.call('noteResend', { lease, id: item.id });
  }

  async dueTimers(partition: number, now: number, limit: number): Promise<DueTimer[]> {
    const timers = await this.reader.call('dueTimers', { partition, now, limit });
    return timers.map((timer) => ({ ...timer, lane: timer.lane as LaneId, payload: asBuffer(timer.payload) ?? EMPTY }));
  }

  dropTimer({ lane, name, generation }: DueTimer): Promise<void> {
    return this.writer.call('dropTimer', { lane, name, generation });
  }

  noteEchoes(echoes: readonly Echo[]): Promise<void> {
    return this.writer.call('noteEchoes', echoes);
  }

  takeEcho(lane: LaneId, keys: readonly string[], since: number): Promise<boolean> {
    return this.writer.call('takeEcho', { lane, keys, since });
  }

  async sweep(now: number): Promise<number> {
    const swept = await this.writer.call('sweep', {
      now,
      echoesBefore: now - ECHO_LIFE_MS,
      after: this.sweptUpTo,
      slice: SWEEP_SLICE,
    });
    this.sweptUpTo = swept.after;
    return swept.gone;
  }

  async backlog(): Promise<Backlog> {
    const { events, outbox, timers, oldestEventAt, oldestOutboxAt } = await this.reader.call('backlog', undefined);
    return {
      events,
      outbox,
      timers,
      ...(oldestEventAt === undefined ? {} : { oldestEventAt }),
      ...(oldestOutboxAt === undefined ? {} : { oldestOutboxAt }),
    };
  }

  async ping(): Promise<void> {
    await this.reader.call('ping', undefined);
  }
}

const EMPTY = Buffer.alloc(0);

/** Bytes from another thread come as a plain Uint8Array. */
function asBuffer(value: Uint8Array | undefined): Buffer | undefined {
  return value === undefined ? undefined : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
