// Counters: rate limits, lock-outs, one-time codes. They stand outside the commit, so that a rolled-back turn still counted.

export interface CounterRule {
  limit: number;
  windowMs: number;
}

export interface CounterResult {
  allowed: boolean;
  /** Hits still allowed in the window after this one. */
  left: number;
  /** When a refused caller may try again, ms since 1970. */
  retryAt?: number;
}

export interface Counters {
  /** Counts one hit in a sliding window unless the limit is reached. The same `hit` id counts once: a repeated turn does not count twice. */
  take(key: string, rule: CounterRule, hit: string): Promise<CounterResult>;
  /** Takes a hit back, for reservations that turned out well. */
  giveBack(key: string, hit: string): Promise<void>;
  /** Looks without counting. */
  peek(key: string, rule: CounterRule): Promise<CounterResult>;
}
