// Lanes in memory: one turn at a time per lane, many lanes at once. Decides who runs next, not what a turn does.
import type { LaneId } from '../lib/ids.js';
import type { StoredEvent } from './turn-store.js';

/** An event that was being worked on when the process died this often runs alone, so that only a guilty one is counted further. */
export const SUSPECT_DEATHS = 3;

/** A turn is work for the main thread up to its commit: more than this many in a row would keep webhooks and timers waiting. */
const STARTS_PER_ROUND = 4;

/** What became of the head event: it is done, or it is to be tried again after a while. */
export type HeadOutcome = { done: true } | { done: false; retryAfterMs: number };

export type RunHead = (event: StoredEvent, alone: boolean) => Promise<HeadOutcome>;

interface Lane {
  queue: StoredEvent[];
  busy: boolean;
}

export class Lanes {
  private readonly lanes = new Map<LaneId, Lane>();
  private ready: LaneId[] = [];
  private suspects: LaneId[] = [];
  private running = 0;
  private aloneRunning = false;
  /** Turns started in this round of the event loop. */
  private started = 0;
  private waitingEvents = 0;
  private stopped = false;
  private readonly timers = new Set<NodeJS.Timeout>();
  private idle: (() => void)[] = [];

  constructor(
    private readonly runHead: RunHead,
    private readonly options: { concurrency: number; onDrained?: () => void },
  ) {}

  /** Events in memory that are not done. */
  get depth(): number {
    return this.waitingEvents;
  }

  get active(): number {
    return this.running;
  }

  add(events: readonly StoredEvent[]): void {
    for (const event of events) {
      const lane = this.lanes.get(event.lane);
      if (lane === undefined) {
        this.lanes.set(event.lane, { queue: [event], busy: false });
        this.makeReady(event.lane, event);
      } else {
        lane.queue.push(event);
      }
    }
    this.waitingEvents += events.length;
    this.pump();
  }

  /** No new turn starts; resolves when the running ones have ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private makeReady(id: LaneId, head: StoredEvent): void {
    (head.deaths >= SUSPECT_DEATHS ? this.suspects : this.ready).push(id);
  }

  private pump(): void {
    while (!this.stopped && !this.aloneRunning && this.running < this.options.concurrency) {
      if (this.suspects.length > 0) {
        if (this.running > 0) return;
        const id = this.suspects.shift() as LaneId;
        this.aloneRunning = true;
        void this.start(id, true);
        return;
      }
      // The round's end calls again.
      if (this.started >= STARTS_PER_ROUND) return;
      const id = this.ready.shift();
      if (id === undefined) return;
      this.countStart();
      void this.start(id, false);
    }
  }

  private countStart(): void {
    this.started += 1;
    if (this.started > 1) return;
    setImmediate(() => {
      this.started = 0;
      this.pump();
    });
  }

  private async start(id: LaneId, alone: boolean): Promise<void> {
    const lane = this.lanes.get(id);
    const head = lane?.queue[0];
    if (lane === undefined || head === undefined) return;
    lane.busy = true;
    this.running += 1;
    const outcome = await this.runHead(head, alone);
    this.running -= 1;
    if (alone) this.aloneRunning = false;
    lane.busy = false;
    if (outcome.done) this.advance(id, lane);
    else this.later(id, head, outcome.retryAfterMs);
    if (this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
    this.pump();
  }

  private advance(id: LaneId, lane: Lane): void {
    lane.queue.shift();
    this.waitingEvents -= 1;
    const next = lane.queue[0];
    if (next === undefined) this.lanes.delete(id);
    else this.makeReady(id, next);
    this.options.onDrained?.();
  }

  private later(id: LaneId, head: StoredEvent, afterMs: number): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.makeReady(id, head);
      this.pump();
    }, afterMs);
    this.timers.add(timer);
  }
}
