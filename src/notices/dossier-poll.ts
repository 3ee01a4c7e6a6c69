// For portals that tell of no changes themselves: looks at the dossiers that citizens follow, and at no others, every so many
// minutes. What it sees goes the way of a webhook. One process of a deployment does it at a time.
import { isFinal } from '../flows/notify/change.js';
import { backoff, sleep } from '../lib/backoff.js';
import { type Clock, MINUTE } from '../lib/clock.js';
import type { Log } from '../lib/log.js';
import type { Dossier, Portal } from '../portal/portal.js';
import type { Documents, StoredDocument } from '../records/documents.js';
import { SUBSCRIPTION, type Subscription } from '../records/subscription.js';
import type { Acceptor } from '../turns/accept.js';

export interface DossierPollOptions {
  portal: Pick<Portal, 'dossier'>;
  documents: Pick<Documents, 'find'>;
  acceptor: Pick<Acceptor, 'acceptPortalEvent'>;
  /** Runs the work while nobody else does; undefined while somebody else is at it. */
  exclusively: (work: () => Promise<true>) => Promise<true | undefined>;
  everyMs: number;
  clock: Clock;
  log: Log;
  /** Waits, ending early when the signal aborts. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const PAGE = 100;
/** Between two questions: a portal that must be asked is seldom a strong one. */
const BETWEEN_MS = 200;
/** How often a process looks whether the one that polls is gone. */
const TAKE_OVER_MS = MINUTE;
/** A portal that does not answer is asked up to this many times less often. */
const LEAST_OFTEN = 8;

type Followed = { code: string; key: string; known: Subscription['known'][] };

export class DossierPoll {
  readonly #options: DossierPollOptions;
  readonly #pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: DossierPollOptions) {
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
        log.warn({ action: 'dossiers.poll-failed', error });
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
      if (trouble !== undefined) log.warn({ action: 'dossiers.poll-failed', reason: trouble.reason, count: failures });
      // What the portal asks for comes on top of the back-off.
      if (trouble?.afterMs !== undefined) await this.#pause(trouble.afterMs, this.#stopping.signal);
    }
    return true;
  }

  /** Asks for each followed dossier once; undefined when the portal answered to the end. */
  async pollOnce(): Promise<{ reason: string; afterMs?: number } | undefined> {
    for await (const followed of this.#followed()) {
      if (this.#stopping.signal.aborted) return undefined;
      const answer = await this.#options.portal.dossier(followed.code, undefined, this.#stopping.signal);
      if (answer.result === 'unavailable') return { reason: answer.reason };
      if (answer.result === 'rate-limited') return { reason: 'rate-limited', afterMs: answer.retryAfterMs };
      if (answer.result === 'found') await this.#announce(followed, answer.dossier);
      await this.#pause(BETWEEN_MS, this.#stopping.signal);
    }
    return undefined;
  }

  /** Who follows the same dossier stands side by side in the index. */
  async *#followed(): AsyncGenerator<Followed> {
    let current: Followed | undefined;
    let after: string | undefined;
    do {
      const page = await this.#options.documents.find(SUBSCRIPTION, {
        index: 'dossier',
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      for (const { body } of page.documents.filter(isOpen)) {
        if (current !== undefined && current.key !== body.key) {
          yield current;
          current = undefined;
        }
        current ??= { code: body.code, key: body.key, known: [] };
        current.known.push(body.known);
      }
      after = page.next;
    } while (after !== undefined);
    if (current !== undefined) yield current;
  }

  async #announce({ code, key, known }: Followed, dossier: Dossier): Promise<void> {
    const { status, dueAt } = dossier;
    const behind = known.filter((one) => one.status !== status || one.dueAt !== dueAt);
    if (behind.length === 0) return;
    const since = Math.max(...behind.map(({ at }) => at));
    const { personal: _personal, ...shown } = dossier;
    // The same difference seen again is the same event, until it was decided about.
    await this.#options.acceptor.acceptPortalEvent(`poll:${key}:${status}:${dueAt ?? ''}:${since}`, code, {
      kind: 'portal-event',
      type: 'dossier.status-changed',
      occurredAt: this.#options.clock(),
      data: { dossier: JSON.parse(JSON.stringify(shown)) },
    });
  }
}

function isOpen({ body }: StoredDocument<Subscription>): boolean {
  return body.endsAt === undefined && !isFinal(body.known);
}
