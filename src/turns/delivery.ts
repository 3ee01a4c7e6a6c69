// Delivery: replies leave in order per lane, lanes side by side. What the platform refuses, leaves unknown or takes too
// long over is decided here, by the result classes of the channel contract alone.
import type { Channel, SendOptions, SendResult } from '../channels/channel.js';
import { backoff, sleep } from '../lib/backoff.js';
import { HOUR, SECOND } from '../lib/clock.js';
import { codeOf, StorageUnavailable } from '../lib/errors.js';
import { addressOf, type ChannelName, type LaneId } from '../lib/ids.js';
import type { AccountPauses } from './account-pauses.js';
import type { SendPayload } from './codec.js';
import { atMost } from './grace.js';
import { ReplyLetters, type ReplyLettersOptions, TOO_OLD_MS } from './reply-letters.js';
import { fateOf } from './tracking.js';
import type { ConfirmedEcho, Lease, OutboxItem, Settlement, TurnStore } from './turn-store.js';

/** A reply that cannot leave within this time makes room for the next. */
export const LEAVE_WITHIN_MS = 60 * SECOND;
/** What the bot says on its own accord may wait for its turn behind everybody's replies, and for the morning. */
export const NOTICE_LEAVES_WITHIN_MS = 12 * HOUR;
/** A platform that refuses one shape after the other is not asked for ever. */
const MAX_FIXES = 3;
/** How long an echo may take after a send of unknown outcome. */
export const ECHO_WAIT_MS = 3 * SECOND;

export interface DeliveryOptions extends ReplyLettersOptions {
  store: TurnStore;
  pauses: AccountPauses;
  /** New effects that a settlement added (dead letters). */
  onEffects: (items: readonly OutboxItem[]) => void;
  onFenced: () => void;
  echoWaitMs?: number;
  leaveWithinMs?: number;
}

interface Job {
  item: OutboxItem;
  /** Undefined when it cannot be opened. */
  payload: SendPayload | undefined;
  /** A process died while this item waited: it may have left. */
  uncertain: boolean;
  /** Some of it may have left, and that is not written down yet. */
  inDoubt: boolean;
  /** Echoes of what the platform confirmed of it. */
  confirmed: ConfirmedEcho[];
  /** When the turn's event was accepted, for the first reply only. */
  answersFrom?: number;
}

/** What one job ended with: how to settle it. */
type Ending = { settle: Pick<Settlement, 'done' | 'add'> } | { abandoned: true };

export class Delivery {
  /** Replies of a lane, and beside them what the bot says there on its own accord: an answer never waits behind a notice. */
  private readonly queues = new Map<string, Job[]>();
  /** Aborted first: nothing waits any longer, neither for a pause to end nor for an echo. */
  private readonly stopping = new AbortController();
  /** Aborted last: sends under way are cut off. */
  private readonly aborter = new AbortController();
  private readonly working = new Set<Promise<void>>();
  private readonly letters: ReplyLetters;
  private leftInDoubt = false;

  constructor(
    private readonly lease: Lease,
    private readonly options: DeliveryOptions,
  ) {
    this.letters = new ReplyLetters(options);
  }

  /** Replies waiting to leave. */
  get depth(): number {
    let jobs = 0;
    for (const queue of this.queues.values()) jobs += queue.length;
    return jobs;
  }

  add(items: readonly OutboxItem[], about: { uncertain: boolean; answersFrom?: number }): void {
    let { answersFrom } = about;
    for (const item of items) {
      if (item.kind !== 'send') continue;
      const payload = this.opened(item);
      const own = payload?.notice !== undefined;
      const name = queueOf(item.lane, own);
      const queue = this.queues.get(name);
      // Nothing leaves before what stands ahead of it is settled: only the first of a queue can have left unnoticed.
      const uncertain = about.uncertain && queue === undefined;
      const answers = own || answersFrom === undefined ? {} : { answersFrom };
      const job = { ...newJob(item, payload, uncertain), ...answers };
      if (!own) answersFrom = undefined;
      if (queue !== undefined) queue.push(job);
      else {
        this.queues.set(name, [job]);
        const work = this.work(name).finally(() => this.working.delete(work));
        this.working.add(work);
      }
    }
  }

  /**
   * What can leave without waiting may do so for `graceMs`; what is left stays in the outbox. `in-doubt`: something may have
   * left that the outbox still holds.
   */
  async stop(graceMs: number): Promise<'clean' | 'in-doubt'> {
    this.stopping.abort();
    await atMost(graceMs, Promise.all(this.working));
    this.aborter.abort();
    await Promise.all(this.working);
    return this.leftInDoubt ? 'in-doubt' : 'clean';
  }

  private opened(item: OutboxItem): SendPayload | undefined {
    try {
      return this.options.codec.openSend(item.id, item.payload);
    } catch (error) {
      this.options.log.error({ action: 'reply.unreadable', lane: item.lane, error });
      return undefined;
    }
  }

  private async work(queue: string): Promise<void> {
    const jobs = this.queues.get(queue) ?? [];
    try {
      for (let job = jobs[0]; job !== undefined && !this.aborter.signal.aborted; job = jobs[0]) {
        const ending = await this.deliverOrBury(job, jobs);
        if ('abandoned' in ending || !(await this.settle({ ...ending.settle, confirmed: job.confirmed }))) {
          if (job.inDoubt) this.leftInDoubt = true;
          return;
        }
        const done = new Set(ending.settle.done.map((item) => item.id));
        const left = jobs.filter(({ item }) => !done.has(item.id));
        const added = ending.settle.add
          .filter((item) => item.kind === 'send')
          .map((item) => newJob(item, this.opened(item), false));
        jobs.splice(0, jobs.length, ...added, ...left);
      }
    } finally {
      this.queues.delete(queue);
    }
  }

  /** Durable before the next reply of the lane leaves. False when this owner is no longer in charge or is stopping. */
  private async settle(settlement: Omit<Settlement, 'partition'>): Promise<boolean> {
    const partition = settlement.done[0]?.partition ?? 0;
    for (let attempt = 0; !this.aborter.signal.aborted; attempt += 1) {
      try {
        if ((await this.options.store.settle(this.lease, { partition, ...settlement })) === 'committed') {
          this.options.onEffects(settlement.add);
          return true;
        }
        this.aborter.abort();
        this.options.onFenced();
      } catch (error) {
        if (!(error instanceof StorageUnavailable)) throw error;
        await sleep(backoff(attempt, 20, 1000), this.aborter.signal);
      }
    }
    return false;
  }

  private async deliverOrBury(job: Job, lane: readonly Job[]): Promise<Ending> {
    try {
      return await this.deliver(job, lane);
    } catch (error) {
      this.options.log.error({ action: 'reply.threw', lane: job.item.lane, error });
      return this.bury(job.item, `reply.${codeOf(error)}`);
    }
  }

  private async deliver(job: Job, lane: readonly Job[]): Promise<Ending> {
    const { item } = job;
    const address = addressOf(item.lane);
    const channel = address === undefined ? undefined : this.options.channels.get(address.channel);
    if (address === undefined || channel === undefined) return this.bury(item, 'reply.no-channel');
    const { payload } = job;
    if (payload === undefined) return this.bury(item, 'reply.sealing.unreadable');
    const own = payload.notice !== undefined;
    if (job.uncertain) {
      const verdict = await this.afterUnknown(item, channel, payload.body, item.id, item.createdAt);
      if (verdict === 'arrived') return this.arrived(item, payload);
      if (verdict !== 'resend') return verdict;
      job.inDoubt = false;
    }
    const account = `${address.channel}:${address.account}`;
    let bodies = [payload.body];
    let deadline: number | undefined;
    let fixes = 0;
    let part = 0;
    for (let attempt = 0; !this.aborter.signal.aborted; ) {
      const pausedMs = await this.options.pauses.wait(account, this.stopping.signal);
      if (pausedMs === undefined || this.aborter.signal.aborted) break;
      const now = this.options.clock();
      if (own) {
        if (now - item.createdAt > NOTICE_LEAVES_WITHIN_MS) return this.bury(item, 'notice.too-old');
      } else if (now - item.createdAt > TOO_OLD_MS) {
        const settle = this.letters.replaceOld(
          lane.map((one) => one.item),
          payload,
          now,
        );
        if (settle !== undefined) return { settle };
      }
      const leaveWithinMs = own ? NOTICE_LEAVES_WITHIN_MS : (this.options.leaveWithinMs ?? LEAVE_WITHIN_MS);
      deadline = (deadline ?? now + leaveWithinMs) + pausedMs;
      const [body, ...rest] = bodies;
      if (body === undefined) return this.arrived(item, payload);
      // A message that became several keeps them apart, so that the echo of one does not confirm another.
      const ref = part === 0 ? item.id : `${item.id}/${part}`;
      job.inDoubt = true;
      const result = await this.send(channel, item, body, { ref, priority: own ? 'notice' : 'reply' });
      // What came before the last part has left all the same.
      if (['retry', 'fix', 'pause'].includes(result.outcome)) job.inDoubt = part > 0;
      switch (result.outcome) {
        case 'sent':
          this.noteAnswered(job, address.channel);
          this.noteConfirmed(job, channel, result.messageId);
          if (rest.length === 0) return this.arrived(item, payload);
          bodies = rest;
          part += 1;
          break;
        case 'fix':
          fixes += 1;
          if (fixes > MAX_FIXES) return this.bury(item, result.reason);
          bodies = [...result.bodies, ...rest];
          break;
        case 'retry':
          if (now + result.afterMs > deadline) return this.bury(item, result.reason);
          await sleep(Math.max(result.afterMs, backoff(attempt, 200, 5000)), this.stopping.signal);
          if (this.stopping.signal.aborted) return { abandoned: true };
          attempt += 1;
          break;
        case 'pause':
          this.options.pauses.pause(account, result.afterMs, result.reason);
          break;
        case 'give-up':
          return this.bury(item, result.reason);
        case 'unknown': {
          const verdict = await this.afterUnknown(item, channel, body, ref, now);
          if (verdict === 'resend') {
            // Looked for and not found: until it leaves once more, there is nothing left to look for.
            job.inDoubt = part > 0;
            break;
          }
          if (verdict !== 'arrived') return verdict;
          if (rest.length === 0) return this.arrived(item, payload);
          bodies = rest;
          part += 1;
          break;
        }
      }
    }
    return { abandoned: true };
  }

  private async send(
    channel: Channel,
    item: OutboxItem,
    body: SendPayload['body'],
    options: Pick<SendOptions, 'ref' | 'priority'>,
  ): Promise<SendResult> {
    const startedAt = performance.now();
    const result = await channel.send(item.lane, body, { ...options, signal: this.aborter.signal });
    const reason = 'reason' in result ? result.reason : '';
    this.options.observer.sent(channel.name, result.outcome, reason, performance.now() - startedAt);
    if (result.outcome !== 'sent')
      this.options.log.warn({ action: 'reply.not-sent', lane: item.lane, reason, detail: { outcome: result.outcome } });
    return result;
  }

  /** The reply may have arrived: look for its echo for a while, else it is sent once more, and only once; a paid one never. */
  private async afterUnknown(
    item: OutboxItem,
    channel: Channel,
    body: SendPayload['body'],
    ref: string,
    since: number,
  ): Promise<Ending | 'arrived' | 'resend'> {
    const { store } = this.options;
    const keys = channel.echoKeys(item.lane, body, ref);
    // Not the clock's time: one that is set back must not hold the lane up.
    const until = performance.now() + (this.options.echoWaitMs ?? ECHO_WAIT_MS);
    for (let attempt = 0; !this.stopping.signal.aborted; attempt += 1) {
      try {
        if (await store.takeEcho(item.lane, keys, since)) return 'arrived';
        if (performance.now() >= until) {
          if (item.resends > 0 || channel.isPaid?.(body)) return this.bury(item, 'reply.unknown-outcome');
          item.resends = await store.noteResend(this.lease, item);
          if (item.resends > 0) return 'resend';
          this.options.onFenced();
          return { abandoned: true };
        }
      } catch (error) {
        if (!(error instanceof StorageUnavailable)) throw error;
      }
      await sleep(backoff(attempt, 100, 1000), this.stopping.signal);
    }
    return { abandoned: true };
  }

  private arrived(item: OutboxItem, payload: SendPayload): Ending {
    const { codec, clock } = this.options;
    return { settle: { done: [item], add: fateOf(codec, item, payload, { state: 'sent' }, clock()) } };
  }

  private bury(item: OutboxItem, reason: string): Ending {
    return { settle: this.letters.bury(item, reason) };
  }

  private noteAnswered(job: Job, channel: ChannelName): void {
    if (job.answersFrom === undefined) return;
    this.options.observer.answered(channel, this.options.clock() - job.answersFrom);
    delete job.answersFrom;
  }

  private noteConfirmed(job: Job, channel: Channel, messageId: string | undefined): void {
    const key = messageId === undefined ? undefined : channel.confirmedEchoKey?.(messageId);
    if (key !== undefined) job.confirmed.push({ lane: job.item.lane, key, at: this.options.clock() });
  }
}

function queueOf(lane: LaneId, own: boolean): string {
  return own ? `${lane} notices` : lane;
}

function newJob(item: OutboxItem, payload: SendPayload | undefined, uncertain: boolean): Job {
  return { item, payload, uncertain, inDoubt: uncertain, confirmed: [] };
}
