// The engine: owns partitions by lease, runs what they hold, and takes new events in.
import type { Channel } from '../channels/channel.js';
import { type Clock, MINUTE, SECOND } from '../lib/clock.js';
import { codeOf } from '../lib/errors.js';
import type { Log } from '../lib/log.js';
import type { Sealer } from '../lib/sealing.js';
import type { Records } from '../records/records.js';
import { Acceptor } from './accept.js';
import { AccountPauses } from './account-pauses.js';
import { Codec } from './codec.js';
import { Membership } from './membership.js';
import type { EngineObserver } from './observer.js';
import { PartitionRun, type PartitionRunOptions } from './partition-run.js';
import { leaseName } from './partitions.js';
import { DeadLetters } from './replay.js';
import type { EngineTexts, TurnHandler } from './turn.js';
import { TurnSlots } from './turn-slots.js';
import type { Lease, TurnStore } from './turn-store.js';

export const LEASE_MS = 10 * SECOND;
/** More often than the lease needs: the same round finds partitions that were given up. */
export const RENEW_MS = SECOND;
const SWEEP_EVERY_MS = 10 * SECOND;
const DEFAULT_TURNS_AT_ONCE = 64;
/** How long an account that the platform itself took away or restricted stays paused before it is tried again. */
const TROUBLE_PAUSE_MS = 10 * MINUTE;

export interface EngineOptions {
  store: TurnStore;
  records: Records;
  sealer: Sealer;
  partitions: number;
  handler: TurnHandler;
  channels: readonly Channel[];
  texts: EngineTexts;
  clock: Clock;
  observer: EngineObserver;
  log: Log;
  /** Names this process in leases. */
  owner: string;
  /** False: this process accepts events and leaves the turns to others. */
  works: boolean;
  /** Of this process, over all its partitions; 64 unless told. */
  turnsAtOnce?: number;
  leaseMs?: number;
  renewMs?: number;
  /** The part of all partitions that this process owns, 0 to 1, after each round: what all processes share is shared by it. */
  onShare?: (share: number) => void;
  tuning?: Pick<PartitionRunOptions, 'turnTimeMs' | 'echoWaitMs' | 'leaveWithinMs' | 'timerPollMs' | 'stopGraceMs'>;
}

export class Engine {
  readonly acceptor: Acceptor;
  readonly deadLetters: DeadLetters;
  private readonly codec: Codec;
  private readonly pauses: AccountPauses;
  private readonly channels: ReadonlyMap<string, Channel>;
  private readonly membership: Membership;
  private readonly slots: TurnSlots;
  private readonly runs = new Map<number, PartitionRun>();
  /** Runs that lost their partition and are not over yet. */
  private readonly dropping = new Set<Promise<void>>();
  /** Partitions left in doubt while the store could not be told so. */
  private readonly doubts = new Set<number>();
  private renewals: NodeJS.Timeout | undefined;
  private sweeps: NodeJS.Timeout | undefined;
  private tending: Promise<void> | undefined;
  private stopping = false;
  private lastRenewedAt = 0;

  constructor(private readonly options: EngineOptions) {
    const { store, records, clock, observer, log, partitions } = options;
    this.codec = new Codec(options.sealer);
    this.slots = new TurnSlots(options.turnsAtOnce ?? DEFAULT_TURNS_AT_ONCE);
    this.channels = new Map(options.channels.map((channel) => [channel.name, channel]));
    this.pauses = new AccountPauses(clock, log);
    const accounts = new Set(
      options.channels.flatMap((channel) => channel.accounts.map((account) => `${channel.name}:${account}:`)),
    );
    this.acceptor = new Acceptor({
      store,
      records,
      codec: this.codec,
      partitions,
      clock,
      observer,
      serves: (lane) => accounts.has(lane.slice(0, lane.indexOf(':', lane.indexOf(':') + 1) + 1)),
      onAccountTrouble: ({ account, name, trouble }) => {
        log.error({ action: 'account.trouble', reason: `${name}.${trouble}`, detail: { account } });
        if (trouble === 'revoked' || trouble === 'restricted') this.pauses.pause(account, TROUBLE_PAUSE_MS, name);
      },
    });
    this.membership = new Membership(store, options.owner, options.leaseMs ?? LEASE_MS);
    this.deadLetters = new DeadLetters(records, this.acceptor, this.codec);
  }

  /** Takes what partitions are free. Resolves after the first round. */
  async start(): Promise<void> {
    if (!this.options.works) return;
    await this.tend();
    this.renewals = setInterval(() => void this.tend(), this.options.renewMs ?? RENEW_MS);
    this.sweeps = setInterval(() => void this.sweep(), SWEEP_EVERY_MS);
  }

  /** Graceful: running turns and sends end, leases are given up. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.renewals);
    clearInterval(this.sweeps);
    await this.tending;
    await Promise.all([...[...this.runs.values()].map((run) => this.giveUp(run)), ...this.dropping]);
    try {
      await this.membership.leave();
    } catch (error) {
      this.options.log.warn({ action: 'partition.release-failed', error });
    }
  }

  depth(): { events: number; turns: number; replies: number; partitions: number; pausedAccounts: number } {
    const sum = {
      events: 0,
      turns: 0,
      replies: 0,
      partitions: this.runs.size,
      pausedAccounts: this.pauses.paused().length,
    };
    for (const { depth } of this.runs.values()) {
      sum.events += depth.events;
      sum.turns += depth.turns;
      sum.replies += depth.replies;
    }
    return sum;
  }

  private tend(): Promise<void> {
    this.tending ??= this.tendOnce().finally(() => {
      this.tending = undefined;
    });
    return this.tending;
  }

  private async tendOnce(): Promise<void> {
    const leaseMs = this.options.leaseMs ?? LEASE_MS;
    const { partitions, store, owner } = this.options;
    try {
      await Promise.all([...this.runs.values()].map((run) => this.renew(run, leaseMs)));
      const share = await this.membership.share(partitions);
      this.lastRenewedAt = performance.now();
      // Others came: they take over what is given up here at their next round.
      const givenUp = [...this.runs.values()].slice(share).map((run) => this.giveUp(run));
      this.tellShare();
      await Promise.all(givenUp);
      for (let partition = 0; partition < partitions && this.runs.size < share && !this.stopping; partition += 1) {
        if (this.runs.has(partition)) continue;
        const lease = await store.acquire(leaseName(partition), owner, leaseMs);
        if (lease !== undefined) await this.begin(partition, lease);
      }
      this.tellShare();
    } catch (error) {
      this.options.log.warn({ action: 'partition.tending-failed', reason: codeOf(error) });
      // Others may own the partitions by now. Commits are fenced anyway; this only ends needless work.
      if (performance.now() - this.lastRenewedAt > leaseMs) for (const run of [...this.runs.values()]) this.drop(run);
    }
  }

  private tellShare(): void {
    // Who is stopping still sends what is under way.
    if (!this.stopping) this.options.onShare?.(this.runs.size / this.options.partitions);
  }

  private async renew(run: PartitionRun, leaseMs: number): Promise<void> {
    if (!(await this.options.store.renew(run.lease, leaseMs))) this.drop(run);
  }

  private async begin(partition: number, lease: Lease): Promise<void> {
    const { store, records, partitions, handler, texts, clock, observer, log, tuning } = this.options;
    const doubtful = this.doubts.delete(partition);
    const sendsInDoubt = doubtful || !lease.clean;
    const run: PartitionRun = new PartitionRun(partition, lease, {
      store,
      records,
      acceptor: this.acceptor,
      codec: this.codec,
      partitions,
      handler,
      channels: this.channels,
      pauses: this.pauses,
      texts,
      clock,
      observer,
      log,
      slots: this.slots,
      sendsInDoubt,
      ...tuning,
      onLost: () => this.drop(run),
    });
    this.runs.set(partition, run);
    try {
      await run.start();
    } catch (error) {
      // Held without being worked on, it would stand still for as long as it is renewed.
      this.runs.delete(partition);
      await run.abandon();
      await this.release(run, sendsInDoubt ? 'in-doubt' : 'clean');
      throw error;
    }
    log.info({ action: 'partition.owned', count: partition, detail: { epoch: lease.epoch, clean: lease.clean } });
  }

  /**
   * What is in memory of the partition is worth nothing any more. The lease may still be ours (a failover took away a write
   * that a commit builds upon): it is given up at once, so that its next owner, perhaps this process, reads everything anew
   * with its next round.
   */
  private drop(run: PartitionRun): void {
    if (this.runs.get(run.partition) !== run) return;
    this.runs.delete(run.partition);
    const over = run
      .abandon()
      .then((left) => this.release(run, left))
      .finally(() => this.dropping.delete(over));
    this.dropping.add(over);
  }

  private async giveUp(run: PartitionRun): Promise<void> {
    this.runs.delete(run.partition);
    await this.release(run, await run.stop());
  }

  private async release({ lease, partition }: PartitionRun, left: 'clean' | 'in-doubt'): Promise<void> {
    try {
      await this.options.store.release(lease, left);
    } catch (error) {
      if (left === 'in-doubt') this.doubts.add(partition);
      this.options.log.warn({ action: 'partition.release-failed', error });
    }
  }

  private async sweep(): Promise<void> {
    try {
      await this.options.store.sweep(this.options.clock());
    } catch (error) {
      this.options.log.warn({ action: 'sweep.failed', error });
    }
  }
}
