// TurnStore on Redis: each method is one small script or one read, for one partition. What the scripts do stands in lua/;
// reads of whole partitions stand in partition-reads.ts.
import { randomUUID } from 'node:crypto';
import { type Clock, HOUR, SECOND } from '../../../lib/clock.js';
import type { LaneId } from '../../../lib/ids.js';
import { partitionOf } from '../../../turns/partitions.js';
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
} from '../../../turns/turn-store.js';
import { RedisFeed } from './feed.js';
import { leaseKey, type PartitionKeys, partitionKeys } from './keys.js';
import type { Argument, RedisLink } from './link.js';
import { NOTE_ECHO, TAKE_ECHO } from './lua/echoes.js';
import { ACCEPT, NOTE_RESEND, NOTE_TRY } from './lua/events.js';
import { ACQUIRE, RELEASE, RENEW } from './lua/leases.js';
import { COMMIT, DROP_TIMER, SETTLE } from './lua/turns.js';
import { MODE_LETTER, packItem, packTimer, timerField, unpackState } from './packed.js';
import { PartitionReads } from './partition-reads.js';
import { bytesOf, listOf, numberOf, type Reply, textOf } from './reply.js';
import type { WakeUps } from './wake-ups.js';

export const TURN_SCRIPTS = [
  ACCEPT,
  ACQUIRE,
  RENEW,
  RELEASE,
  COMMIT,
  SETTLE,
  NOTE_TRY,
  NOTE_RESEND,
  DROP_TIMER,
  NOTE_ECHO,
  TAKE_ECHO,
] as const;

const ECHO_LIFE_MS = HOUR;
/** In the place of an owner's name, which has more than one character. */
const IN_DOUBT = '?';

export interface RedisTurnStoreOptions {
  /** For what must not be lost: waits for replicas where the deployment asks for it. */
  writes: RedisLink;
  /** For everything else: a lagging replica does not hold up lease renewals and reads. */
  reads: RedisLink;
  wakeUps: WakeUps;
  partitions: number;
  clock: Clock;
}

export class RedisTurnStore implements TurnStore {
  private readonly feeds = new Map<number, RedisFeed>();
  private readonly keys: PartitionKeys[];
  /** Lease name → the attempt to acquire it whose answer got lost. */
  private readonly lostAttempts = new Map<string, string>();
  private readonly partitionReads: PartitionReads;

  constructor(private readonly options: RedisTurnStoreOptions) {
    this.keys = Array.from({ length: options.partitions }, (_, partition) => partitionKeys(partition));
    this.partitionReads = new PartitionReads(options.reads);
    options.reads.onReady(() => {
      for (const feed of this.feeds.values()) feed.reread();
    });
  }

  /** One script per partition, all in one pipeline. */
  async accept(events: readonly NewEvent[]): Promise<AcceptOutcome[]> {
    const groups = new Map<number, number[]>();
    events.forEach(({ partition }, index) => {
      const group = groups.get(partition);
      if (group === undefined) groups.set(partition, [index]);
      else group.push(index);
    });
    const outcomes = new Array<AcceptOutcome>(events.length).fill('duplicate');
    const acceptGroup = async ([partition, indexes]: readonly [number, number[]]): Promise<void> => {
      const reply = listOf(
        await this.acceptInto(
          partition,
          indexes.map((index) => events[index] as NewEvent),
        ),
      );
      indexes.forEach((index, nth) => {
        if (numberOf(reply[nth]) === 1) outcomes[index] = 'accepted';
      });
    };
    await Promise.all([...groups].map(acceptGroup));
    return outcomes;
  }

  async acquire(name: string, owner: string, ttlMs: number): Promise<Lease | undefined> {
    // An attempt whose answer got lost may have taken the lease: it is repeated, not left to run out.
    const attempt = this.lostAttempts.get(name) ?? randomUUID();
    this.lostAttempts.delete(name);
    try {
      const reply = await this.options.writes.run(ACQUIRE, [leaseKey(name)], [owner, ttlMs, attempt]);
      if (reply === null) return undefined;
      const [epoch, clean] = listOf(reply);
      return { name, owner, epoch: numberOf(epoch), clean: numberOf(clean) === 1 };
    } catch (error) {
      this.lostAttempts.set(name, attempt);
      throw error;
    }
  }

  async renew({ name, owner, epoch }: Lease, ttlMs: number): Promise<boolean> {
    return numberOf(await this.options.reads.run(RENEW, [leaseKey(name)], [owner, epoch, ttlMs])) === 1;
  }

  async release({ name, owner, epoch }: Lease, left: 'clean' | 'in-doubt' = 'clean'): Promise<void> {
    const nobody = left === 'clean' ? '' : IN_DOUBT;
    await this.options.reads.run(RELEASE, [leaseKey(name)], [owner, epoch, nobody]);
  }

  async leaseHolders(names: readonly string[]): Promise<(string | undefined)[]> {
    const { reads } = this.options;
    const [time, ...leases] = await Promise.all([
      reads.command('TIME'),
      ...names.map((name) => reads.command('HMGET', leaseKey(name), 'owner', 'until')),
    ]);
    const [seconds, microseconds] = listOf(time);
    const now = numberOf(seconds) * SECOND + numberOf(microseconds) / 1000;
    return leases.map((lease) => {
      const [owner, until] = listOf(lease);
      return Number(until ?? 0) > now ? textOf(owner) : undefined;
    });
  }

  follow(_lease: Lease, partition: number, onEvents: (events: StoredEvent[]) => void): EventFeed {
    const { wakeUps } = this.options;
    const keys = this.keysOf(partition);
    this.feeds.get(partition)?.stop();
    const feed: RedisFeed = new RedisFeed(
      onEvents,
      (after, limit, withTries) => this.partitionReads.events(partition, keys, { after, limit, withTries }),
      () => {
        wakeUps.unlisten(keys.wake, feed.wake);
        if (this.feeds.get(partition) === feed) this.feeds.delete(partition);
      },
    );
    this.feeds.set(partition, feed);
    wakeUps.listen(keys.wake, feed.wake);
    feed.wake();
    return feed;
  }

  unsettled(_lease: Lease, partition: number): Promise<OutboxItem[]> {
    return this.partitionReads.unsettled(partition, this.keysOf(partition));
  }

  async readState(lane: LaneId): Promise<Buffer | undefined> {
    const keys = this.keysOf(partitionOf(lane, this.options.partitions));
    const reply = await this.options.reads.command('GET', keys.state(lane));
    return reply === null ? undefined : unpackState(bytesOf(reply));
  }

  async commit(lease: Lease, { event, state, outbox, timers }: TurnCommit): Promise<CommitOutcome> {
    const { lane, position } = event;
    const keys = this.keysOf(event.partition);
    const args: Argument[] = [lease.owner, lease.epoch, position, lane];
    if (state === null) args.push('', 0, '');
    else
      args.push(
        MODE_LETTER[state.mode],
        Math.max(0, Math.round(state.expiresAt - this.options.clock())),
        state.payload,
      );
    args.push(outbox.length);
    for (const item of outbox) args.push(item.id, item.createdAt, packItem(item));
    args.push(timers.length);
    for (const timer of timers) {
      const field = timerField({ lane, name: timer.name });
      if (timer.type === 'cancel') args.push(field, '', '');
      else args.push(field, timer.dueAt, packTimer(lane, timer));
    }
    const { events, tries, waiting, outbox: items, outboxAge, timers: timerHash, due } = keys;
    const mine = [keys.acceptedId(event.id), keys.state(lane)];
    const all = [
      leaseKey(lease.name),
      events,
      tries,
      waiting,
      ...mine,
      items,
      outboxAge,
      timerHash,
      due,
      keys.copy.states,
    ];
    const outcome = outcomeOf(await this.options.writes.run(COMMIT, all, args));
    if (outcome === 'committed') this.feeds.get(event.partition)?.done(position);
    return outcome;
  }

  async settle(lease: Lease, { partition, done, add, confirmed = [] }: Settlement): Promise<CommitOutcome> {
    const keys = this.keysOf(partition);
    const args: Argument[] = [lease.owner, lease.epoch, done.length];
    for (const { id, lane } of done) args.push(id, lane);
    args.push(add.length);
    for (const item of add) args.push(item.id, item.lane, item.createdAt, packItem(item));
    args.push(ECHO_LIFE_MS);
    for (const { key, at } of confirmed) args.push(key, at);
    const states = [...done, ...add].map(({ lane }) => keys.state(lane));
    const echoes = confirmed.map(({ lane }) => keys.echoes(lane));
    const all = [leaseKey(lease.name), keys.tries, keys.waiting, keys.outbox, keys.outboxAge, ...states, ...echoes];
    return outcomeOf(await this.options.writes.run(SETTLE, all, args));
  }

  noteThrow(lease: Lease, event: StoredEvent): Promise<number> {
    return this.noteTry(lease, event, `t:${event.position}`);
  }

  noteDeath(lease: Lease, event: StoredEvent): Promise<number> {
    return this.noteTry(lease, event, `d:${event.position}`);
  }

  async noteResend(lease: Lease, { id, partition }: OutboxItem): Promise<number> {
    const { outbox, tries } = this.keysOf(partition);
    const args = [lease.owner, lease.epoch, id, `r:${id}`];
    return numberOf(await this.options.writes.run(NOTE_RESEND, [leaseKey(lease.name), outbox, tries], args));
  }

  dueTimers(partition: number, now: number, limit: number): Promise<DueTimer[]> {
    return this.partitionReads.dueTimers(partition, this.keysOf(partition), now, limit);
  }

  async dropTimer({ lane, partition, name, generation }: DueTimer): Promise<void> {
    const keys = this.keysOf(partition);
    const all = [keys.timers, keys.due, keys.waiting, keys.state(lane)];
    await this.options.writes.run(DROP_TIMER, all, [timerField({ lane, name }), lane, generation]);
  }

  async noteEchoes(echoes: readonly Echo[]): Promise<void> {
    await Promise.all(
      echoes.map(({ lane, keys, at }) =>
        this.options.reads.run(NOTE_ECHO, [this.echoesOf(lane)], [at, ECHO_LIFE_MS, ...keys]),
      ),
    );
  }

  async takeEcho(lane: LaneId, keys: readonly string[], since: number): Promise<boolean> {
    return numberOf(await this.options.reads.run(TAKE_ECHO, [this.echoesOf(lane)], [since, ...keys])) === 1;
  }

  /** Nothing is left to sweep: ids, echoes and idle states expire in Redis itself, by its own clock. */
  async sweep(): Promise<number> {
    return 0;
  }

  backlog(): Promise<Backlog> {
    return this.partitionReads.backlog(this.keys);
  }

  async ping(): Promise<void> {
    await this.options.reads.command('PING');
  }

  close(): void {
    for (const feed of [...this.feeds.values()]) feed.stop();
  }

  private acceptInto(partition: number, events: readonly NewEvent[]): Promise<Reply> {
    const keys = this.keysOf(partition);
    const all = [keys.events, keys.waiting, keys.wake];
    const args: Argument[] = [];
    for (const { id, lane, payload, acceptedAt, keepIdUntil } of events) {
      all.push(keys.acceptedId(id), keys.state(lane));
      args.push(id, lane, acceptedAt, Math.max(1, Math.round(keepIdUntil - acceptedAt)), payload);
    }
    return this.options.writes.run(ACCEPT, all, args);
  }

  private async noteTry(lease: Lease, { position, partition }: StoredEvent, field: string): Promise<number> {
    const { events, tries } = this.keysOf(partition);
    const args = [lease.owner, lease.epoch, position, field];
    return numberOf(await this.options.writes.run(NOTE_TRY, [leaseKey(lease.name), events, tries], args));
  }

  private echoesOf(lane: LaneId): string {
    return this.keysOf(partitionOf(lane, this.options.partitions)).echoes(lane);
  }

  private keysOf(partition: number): PartitionKeys {
    return this.keys[partition] ?? partitionKeys(partition);
  }
}

function outcomeOf(reply: Reply): CommitOutcome {
  return textOf(reply) === 'committed' ? 'committed' : 'fenced';
}
