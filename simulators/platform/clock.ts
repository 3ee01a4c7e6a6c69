// The simulators' time. Everything a platform does "later" (echoes, retries, expiry) runs on one of these clocks, so that a
// test can move hours in a moment. Network deadlines are not here: a bot that hangs, hangs in real time.

export interface SimulatorClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once `delayMs` have passed on this clock; the answer cancels it. */
  after(delayMs: number, task: () => void): () => void;
  /** Work that a moved clock waits for before it goes on to the next timer (a webhook on the wire). */
  track(work: Promise<unknown>): void;
  /** Moves the clock forward, running what falls due on the way, in order. */
  advance(delayMs: number): Promise<void>;
  /** Resolves once no tracked work is left. */
  idle(): Promise<void>;
}

interface Timer {
  due: number;
  task: () => void;
}

abstract class TrackingClock {
  readonly #work = new Set<Promise<unknown>>();

  track(work: Promise<unknown>): void {
    this.#work.add(work);
    const forget = () => this.#work.delete(work);
    work.then(forget, forget);
  }

  async idle(): Promise<void> {
    await nextTick();
    while (this.#work.size > 0) {
      await Promise.allSettled(this.#work);
      await nextTick();
    }
  }
}

/**
 * A clock that stands still until it is moved.
 *
 * @example
 * const clock = new ManualClock(Date.parse('2026-11-02T08:00:00+07:00'));
 * await clock.advance(30_000); // the first Zalo retry leaves now
 */
export class ManualClock extends TrackingClock implements SimulatorClock {
  #now: number;
  readonly #timers: Timer[] = [];

  constructor(start: number) {
    super();
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = { due: this.#now + Math.max(0, delayMs), task };
    const later = this.#timers.findIndex((other) => other.due > timer.due);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at !== -1) this.#timers.splice(at, 1);
    };
  }

  async advance(delayMs: number): Promise<void> {
    const target = this.#now + delayMs;
    await this.idle();
    for (let next = this.#timers[0]; next && next.due <= target; next = this.#timers[0]) {
      this.#timers.shift();
      this.#now = Math.max(this.#now, next.due);
      next.task();
      await this.idle();
    }
    this.#now = target;
  }
}

/** Real time that can still be moved forward: for a simulator that people and other processes talk to. */
export class RunningClock extends TrackingClock implements SimulatorClock {
  #offset = 0;
  readonly #timers = new Map<Timer, NodeJS.Timeout>();

  now(): number {
    return Date.now() + this.#offset;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = { due: this.now() + delayMs, task };
    this.#arm(timer);
    return () => {
      clearTimeout(this.#timers.get(timer));
      this.#timers.delete(timer);
    };
  }

  async advance(delayMs: number): Promise<void> {
    const target = this.now() + delayMs;
    await this.idle();
    for (let next = this.#earliest(); next && next.due <= target; next = this.#earliest()) {
      clearTimeout(this.#timers.get(next));
      this.#timers.delete(next);
      this.#offset += Math.max(0, next.due - this.now());
      next.task();
      await this.idle();
    }
    this.#offset += Math.max(0, target - this.now());
    for (const [timer, handle] of this.#timers) {
      clearTimeout(handle);
      this.#arm(timer);
    }
  }

  #earliest(): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers.keys()) if (!earliest || timer.due < earliest.due) earliest = timer;
    return earliest;
  }

  #arm(timer: Timer): void {
    const handle = setTimeout(
      () => {
        this.#timers.delete(timer);
        timer.task();
      },
      Math.max(0, timer.due - this.now()),
    );
    handle.unref();
    this.#timers.set(timer, handle);
  }
}

const nextTick = () => new Promise<void>((resolve) => setImmediate(resolve));
