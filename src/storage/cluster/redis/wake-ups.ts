// Tells followers that something was accepted: one shard channel per partition, which a Redis Cluster can serve as well,
// and a slow poll behind it, because a message may be lost and an event may not.
import type { Redis } from 'ioredis';
import { reconnect } from './connection.js';

/** How long a lost message can hold an event up. */
const POLL_MS = 1000;
/** While the channel is not there, the poll does its work alone. */
const POLL_UNSUBSCRIBED_MS = 25;

export class WakeUps {
  private readonly listeners = new Map<string, () => void>();
  private subscribed = false;
  private pinged = false;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly redis: Redis) {
    redis.on('ready', () => void this.subscribeAll());
    redis.on('close', () => {
      this.subscribed = false;
      this.pinged = false;
      this.schedule();
    });
    redis.on('smessage', (channel: string) => this.listeners.get(channel)?.());
    if (redis.status === 'ready') void this.subscribeAll();
    this.schedule();
  }

  /** One listener a channel; a new one takes the old one's place. */
  listen(channel: string, wake: () => void): void {
    this.listeners.set(channel, wake);
    // Woken once more: what came between the first read and the subscription was announced to nobody.
    if (this.redis.status === 'ready') this.redis.ssubscribe(channel).then(wake, () => reconnect(this.redis));
  }

  unlisten(channel: string, wake: () => void): void {
    if (this.listeners.get(channel) !== wake) return;
    this.listeners.delete(channel);
    if (this.redis.status === 'ready') this.redis.sunsubscribe(channel).catch(() => reconnect(this.redis));
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async subscribeAll(): Promise<void> {
    try {
      // One by one: channels of different slots cannot be subscribed to together.
      await Promise.all([...this.listeners.keys()].map((channel) => this.redis.ssubscribe(channel)));
      this.subscribed = true;
      this.wakeAll();
    } catch {
      reconnect(this.redis);
    }
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.timer = setTimeout(() => this.poll(), this.subscribed ? POLL_MS : POLL_UNSUBSCRIBED_MS);
  }

  private poll(): void {
    this.wakeAll();
    if (this.subscribed) this.check();
    this.schedule();
  }

  /** A connection that is dead without knowing it brings no messages and no error either. */
  private check(): void {
    if (this.pinged) {
      reconnect(this.redis);
      return;
    }
    this.pinged = true;
    this.redis.ping().then(
      () => {
        this.pinged = false;
      },
      () => undefined,
    );
  }

  private wakeAll(): void {
    for (const wake of this.listeners.values()) wake();
  }
}
