// Accepting: what a webhook brought becomes durable events, or nothing at all. Only after that is the platform answered.
import type { Channel, InboundEvent } from '../channels/channel.js';
import { type Clock, DAY, HOUR } from '../lib/clock.js';
import { StorageUnavailable } from '../lib/errors.js';
import { addressOf, type EventId, eventId, type LaneId, systemLane } from '../lib/ids.js';
import type { Records } from '../records/records.js';
import type { Codec } from './codec.js';
import { webhookLetter } from './dead-letters.js';
import type { EngineObserver } from './observer.js';
import { partitionOf } from './partitions.js';
import type { EventBody, PortalEventBody } from './turn.js';
import type { Echo, NewEvent, TurnStore } from './turn-store.js';

/** Platforms repeat a webhook for at most about two hours; portal events come from queues of other people's making. */
const PLATFORM_ID_LIFE_MS = 72 * HOUR;
const PORTAL_ID_LIFE_MS = 30 * DAY;

export interface AcceptorOptions {
  store: TurnStore;
  records: Records;
  codec: Codec;
  partitions: number;
  clock: Clock;
  observer: EngineObserver;
  /** Reports trouble of a whole account (permission revoked, page restricted). */
  onAccountTrouble: (event: Extract<InboundEvent, { type: 'account' }>) => void;
  /** Only OAs and Pages configured here are served; events of others are ignored. */
  serves: (lane: LaneId) => boolean;
}

export class Acceptor {
  constructor(private readonly options: AcceptorOptions) {}

  /** Resolves when everything of the webhook is durable; rejects with StorageUnavailable when it is not. */
  async acceptWebhook(
    channel: Pick<Channel, 'name'>,
    inbound: readonly InboundEvent[],
    rawBody: Buffer,
  ): Promise<void> {
    const events: NewEvent[] = [];
    const echoes: Echo[] = [];
    const writes: Promise<void>[] = [];
    for (const event of inbound) {
      switch (event.type) {
        case 'lane':
          if (this.options.serves(event.lane))
            events.push(this.toStored(event.id, event.lane, event.at, event.body, PLATFORM_ID_LIFE_MS));
          break;
        case 'echo':
          if (this.options.serves(event.lane))
            echoes.push({ lane: event.lane, keys: event.keys, at: this.options.clock() });
          break;
        case 'account':
          this.options.onAccountTrouble(event);
          break;
        case 'unknown':
          // Its name is the platform's: in the letter it says what came, as a metric's label it would have no end.
          writes.push(this.keepUnreadable(channel.name, `unknown.${event.name}`, rawBody, 'unknown.other'));
          break;
        case 'malformed':
          writes.push(this.keepUnreadable(channel.name, `malformed.${event.name}`, rawBody));
          break;
        case 'receipt':
        case 'ignored':
          break;
      }
    }
    if (events.length > 0) writes.push(this.store(channel.name, events));
    if (echoes.length > 0) writes.push(this.options.store.noteEchoes(echoes));
    // Nearly always there is one, and then nothing to gather.
    await (writes.length === 1 ? writes[0] : Promise.all(writes));
  }

  async acceptPortalEvent(id: string, subject: string, body: PortalEventBody): Promise<void> {
    const lane = systemLane('portal', subject);
    await this.store('portal', [
      this.toStored(eventId(`portal:${id}`), lane, body.occurredAt, body, PORTAL_ID_LIFE_MS),
    ]);
  }

  /** An event of our own making (a replay, another lane's effect). */
  async append(id: EventId, lane: LaneId, at: number, body: EventBody): Promise<void> {
    await this.appendAll([{ id, lane, at, body }]);
  }

  /** In one write. */
  async appendAll(events: readonly { id: EventId; lane: LaneId; at: number; body: EventBody }[]): Promise<void> {
    const stored = events.map(({ id, lane, at, body }) => this.toStored(id, lane, at, body, PORTAL_ID_LIFE_MS));
    const outcomes = await this.options.store.accept(stored);
    for (const [index, outcome] of outcomes.entries()) {
      const lane = events[index]?.lane;
      this.options.observer.accepted((lane === undefined ? undefined : addressOf(lane)?.channel) ?? 'system', outcome);
    }
  }

  /** Signed, but not to be understood: answered 200 and kept for staff, one letter per kind and day. `counted`: its reason in the metrics. */
  async keepUnreadable(source: string, reason: string, rawBody: Buffer, counted = reason): Promise<void> {
    const { records, codec, clock, observer } = this.options;
    observer.deadLetter('webhook', counted);
    await records.apply([webhookLetter(codec, source, reason, rawBody, clock())]);
  }

  private async store(source: string, events: readonly NewEvent[]): Promise<void> {
    const outcomes = await this.options.store.accept(events);
    for (const outcome of outcomes) this.options.observer.accepted(source, outcome);
  }

  private toStored(id: EventId, lane: LaneId, at: number, body: EventBody, keepMs: number): NewEvent {
    const now = this.options.clock();
    return {
      id,
      lane,
      partition: partitionOf(lane, this.options.partitions),
      payload: this.options.codec.sealEvent(id, { at, body }),
      acceptedAt: now,
      keepIdUntil: now + keepMs,
    };
  }
}

/** Ends a wait for the storage so that the platform gets its answer in time; the write itself may still succeed. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new StorageUnavailable('storage.too-slow')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
