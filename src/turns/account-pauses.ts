// Accounts (an OA, a Page) that cannot send for a while: token, permission or rate trouble stops the account, not a lane.
import { sleep } from '../lib/backoff.js';
import type { Clock } from '../lib/clock.js';
import type { Log } from '../lib/log.js';

export class AccountPauses {
  private readonly pauses = new Map<string, { until: number; forMs: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  pause(account: string, forMs: number, reason: string): void {
    const until = this.clock() + forMs;
    if (this.left(account) >= forMs) return;
    this.pauses.set(account, { until, forMs });
    this.log.error({ action: 'account.paused', reason, ms: forMs, detail: { account } });
  }

  /** Waits until the account may send, and tells how long that took; undefined when the signal aborts first. */
  async wait(account: string, signal: AbortSignal): Promise<number | undefined> {
    const startedAt = this.clock();
    for (;;) {
      const left = this.left(account);
      if (left <= 0) return Math.max(0, this.clock() - startedAt);
      if (signal.aborted) return undefined;
      await sleep(Math.min(left, 60_000), signal);
    }
  }

  /** Accounts that are paused now, for metrics. */
  paused(): string[] {
    return [...this.pauses.keys()].filter((account) => this.left(account) > 0);
  }

  /** Never more than the pause was: a clock that was set back would hold the account up by as much. */
  private left(account: string): number {
    const pause = this.pauses.get(account);
    if (pause === undefined) return 0;
    const now = this.clock();
    pause.until = Math.min(pause.until, now + pause.forMs);
    return pause.until - now;
  }
}
