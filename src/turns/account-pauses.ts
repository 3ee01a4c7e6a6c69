// Accounts (an OA, a Page) that cannot send for a while: token, permission or rate trouble stops the account, not a lane.
import { sleep } from '../lib/backoff.js';
import type { Clock } from '../lib/clock.js';
import type { Log } from '../lib/log.js';

export class AccountPauses {
  private readonly until = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  pause(account: string, forMs: number, reason: string): void {
    const until = this.clock() + forMs;
    if ((this.until.get(account) ?? 0) >= until) return;
    this.until.set(account, until);
    this.log.error({ action: 'account.paused', reason, ms: forMs, detail: { account } });
  }

  /** Waits until the account may send; returns how long that took. */
  async wait(account: string, signal: AbortSignal): Promise<number> {
    const startedAt = this.clock();
    for (;;) {
      const left = (this.until.get(account) ?? 0) - this.clock();
      if (left <= 0 || signal.aborted) break;
      await sleep(Math.min(left, 60_000), signal);
    }
    return this.clock() - startedAt;
  }

  /** Accounts that are paused now, for metrics. */
  paused(): string[] {
    const now = this.clock();
    return [...this.until].filter(([, until]) => until > now).map(([account]) => account);
  }
}
