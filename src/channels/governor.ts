// Keeps calls under a platform's rate limit and lets replies go before notices before broadcasts. Knows no platform:
// a channel asks for a pool by name (a Zalo app, a Page) and takes one permit per call. Of several processes each keeps to
// its part of the limit; how large that is, it is told.
import { setMaxListeners } from 'node:events';
import type { SendPriority } from './channel.js';

export interface RateLimit {
  calls: number;
  perMs: number;
}

/** Runs `work` after `ms`; the returned function calls it off. */
export type Schedule = (work: () => void, ms: number) => () => void;

export interface GovernorOptions {
  /** Milliseconds; only differences matter. Monotonic by default. */
  clock?: () => number;
  schedule?: Schedule;
}

/** Part of the limit each priority may fill, so that a broadcast never leaves a citizen's answer without a permit. */
const SHARE: Readonly<Record<SendPriority, number>> = { reply: 1, notice: 0.9, broadcast: 0.8 };
const PRIORITIES: readonly SendPriority[] = ['reply', 'notice', 'broadcast'];

const timerSchedule: Schedule = (work, ms) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

export class Governor {
  readonly #pools = new Map<string, GovernorPool>();
  readonly #clock: () => number;
  readonly #schedule: Schedule;
  #part = 1;

  constructor({ clock = () => performance.now(), schedule = timerSchedule }: GovernorOptions = {}) {
    this.#clock = clock;
    this.#schedule = schedule;
  }

  /** The pool of that name; the limit given first stays. */
  pool(name: string, limit: RateLimit): GovernorPool {
    const known = this.#pools.get(name);
    if (known) return known;
    const pool = new GovernorPool(limit, this.#clock, this.#schedule);
    pool.allot(this.#part);
    this.#pools.set(name, pool);
    return pool;
  }

  /**
   * From now on this process uses `part` (0 to 1) of every limit, and one call of each at least. Where the parts of all
   * processes are 1 together, so are their calls; for one window after work went from one process to another they may be
   * more, because what the other one used cannot be known.
   */
  allot(part: number): void {
    if (!(part >= 0 && part <= 1)) throw new RangeError('a part is between 0 and 1');
    if (part === this.#part) return;
    this.#part = part;
    for (const pool of this.#pools.values()) pool.allot(part);
  }
}

/** Exact over any sliding window: the times of the last `calls` permits are kept, one number each. */
export class GovernorPool {
  readonly #limit: RateLimit;
  readonly #clock: () => number;
  readonly #schedule: Schedule;
  readonly #times: Float64Array;
  readonly #waiting: Readonly<Record<SendPriority, Set<() => void>>> = {
    reply: new Set(),
    notice: new Set(),
    broadcast: new Set(),
  };
  #part = 1;
  #next = 0;
  #last = Number.NEGATIVE_INFINITY;
  #callOff: (() => void) | undefined;

  constructor(limit: RateLimit, clock: () => number, schedule: Schedule) {
    if (!Number.isInteger(limit.calls) || limit.calls < 1 || !(limit.perMs > 0)) {
      throw new RangeError('a rate limit needs calls >= 1 and perMs > 0');
    }
    this.#limit = limit;
    this.#clock = clock;
    this.#schedule = schedule;
    this.#times = new Float64Array(limit.calls).fill(Number.NEGATIVE_INFINITY);
  }

  /** Callers waiting, for metrics. */
  get waiting(): number {
    return PRIORITIES.reduce((sum, priority) => sum + this.#waiting[priority].size, 0);
  }

  /** A permit now, or false; never jumps a queue of the same or a higher priority. */
  tryTake(priority: SendPriority): boolean {
    for (const other of PRIORITIES) {
      if (this.#waiting[other].size > 0) return false;
      if (other === priority) break;
    }
    return this.#grant(priority, this.#clock());
  }

  /** Waits for a permit, first come first served within a priority. False when the signal aborts first. */
  take(priority: SendPriority, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    if (this.tryTake(priority)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const queue = this.#waiting[priority];
      const abandon = () => {
        queue.delete(granted);
        if (this.waiting === 0) this.#stopTimer();
        resolve(false);
      };
      const granted = () => {
        signal.removeEventListener('abort', abandon);
        resolve(true);
      };
      queue.add(granted);
      // A whole broadcast may wait under one signal.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', abandon, { once: true });
      this.#startTimer();
    });
  }

  /** See Governor. Callers who wait are served by it at once. */
  allot(part: number): void {
    this.#part = part;
    if (this.waiting === 0) return;
    this.#stopTimer();
    this.#serve();
  }

  #grant(priority: SendPriority, now: number): boolean {
    if (now < this.#last) this.#times.fill(Number.NEGATIVE_INFINITY); // the clock was set back
    if (this.#freeAt(priority) > now) return false;
    this.#times[this.#next] = now;
    this.#last = now;
    this.#next = (this.#next + 1) % this.#limit.calls;
    return true;
  }

  /** When this priority may take its next permit: its share of permits ago must have left the window. */
  #freeAt(priority: SendPriority): number {
    const { calls, perMs } = this.#limit;
    const share = Math.max(1, Math.floor(calls * this.#part * SHARE[priority]));
    const time = this.#times[(this.#next + calls - share) % calls] ?? Number.NEGATIVE_INFINITY;
    return time + perMs;
  }

  #startTimer(): void {
    if (this.#callOff) return;
    const earliest = Math.min(
      ...PRIORITIES.filter((priority) => this.#waiting[priority].size > 0).map((priority) => this.#freeAt(priority)),
    );
    if (earliest === Number.POSITIVE_INFINITY) return;
    this.#callOff = this.#schedule(() => this.#serve(), Math.max(1, Math.ceil(earliest - this.#clock())));
  }

  #stopTimer(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }

  #serve(): void {
    this.#callOff = undefined;
    const now = this.#clock();
    for (const priority of PRIORITIES) {
      const queue = this.#waiting[priority];
      for (const granted of queue) {
        if (!this.#grant(priority, now)) break;
        queue.delete(granted);
        granted();
      }
      // A lower priority never overtakes a waiting higher one.
      if (queue.size > 0) break;
    }
    if (this.waiting > 0) this.#startTimer();
  }
}
