// One partition while this process owns it: its feed, lanes, delivery, effects and timers. Ends as a whole, either
// gracefully or because another owner took over.
import type { Channel } from '../channels/channel.js';
import { type Clock, SECOND } from '../lib/clock.js';
import { codeOf } from '../lib/errors.js';
import { eventId } from '../lib/ids.js';
import { type Log, laneDigest } from '../lib/log.js';
import type { Records } from '../records/records.js';
import type { Acceptor } from './accept.js';
import type { AccountPauses } from './account-pauses.js';
import type { Codec } from './codec.js';
import { Delivery } from './delivery.js';
import { EffectQueue } from './effects.js';
import { Lanes, SUSPECT_DEATHS } from './lanes.js';
import type { EngineObserver } from './observer.js';
import { StateCache } from './state-cache.js';
import type { EngineTexts, TurnHandler } from './turn.js';
import { TurnRunner } from './turn-runner.js';
import type { TurnSlots } from './turn-slots.js';
import type { EventFeed, Lease, StoredEvent, TurnStore } from './turn-store.js';

export interface PartitionRunOptions {
  store: TurnStore;
  records: Records;
  acceptor: Acceptor;
  codec: Codec;
  partitions: number;
  handler: TurnHandler;
  channels: ReadonlyMap<string, Channel>;
  pauses: AccountPauses;
  texts: EngineTexts;
  clock: Clock;
  observer: EngineObserver;
  log: Log;
  /** Of this process: shared with its other partitions. */
  slots: TurnSlots;
  turnTimeMs?: number;
  echoWaitMs?: number;
  leaveWithinMs?: number;
  timerPollMs?: number;
  /** How long sends under way may take when the run stops. */
  stopGraceMs?: number;
  /** Replies may have left that the store still holds: the first of each lane is looked for before it is sent. */
  sendsInDoubt: boolean;
  onLost: () => void;
}

/** Events in memory above which the feed pauses, and below which it goes on. */
const HIGH_WATER = 10_000;
const LOW_WATER = 2_000;
const TIMER_POLL_MS = SECOND;
const TIMERS_AT_ONCE = 500;
const STOP_GRACE_MS = 5 * SECOND;

export class PartitionRun {
  private readonly lanes: Lanes;
  private readonly runner: TurnRunner;
  private readonly delivery: Delivery;
  private readonly effects: EffectQueue;
  private feed: EventFeed | undefined;
  private feedPaused = false;
  private timerPoll: NodeJS.Timeout | undefined;
  private pollingTimers = false;
  private lost = false;
  private readonly startedAt: number;
  /** How many heads still count as possible causes of the last owner's death. */
  private deathsToNote: number;
  /** Events that came while deaths are being noted: nothing overtakes them. */
  private held: StoredEvent[] | undefined;

  constructor(
    readonly partition: number,
    readonly lease: Lease,
    private readonly options: PartitionRunOptions,
  ) {
    const { store, codec, clock, observer, log, channels, texts } = options;
    const onFenced = () => this.lose();
    this.startedAt = clock();
    this.deathsToNote = lease.clean ? 0 : options.slots.atOnce;
    this.effects = new EffectQueue(lease, { ...options, onFenced });
    this.delivery = new Delivery(lease, { ...options, onFenced, onEffects: (items) => this.effects.add(items) });
    this.runner = new TurnRunner(lease, {
      store,
      codec,
      partitions: options.partitions,
      handler: options.handler,
      channels,
      texts,
      clock,
      observer,
      log,
      states: new StateCache(),
      recordsSettled: (lane) => this.effects.settled(lane),
      onCommitted: (event, outbox) => {
        this.effects.add(outbox);
        this.delivery.add(outbox, { uncertain: false, answersFrom: event.acceptedAt });
      },
      onFenced,
      ...(options.turnTimeMs === undefined ? {} : { turnTimeMs: options.turnTimeMs }),
    });
    this.lanes = new Lanes((event, alone) => this.runner.run(event, alone), {
      slots: options.slots,
      onDrained: () => this.maybeResume(),
    });
  }

  get depth(): { events: number; turns: number; replies: number } {
    return { events: this.lanes.depth, turns: this.lanes.active, replies: this.delivery.depth };
  }

  async start(): Promise<void> {
    const { store } = this.options;
    const left = await store.unsettled(this.lease, this.partition);
    this.effects.add(left);
    this.delivery.add(left, { uncertain: this.options.sendsInDoubt });
    this.feed = store.follow(this.lease, this.partition, (events) => this.take(events));
    this.timerPoll = setInterval(() => void this.fireTimers(), this.options.timerPollMs ?? TIMER_POLL_MS);
  }

  /** Running turns finish, sends under way end, nothing waits any longer. What is left is safe in the store. */
  async stop(): Promise<'clean' | 'in-doubt'> {
    this.halt();
    await this.lanes.stop();
    const graceMs = this.lost ? 0 : (this.options.stopGraceMs ?? STOP_GRACE_MS);
    const [left] = await Promise.all([this.delivery.stop(graceMs), this.effects.stop(graceMs)]);
    return left;
  }

  /** The lease is lost, or worth nothing any more: sends are cut off at once. Turns under way end by themselves; nothing of them is written. */
  async abandon(): Promise<'clean' | 'in-doubt'> {
    this.lost = true;
    this.halt();
    void this.lanes.stop();
    const [left] = await Promise.all([this.delivery.stop(0), this.effects.stop(0)]);
    return left;
  }

  private halt(): void {
    clearInterval(this.timerPoll);
    this.feed?.stop();
    this.runner.stop();
    // A turn may be waiting for the effects before it.
    this.effects.hurry();
  }

  /** Somebody else owns the partition now: nothing of what is in memory counts any more. */
  private lose(): void {
    if (this.lost) return;
    this.lost = true;
    this.halt();
    this.options.log.warn({ action: 'partition.lost', count: this.partition });
    this.options.onLost();
  }

  private take(events: StoredEvent[]): void {
    if (this.held !== undefined) {
      this.held.push(...events);
      return;
    }
    const suspects = this.suspectsAmong(events);
    if (suspects.length === 0) {
      this.enqueue(events);
      return;
    }
    this.held = [...events];
    void this.noteDeaths(suspects).then(() => {
      const held = this.held ?? [];
      this.held = undefined;
      this.enqueue(held);
    });
  }

  private enqueue(events: readonly StoredEvent[]): void {
    this.lanes.add(events);
    if (!this.feedPaused && this.lanes.depth > HIGH_WATER) {
      this.feedPaused = true;
      this.feed?.pause();
    }
  }

  private maybeResume(): void {
    if (!this.feedPaused || this.lanes.depth > LOW_WATER) return;
    this.feedPaused = false;
    this.feed?.resume();
  }

  /**
   * The owner before died: the heads of the first lanes may have been the cause. They are counted up to suspicion only;
   * from there on they run alone and are counted before they run.
   */
  private suspectsAmong(events: readonly StoredEvent[]): StoredEvent[] {
    if (this.deathsToNote === 0) return [];
    const seen = new Set<string>();
    const old = events.filter(
      ({ lane, acceptedAt }) => acceptedAt < this.startedAt && !seen.has(lane) && seen.add(lane),
    );
    const heads = old.slice(0, this.deathsToNote);
    this.deathsToNote = 0;
    return heads.filter((head) => head.deaths < SUSPECT_DEATHS);
  }

  private async noteDeaths(heads: readonly StoredEvent[]): Promise<void> {
    const { store, log } = this.options;
    const note = async (head: StoredEvent): Promise<void> => {
      try {
        head.deaths = await store.noteDeath(this.lease, head);
      } catch (error) {
        log.warn({ action: 'partition.death-not-noted', reason: codeOf(error) });
      }
    };
    await Promise.all(heads.map(note));
  }

  private async fireTimers(): Promise<void> {
    if (this.pollingTimers) return;
    this.pollingTimers = true;
    const { store, acceptor, codec, clock, log } = this.options;
    try {
      const due = await store.dueTimers(this.partition, clock(), TIMERS_AT_ONCE);
      for (const timer of due) {
        const { lane, name, generation, dueAt } = timer;
        const payload = codec.openTimer(lane, name, timer.payload);
        // Accepted first: a crash in between accepts it again, which the id makes harmless. Staff see ids of what fails, and the
        // lane holds the citizen's.
        await acceptor.append(eventId(`timer:${laneDigest(lane)}:${name}:${generation}:${dueAt}`), lane, dueAt, {
          kind: 'timer',
          name,
          generation,
          payload,
        });
        await store.dropTimer(timer);
      }
    } catch (error) {
      log.warn({ action: 'timers.waiting', error });
    } finally {
      this.pollingTimers = false;
    }
  }
}
