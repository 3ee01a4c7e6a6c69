// Counters on Redis: a sorted set of hits per counter, counted over a sliding window by the server's clock.
import type { CounterResult, CounterRule, Counters } from '../../../records/counters.js';
import { counterKey } from './keys.js';
import type { RedisLink } from './link.js';
import { PEEK_HITS, TAKE_HIT } from './lua/counters.js';
import { listOf, numberOf, type Reply } from './reply.js';

export const COUNTER_SCRIPTS = [TAKE_HIT, PEEK_HITS] as const;

/** A counter is always asked with the same rule: hits outside its window are forgotten. */
export class RedisCounters implements Counters {
  constructor(private readonly link: RedisLink) {}

  async take(key: string, { limit, windowMs }: CounterRule, hit: string): Promise<CounterResult> {
    return resultOf(await this.link.run(TAKE_HIT, [counterKey(key)], [limit, windowMs, hit]));
  }

  async giveBack(key: string, hit: string): Promise<void> {
    await this.link.command('ZREM', counterKey(key), hit);
  }

  async peek(key: string, { limit, windowMs }: CounterRule): Promise<CounterResult> {
    return resultOf(await this.link.run(PEEK_HITS, [counterKey(key)], [limit, windowMs]));
  }
}

function resultOf(reply: Reply): CounterResult {
  const [allowed, value] = listOf(reply);
  return numberOf(allowed) === 1
    ? { allowed: true, left: numberOf(value) }
    : { allowed: false, left: 0, retryAt: numberOf(value) };
}
