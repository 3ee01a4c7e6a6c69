// Counters of calls in fixed windows of the simulator's clock.
import type { MessengerState } from './state.js';

export class RateCounter {
  readonly #windows = new Map<string, { start: number; used: number }>();
  readonly #state: MessengerState;

  constructor(state: MessengerState) {
    this.#state = state;
  }

  takeSend(): boolean {
    return this.#take('send', 1000, this.#state.behaviour.sendsPerSecond);
  }

  takeMedia(): boolean {
    return this.#take('media', 1000, this.#state.behaviour.mediaSendsPerSecond);
  }

  takeProfile(): boolean {
    return this.#take('profile', 600_000, this.#state.behaviour.profileCallsPer10Min);
  }

  #take(name: string, lengthMs: number, limit: number | null): boolean {
    if (limit === null) return true;
    const start = Math.floor(this.#state.clock.now() / lengthMs);
    const window = this.#windows.get(name);
    if (!window || window.start !== start) {
      this.#windows.set(name, { start, used: 1 });
      return limit >= 1;
    }
    window.used += 1;
    return window.used <= limit;
  }
}
