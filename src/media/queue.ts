// Lets a few jobs run at once and a few more wait: pictures cost memory, and a flood of them must not take it all.

import { setMaxListeners } from 'node:events';

export class JobQueue {
  readonly #atOnce: number;
  readonly #waitingMost: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number, waitingMost: number) {
    this.#atOnce = atOnce;
    this.#waitingMost = waitingMost;
  }

  /** Undefined when too many wait already, or when the caller gave up before its turn came. */
  async run<T>(signal: AbortSignal, job: () => Promise<T>): Promise<T | undefined> {
    if (signal.aborted || !(await this.#admitted(signal))) return undefined;
    try {
      return await job();
    } finally {
      const next = this.#waiting.shift();
      // Whoever waits longest takes this place; the number of running jobs stays.
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  #admitted(signal: AbortSignal): Promise<boolean> {
    if (this.#running < this.#atOnce) {
      this.#running += 1;
      return Promise.resolve(true);
    }
    if (this.#waiting.length >= this.#waitingMost) return Promise.resolve(false);
    return new Promise((resolve) => {
      const admit = () => {
        signal.removeEventListener('abort', leave);
        resolve(true);
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(admit), 1);
        resolve(false);
      };
      // A message may bring thirty pictures, which all wait for the same turn; that is no leak.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(admit);
    });
  }
}
