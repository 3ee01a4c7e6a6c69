// What the load generator is asked to do, and what it answers.

export interface LoadRun {
  /** The bot's. */
  port: number;
  /** Names this run; it stands in the message ids. */
  name: string;
  /** Webhooks altogether. */
  count: number;
  users: number;
  /**
   * Who writes the first webhook and how far the next one is; 0 and 1 when left out. A step without a common divisor with the
   * number of users meets each once before any twice.
   */
  walk?: { from: number; step: number };
  /** Taken in turn. */
  texts: readonly string[];
  /**
   * `accepted`: a connection sends its next webhook when the last one is answered. `answered`: a citizen's place in the queue is
   * free when their message has reached the platform. `paced`: so many a second, whatever happens; timed up to the message.
   */
  until: 'accepted' | 'answered' | { perSecond: number };
  /** Webhooks (`accepted`) or citizens (`answered`) at once. */
  atOnce: number;
  /** Where messages are told; needed unless `accepted`. */
  tapPort?: number;
}

export interface LoadResult {
  /** Accepted or answered in time. */
  done: number;
  /** Not answered 200. */
  refused: number;
  /** Accepted, but no message within the patience. */
  silent: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  /** Slower than 50 ms. */
  slow: number;
  max: number;
  /** CPU of the load generator itself, milliseconds. */
  cpuMs: number;
}

export function userOf({ users, walk = { from: 0, step: 1 } }: Pick<LoadRun, 'users' | 'walk'>, index: number): number {
  return ((walk.from + index) * walk.step) % users;
}

/** `fraction` 0..1 of ascending figures; 0 of none. */
export function percentile(ascending: readonly number[], fraction: number): number {
  const last = ascending.length - 1;
  return ascending[Math.min(last, Math.floor(ascending.length * fraction))] ?? 0;
}

export function median(figures: readonly number[]): number {
  return percentile(
    [...figures].sort((a, b) => a - b),
    0.5,
  );
}
