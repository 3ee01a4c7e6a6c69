// Delivery: replies leave in order per lane, lanes side by side. What the platform refuses, leaves unknown or takes too
// long over is decided here, by the result classes of the channel contract alone.
import type { Channel, SendResult } from '../channels/channel.js';
import { backoff, sleep } from '../lib/backoff.js';
import { type Clock, MINUTE, SECOND } from '../lib/clock.js';
import { codeOf, StorageUnavailable } from '../lib/errors.js';
import { addressOf, type ChannelName, type LaneId } from '../lib/ids.js';
import type { Log } from '../lib/log.js';
import type { AccountPauses } from './account-pauses.js';
import type { Codec, SendPayload } from './codec.js';
import { itemLetter } from './dead-letters.js';
import type { EngineObserver } from './observer.js';
import type { EngineTexts } from './turn.js';
import type { Lease, OutboxItem, Settlement, TurnStore } from './turn-store.js';

/** A reply that cannot leave within this time makes room for the next. */
export const LEAVE_WITHIN_MS = 60 * SECOND;
/** Older replies would answer a question the citizen has forgotten. */
export const TOO_OLD_MS = 10 * MINUTE;
/** A platform that refuses one shape after the other is not asked for ever. */
const MAX_FIXES = 3;
/** How long an echo may take after a send of unknown outcome. */
export const ECHO_WAIT_MS = 3 * SECOND;

export interface DeliveryOptions {
  store: TurnStore;
  codec: Codec;
  channels: ReadonlyMap<string, Channel>;
  pauses: AccountPauses;
  texts: EngineTexts;
  clock: Clock;
  observer: EngineObserver;
  log: Log;
  /** New effects that a settlement added (dead letters). */
  onEffects: (items: readonly OutboxItem[]) => void;
  onFenced: () => void;
  echoWaitMs?: number;
  leaveWithinMs?: number;
}

interface Job {
  item: OutboxItem;
  /** A process died while this item waited: it may have left. */
  uncertain: boolean;
  /** When the turn's event was accepted, for the first reply only. */
  answersFrom?: number;
}

/** What one job ended with: how to settle it. */
type Ending = { settle: Pick<Settlement, 'done' | 'add'> } | { abandoned: true };

export class Delivery {
  private readonly lanes = new Map<LaneId, Job[]>();
  private readonly aborter = new AbortController();
  private readonly working = new Set<Promise<void>>();

  constructor(
    private readonly lease: Lease,
    private readonly options: DeliveryOptions,
  ) {}

  /** Replies waiting to leave. */
  get depth(): number {
    let jobs = 0;
    for (const lane of this.lanes.values()) jobs += lane.length;
    return jobs;
  }

  add(items: readonly OutboxItem[], about: { uncertain: boolean; answersFrom?: number }): void {
    let { answersFrom } = about;
    for (const item of items) {
      if (item.kind !== 'send') continue;
      const lane = this.lanes.get(item.lane);
      // Nothing leaves before what stands ahead of it is settled: only the first of a lane can have left unnoticed.
      const uncertain = about.uncertain && lane === undefined;
      const job: Job = { item, uncertain, ...(answersFrom === undefined ? {} : { answersFrom }) };
      answersFrom = undefined;
      if (lane !== undefined) lane.push(job);
      else {
        this.lanes.set(item.lane, [job]);
        const work = this.work(item.lane).finally(() => this.working.delete(work));
        this.working.add(work);
      }
    }
  }

  /** Sends under way may end; nothing new leaves after `graceMs`. What is left stays in the outbox. */
  async stop(graceMs: number): Promise<void> {
    await Promise.race([Promise.all(this.working), sleep(graceMs)]);
    this.aborter.abort();
    await Promise.all(this.working);
  }

  private async work(lane: LaneId): Promise<void> {
    const jobs = this.lanes.get(lane) ?? [];
    try {
      for (let job = jobs[0]; job !== undefined && !this.aborter.signal.aborted; job = jobs[0]) {
        const ending = await this.deliverOrBury(job, jobs);
        if ('abandoned' in ending) return;
        if (!(await this.settle(ending.settle))) return;
        const done = new Set(ending.settle.done.map((item) => item.id));
        const left = jobs.filter(({ item }) => !done.has(item.id));
        const added = ending.settle.add
          .filter((item) => item.kind === 'send')
          .map((item) => ({ item, uncertain: false }));
        jobs.splice(0, jobs.length, ...added, ...left);
      }
    } finally {
      this.lanes.delete(lane);
    }
  }

  /** Durable before the next reply of the lane leaves. False when this owner is no longer in charge or is stopping. */
  private async settle(settlement: Pick<Settlement, 'done' | 'add'>): Promise<boolean> {
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
    const payload = this.options.codec.openSend(item.id, item.payload);
    if (job.uncertain) {
      const verdict = await this.afterUnknown(item, channel, payload.body, item.id, item.createdAt);
      if (verdict !== 'resend') return verdict;
    }
    const account = `${address.channel}:${address.account}`;
    let bodies = [payload.body];
    let deadline: number | undefined;
    let fixes = 0;
    let part = 0;
    for (let attempt = 0; !this.aborter.signal.aborted; ) {
      const pausedMs = await this.options.pauses.wait(account, this.aborter.signal);
      if (this.aborter.signal.aborted) break;
      const now = this.options.clock();
      if (now - item.createdAt > TOO_OLD_MS) return this.replaceOld(lane, payload, now);
      deadline = (deadline ?? now + (this.options.leaveWithinMs ?? LEAVE_WITHIN_MS)) + pausedMs;
      const [body, ...rest] = bodies;
      if (body === undefined) return { settle: { done: [item], add: [] } };
      // A message that became several keeps them apart, so that the echo of one does not confirm another.
      const ref = part === 0 ? item.id : `${item.id}/${part}`;
      const result = await this.send(channel, item, body, ref);
      switch (result.outcome) {
        case 'sent':
          this.noteAnswered(job, address.channel);
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
          await sleep(Math.max(result.afterMs, backoff(attempt, 200, 5000)), this.aborter.signal);
          attempt += 1;
          break;
        case 'pause':
          this.options.pauses.pause(account, result.afterMs, result.reason);
          break;
        case 'give-up':
          return this.bury(item, result.reason);
        case 'unknown': {
          const verdict = await this.afterUnknown(item, channel, body, ref, now);
          if (verdict === 'resend') break;
          if ('abandoned' in verdict || verdict.settle.add.length > 0 || rest.length === 0) return verdict;
          bodies = rest;
          part += 1;
          break;
        }
      }
    }
    return { abandoned: true };
  }

  private async send(channel: Channel, item: OutboxItem, body: SendPayload['body'], ref: string): Promise<SendResult> {
    const startedAt = performance.now();
    const result = await channel.send(item.lane, body, {
      ref,
      priority: 'reply',
      signal: this.aborter.signal,
    });
    const reason = 'reason' in result ? result.reason : '';
    this.options.observer.sent(channel.name, result.outcome, reason, performance.now() - startedAt);
    if (result.outcome !== 'sent')
      this.options.log.warn({ action: 'reply.not-sent', lane: item.lane, reason, detail: { outcome: result.outcome } });
    return result;
  }

  /** The reply may have arrived: look for its echo for a while, else it is sent once more, and only once. */
  private async afterUnknown(
    item: OutboxItem,
    channel: Channel,
    body: SendPayload['body'],
    ref: string,
    since: number,
  ): Promise<Ending | 'resend'> {
    const { store } = this.options;
    const keys = channel.echoKeys(item.lane, body, ref);
    // Not the clock's time: one that is set back must not hold the lane up.
    const until = performance.now() + (this.options.echoWaitMs ?? ECHO_WAIT_MS);
    for (let attempt = 0; !this.aborter.signal.aborted; attempt += 1) {
      try {
        if (await store.takeEcho(item.lane, keys, since)) return { settle: { done: [item], add: [] } };
        if (performance.now() >= until) {
          if (item.resends > 0) return this.bury(item, 'reply.unknown-outcome');
          item.resends = await store.noteResend(this.lease, item);
          if (item.resends > 0) return 'resend';
          this.options.onFenced();
          return { abandoned: true };
        }
      } catch (error) {
        if (!(error instanceof StorageUnavailable)) throw error;
      }
      await sleep(backoff(attempt, 100, 1000), this.aborter.signal);
    }
    return { abandoned: true };
  }

  private bury(item: OutboxItem, reason: string): Ending {
    return { settle: { done: [item], add: [this.letterOf(item, reason)] } };
  }

  private letterOf(item: OutboxItem, reason: string): OutboxItem {
    this.options.observer.deadLetter('reply', reason);
    this.options.log.error({ action: 'reply.dead-letter', lane: item.lane, reason });
    const id = `${item.id}~dead`;
    const payload = this.options.codec.sealItem(id, itemLetter(item, reason, this.options.clock()));
    return { ...item, id, kind: 'record', payload, resends: 0 };
  }

  /** All replies of the lane that grew too old make room for one apology. */
  private replaceOld(lane: readonly Job[], head: SendPayload, now: number): Ending {
    const old = lane.map(({ item }) => item).filter((item) => now - item.createdAt > TOO_OLD_MS);
    const first = old[0] as OutboxItem;
    const letters = old.map((item) => this.letterOf(item, 'reply.too-old'));
    if (head.apology) return { settle: { done: old, add: letters } };
    const channel = this.options.channels.get(addressOf(first.lane)?.channel ?? '');
    const apologies = (channel?.render(this.options.texts.repliesTooOld) ?? []).map(({ body }, index): OutboxItem => {
      const id = `${first.id}~late${index}`;
      return {
        ...first,
        id,
        kind: 'send',
        createdAt: now,
        resends: 0,
        payload: this.options.codec.sealItem(id, { body, apology: true }),
      };
    });
    return { settle: { done: old, add: [...apologies, ...letters] } };
  }

  private noteAnswered(job: Job, channel: ChannelName): void {
    if (job.answersFrom === undefined) return;
    this.options.observer.answered(channel, this.options.clock() - job.answersFrom);
    delete job.answersFrom;
  }
}
