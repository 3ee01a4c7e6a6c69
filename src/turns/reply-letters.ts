// Replies that will never leave as they are: what takes their place in the outbox. Pure but for the counting; who decides
// that a reply has come to its end is delivery.ts.
import type { Channel } from '../channels/channel.js';
import { type Clock, MINUTE } from '../lib/clock.js';
import { addressOf } from '../lib/ids.js';
import type { Log } from '../lib/log.js';
import type { Codec, SendPayload } from './codec.js';
import { itemLetter } from './dead-letters.js';
import type { EngineObserver } from './observer.js';
import { fateOf } from './tracking.js';
import { type EngineTexts, NOTICE_FAILED } from './turn.js';
import type { OutboxItem, Settlement } from './turn-store.js';

/** Older replies would answer a question the citizen has forgotten. */
export const TOO_OLD_MS = 10 * MINUTE;

export interface ReplyLettersOptions {
  codec: Codec;
  channels: ReadonlyMap<string, Channel>;
  texts: EngineTexts;
  clock: Clock;
  observer: EngineObserver;
  log: Log;
}

export class ReplyLetters {
  constructor(private readonly options: ReplyLettersOptions) {}

  /** A dead letter in the reply's place; of what the bot said on its own accord the lane hears as well. */
  bury(item: OutboxItem, reason: string): Pick<Settlement, 'done' | 'add'> {
    const payload = this.opened(item);
    return { done: [item], add: [...this.endOf(item, payload, reason), ...this.failureOf(item, payload, reason)] };
  }

  /** Undefined when it cannot be opened: its letter says so. */
  private opened(item: OutboxItem): SendPayload | undefined {
    try {
      return this.options.codec.openSend(item.id, item.payload);
    } catch {
      return undefined;
    }
  }

  private failureOf(item: OutboxItem, send: SendPayload | undefined, reason: string): OutboxItem[] {
    const { codec, clock } = this.options;
    const notice = send?.notice;
    if (notice === undefined) return [];
    const id = `${item.id}~failed`;
    const at = clock();
    const body = { kind: 'notice', name: NOTICE_FAILED, data: { id: notice, reason } } as const;
    const payload = codec.sealItem(id, { lane: item.lane, at, body });
    return [{ ...item, id, kind: 'append', payload, createdAt: at, resends: 0 }];
  }

  /** All of the lane's replies that grew too old make room for one apology; an apology that grew old makes room for none. */
  replaceOld(
    lane: readonly OutboxItem[],
    head: SendPayload,
    now: number,
  ): Pick<Settlement, 'done' | 'add'> | undefined {
    const old = lane.filter((item) => now - item.createdAt > TOO_OLD_MS);
    const [first] = old;
    if (first === undefined) return undefined;
    const letters = old.flatMap((item) => this.endOf(item, this.opened(item), 'reply.too-old'));
    if (head.apology) return { done: old, add: letters };
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
    return { done: old, add: [...apologies, ...letters] };
  }

  /** Its letter, and its fate where it is tracked. */
  private endOf(item: OutboxItem, payload: SendPayload | undefined, reason: string): OutboxItem[] {
    const { codec, clock } = this.options;
    return [this.letterOf(item, reason), ...fateOf(codec, item, payload, { state: 'failed', reason }, clock())];
  }

  private letterOf(item: OutboxItem, reason: string): OutboxItem {
    this.options.observer.deadLetter('reply', reason);
    this.options.log.error({ action: 'reply.dead-letter', lane: item.lane, reason });
    const id = `${item.id}~dead`;
    const payload = this.options.codec.sealItem(id, itemLetter(item, reason, this.options.clock()));
    return { ...item, id, kind: 'record', payload, resends: 0 };
  }
}
