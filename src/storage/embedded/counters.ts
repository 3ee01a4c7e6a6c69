// Counters on the same SQLite file: one row a hit, counted over a sliding window. Limits are small, so rows are few.
import type { Clock } from '../../lib/clock.js';
import type { CounterResult, CounterRule, Counters } from '../../records/counters.js';
import type { DatabaseThread } from './database-thread.js';
import type { reads, writes } from './operations.js';

export class EmbeddedCounters implements Counters {
  constructor(
    private readonly writer: DatabaseThread<typeof writes>,
    private readonly reader: DatabaseThread<typeof reads>,
    private readonly clock: Clock,
  ) {}

  async take(counter: string, { limit, windowMs }: CounterRule, hit: string): Promise<CounterResult> {
    const { allowed, count, oldest } = await this.writer.call('takeHit', {
      counter,
      hit,
      limit,
      windowMs,
      now: this.clock(),
    });
    return allowed ? { allowed, left: Math.max(0, limit - count) } : { allowed, left: 0, retryAt: oldest + windowMs };
  }

  async giveBack(counter: string, hit: string): Promise<void> {
    await this.writer.call('giveBackHit', { counter, hit });
  }

  async peek(counter: string, { limit, windowMs }: CounterRule): Promise<CounterResult> {
    const { count, oldest } = await this.reader.call('peekHits', { counter, windowMs, now: this.clock() });
    return count < limit
      ? { allowed: true, left: limit - count }
      : { allowed: false, left: 0, retryAt: oldest + windowMs };
  }
}
