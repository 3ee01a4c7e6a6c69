// Hands a partition's events to their follower in order: from the file while catching up, from memory once level.
import { StorageUnavailable } from '../../lib/errors.js';
import type { EventFeed, StoredEvent } from '../../turns/turn-store.js';

const BATCH = 500;

export class EmbeddedFeed implements EventFeed {
  private cursor = 0;
  private newest = 0;
  private state: 'paused' | 'catching-up' | 'live' | 'stopped' = 'paused';
  private looping = false;

  constructor(
    private readonly onEvents: (events: StoredEvent[]) => void,
    private readonly read: (after: number, limit: number) => Promise<StoredEvent[]>,
  ) {}

  /** Called for every durable event of the partition, in order of position. */
  accepted(position: number, event: StoredEvent): void {
    this.newest = position;
    // The reader may have seen the row before the writer's answer got here: once handed out is enough.
    if (this.state !== 'live' || position <= this.cursor) return;
    this.cursor = position;
    this.onEvents([event]);
  }

  pause(): void {
    if (this.state !== 'stopped') this.state = 'paused';
  }

  resume(): void {
    if (this.state !== 'paused') return;
    this.state = 'catching-up';
    if (!this.looping) void this.catchUp();
  }

  stop(): void {
    this.state = 'stopped';
  }

  private async catchUp(): Promise<void> {
    this.looping = true;
    while (this.state === 'catching-up') {
      let events: StoredEvent[];
      try {
        events = await this.read(this.cursor, BATCH);
      } catch (error) {
        if (!(error instanceof StorageUnavailable)) throw error;
        // The storage is down; what waits is safe there, so trying again is all there is to do.
        await new Promise((resolve) => setTimeout(resolve, 200));
        continue;
      }
      if (this.state !== 'catching-up') break;
      const last = events.at(-1);
      if (last !== undefined) {
        this.cursor = Number(last.position);
        this.onEvents(events);
      } else if (this.newest <= this.cursor) {
        this.state = 'live';
      }
    }
    this.looping = false;
  }
}
