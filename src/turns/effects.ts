// Effects after the commit: records are written in batches, events are appended to other lanes. In order per lane,
// idempotent, and repeated until the storage took them.
import { backoff, sleep } from '../lib/backoff.js';
import type { Clock } from '../lib/clock.js';
import { codeOf, StorageUnavailable } from '../lib/errors.js';
import { eventId, type LaneId } from '../lib/ids.js';
import type { Log } from '../lib/log.js';
import type { Records, RecordWrite } from '../records/records.js';
import type { Acceptor } from './accept.js';
import type { Codec } from './codec.js';
import { atMost } from './grace.js';
import type { EngineObserver } from './observer.js';
import type { Lease, OutboxItem, TurnStore } from './turn-store.js';

const BATCH = 200;
const MAX_TRIES = 10;

export interface EffectQueueOptions {
  store: TurnStore;
  records: Records;
  acceptor: Acceptor;
  codec: Codec;
  clock: Clock;
  observer: EngineObserver;
  log: Log;
  onFenced: () => void;
}

interface SettledWaiter {
  resolve: () => void;
  reject: (error: Error) => void;
}

export class EffectQueue {
  private waiting: OutboxItem[] = [];
  private readonly openByLane = new Map<LaneId, number>();
  private readonly settledWaiters = new Map<LaneId, SettledWaiter[]>();
  private working: Promise<void> | undefined;
  /** Aborted first: what fails is not tried again. */
  private readonly stopping = new AbortController();
  /** Aborted last: nothing more is begun. */
  private readonly aborter = new AbortController();

  constructor(
    private readonly lease: Lease,
    private readonly options: EffectQueueOptions,
  ) {}

  add(items: readonly OutboxItem[]): void {
    for (const item of items) {
      if (item.kind === 'send') continue;
      this.waiting.push(item);
      this.openByLane.set(item.lane, (this.openByLane.get(item.lane) ?? 0) + 1);
    }
    this.begin();
  }

  /** Resolves when no effect of this lane is waiting; rejects with StorageUnavailable when the process stops before. */
  settled(lane: LaneId): Promise<void> {
    if (!this.openByLane.has(lane)) return Promise.resolve();
    if (this.working === undefined) return Promise.reject(stoppingError());
    return new Promise((resolve, reject) => {
      const waiters = this.settledWaiters.get(lane) ?? [];
      waiters.push({ resolve, reject });
      this.settledWaiters.set(lane, waiters);
    });
  }

  /** From here on what cannot be applied now is left to the next owner, and nobody waits for it. */
  hurry(): void {
    this.stopping.abort();
  }

  /** What is not applied by then stays in the outbox and is applied by the next owner. */
  async stop(graceMs: number): Promise<void> {
    this.hurry();
    await atMost(graceMs, Promise.resolve(this.working));
    this.aborter.abort();
    this.disappoint();
  }

  private begin(): void {
    if (this.waiting.length === 0 || this.aborter.signal.aborted) return;
    this.working ??= this.work().then((allApplied) => {
      this.working = undefined;
      // What was added after the last look.
      if (allApplied) this.begin();
      else this.disappoint();
    });
  }

  /** False when some are left because the process stops. */
  private async work(): Promise<boolean> {
    while (this.waiting.length > 0 && !this.aborter.signal.aborted) {
      const batch = this.waiting.slice(0, BATCH);
      const applied = await this.applyAll(batch);
      if (!applied || this.aborter.signal.aborted) return false;
      this.waiting = this.waiting.slice(batch.length);
      this.release(batch);
    }
    return true;
  }

  /** False when the process stops and the storage does not take them. */
  private async applyAll(batch: readonly OutboxItem[]): Promise<boolean> {
    for (let attempt = 0; !this.aborter.signal.aborted; attempt += 1) {
      try {
        await this.apply(batch);
        const outcome = await this.options.store.settle(this.lease, {
          partition: batch[0]?.partition ?? 0,
          done: batch,
          add: [],
        });
        if (outcome === 'fenced') {
          this.aborter.abort();
          this.options.onFenced();
        }
        return true;
      } catch (error) {
        if (!(error instanceof StorageUnavailable)) {
          if (batch.length > 1) {
            // One bad effect must not hold up the others.
            for (const item of batch) if (!(await this.applyAll([item]))) return false;
            return true;
          }
          if (attempt + 1 >= MAX_TRIES && (await this.bury(batch[0] as OutboxItem, codeOf(error)))) return true;
        }
        if (attempt === 0) this.options.log.warn({ action: 'effects.waiting', error, count: batch.length });
        await sleep(backoff(attempt, 50, 2000), this.stopping.signal);
        if (this.stopping.signal.aborted) return false;
      }
    }
    return false;
  }

  private async apply(batch: readonly OutboxItem[]): Promise<void> {
    const { records, acceptor, codec } = this.options;
    const writes: RecordWrite[] = [];
    const appends: Parameters<Acceptor['appendAll']>[0][number][] = [];
    for (const item of batch) {
      if (item.kind === 'record') {
        writes.push({
          id: item.id,
          lane: item.lane,
          laneSeq: item.laneSeq,
          change: codec.openRecord(item.id, item.payload),
        });
      } else {
        appends.push({ id: eventId(item.id), ...codec.openAppend(item.id, item.payload) });
      }
    }
    // What another lane hears of can be read by then.
    if (writes.length > 0) await records.apply(writes);
    if (appends.length > 0) await acceptor.appendAll(appends);
  }

  /** An effect that can never be applied: written to the dead letters directly, since effects are what fails here. */
  private async bury(item: OutboxItem, code: string): Promise<boolean> {
    const { records, store, clock, observer, log } = this.options;
    const reason = `effect.${code}`;
    try {
      await records.apply([
        {
          id: `${item.id}~dead`,
          lane: item.lane,
          laneSeq: item.laneSeq,
          change: {
            type: 'dead-letter',
            letter: {
              id: `effect:${item.id}`,
              lane: item.lane,
              source: 'effect',
              reason,
              at: clock(),
              payload: item.payload.toString('base64'),
            },
          },
        },
      ]);
      await store.settle(this.lease, { partition: item.partition, done: [item], add: [] });
    } catch (error) {
      log.error({ action: 'effects.bury-failed', lane: item.lane, error });
      return false;
    }
    observer.deadLetter('effect', reason);
    log.error({ action: 'effects.dead-letter', lane: item.lane, reason });
    return true;
  }

  private release(batch: readonly OutboxItem[]): void {
    for (const { lane } of batch) {
      const left = (this.openByLane.get(lane) ?? 1) - 1;
      if (left > 0) {
        this.openByLane.set(lane, left);
        continue;
      }
      this.openByLane.delete(lane);
      for (const { resolve } of this.settledWaiters.get(lane) ?? []) resolve();
      this.settledWaiters.delete(lane);
    }
  }

  private disappoint(): void {
    const waiters = [...this.settledWaiters.values()].flat();
    this.settledWaiters.clear();
    for (const { reject } of waiters) reject(stoppingError());
  }
}

function stoppingError(): StorageUnavailable {
  return new StorageUnavailable('effects.stopping');
}
