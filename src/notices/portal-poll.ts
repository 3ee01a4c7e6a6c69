// For portals that tell of no changes themselves: every so many minutes what citizens wait for is asked, and nothing else. What is
// asked stands in dossier-poll.ts and feedback-poll.ts. One process of a deployment does it at a time.
import { backoff, sleep } from '../lib/backoff.js';
import { MINUTE } from '../lib/clock.js';
import type { Log } from '../lib/log.js';
import type { PortalBusy, PortalUnavailable } from '../portal/portal.js';

/** Why a round ended early; `afterMs`: what the portal asked for. */
export interface PollTrouble {
  reason: string;
  afterMs?: number;
}

export interface PollRound {
  readonly name: string;
  /** Asks for each thing once; undefined when the portal answered to the end, or the signal ended it. */
  once(pause: Pause, signal: AbortSignal): Promise<PollTrouble | undefined>;
}

/** Waits, ending early when the signal aborts. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

export interface PortalPollOptions {
  rounds: readonly PollRound[];
  /** Runs the work while nobody else does; undefined while somebody else is at it. */
  exclusively: (work: () => Promise<true>) => Promise<true | undefined>;
  everyMs: number;
  log: Log;
  pause?: Pause;
}

/** Between two questions: a portal that must be asked is seldom a strong one. */
export const BETWEEN_MS = 200;
/** How often a process looks whether the one that polls is gone. */
const TAKE_OVER_MS = MINUTE;
/** A portal that does not answer is asked up to this many times less often. */
const LEAST_OFTEN = 8;

export class PortalPoll {
  readonly #options: PortalPollOptions;
  readonly #pause: Pause;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: PortalPollOptions) {
    this.#options = options;
    this.#pause = options.pause ?? sleep;
  }

  start(): void {
    this.#running = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #watch(): Promise<void> {
    const { exclusively, log } = this.#options;
    while (!this.#stopping.signal.aborted) {
      try {
        await exclusively(() => this.#poll());
      } catch (error) {
        log.warn({ action: 'portal.poll-failed', error });
      }
      await this.#pause(TAKE_OVER_MS, this.#stopping.signal);
    }
  }

  async #poll(): Promise<true> {
    const { everyMs, log } = this.#options;
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      await this.#pause(backoff(failures, everyMs, LEAST_OFTEN * everyMs), this.#stopping.signal);
      if (this.#stopping.signal.aborted) break;
      const trouble = await this.pollOnce();
      failures = trouble === undefined ? 0 : failures + 1;
      if (trouble !== undefined) log.warn({ action: 'portal.poll-failed', reason: trouble.reason, count: failures });
      // What the portal asks for comes on top of the back-off.
      if (trouble?.afterMs !== undefined) await this.#pause(trouble.afterMs, this.#stopping.signal);
    }
    return true;
  }

  /** Every round once, one after the other; a portal in trouble is left alone for now. */
  async pollOnce(): Promise<PollTrouble | undefined> {
    for (const round of this.#options.rounds) {
      const trouble = await round.once(this.#pause, this.#stopping.signal);
      if (trouble !== undefined) return { ...trouble, reason: `${round.name}: ${trouble.reason}` };
    }
    return undefined;
  }
}

type Answer = { result: string } | PortalBusy | PortalUnavailable;

/** What an answer of the portal says of its health; undefined where it answered at all. */
export function troubleIn(answer: Answer): PollTrouble | undefined {
  if ('reason' in answer) return { reason: answer.reason };
  return 'retryAfterMs' in answer ? { reason: answer.result, afterMs: answer.retryAfterMs } : undefined;
}
