// Hands a partition's events to their follower: each once and in order, however often the connection breaks in between.
import { sleep } from '../../../lib/backoff.js';
import { StorageUnavailable } from '../../../lib/errors.js';
import type { EventFeed, StoredEvent } from '../../../turns/turn-store.js';

const BATCH = 500;
const RETRY_MS = 100;
const BEGINNING = '-';

/** Events after the position (`-`: from the oldest), with or without their counts of throws and deaths. */
export type ReadEvents = (after: string, limit: number, withTries: boolean) => Promise<StoredEvent[]>;

export class RedisFeed implements EventFeed {
  private cursor = BEGINNING;
  /** Until the end was reached once there may be events from before, which an earlier owner tried already. */
  private catchingUp = true;
  /** What was handed out and is not done. */
  private readonly handed = new Set<string>();
  /** What became done while everything is looked at again: an answer under way may still hold it. */
  private doneMeanwhile: Set<string> | undefined;
  private startOver = false;
  private paused = false;
  private stopped = false;
  private reading = false;
  private woken = false;

  constructor(
    private readonly onEvents: (events: StoredEvent[]) => void,
    private readonly read: ReadEvents,
    private readonly onStop: () => void,
  ) {}

  readonly wake = (): void => {
    this.woken = true;
    if (!this.reading) void this.readAll();
  };

  /** The turn of this event was committed. */
  done(position: string): void {
    this.handed.delete(position);
    this.doneMeanwhile?.add(position);
  }

  /**
   * Behind a new connection there may be another server, with fewer events than the one before and with new ones at
   * positions that were passed already: everything is looked at again, and what was handed out is left out.
   */
  reread(): void {
    this.startOver = true;
    this.wake();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.wake();
  }

  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.handed.clear();
    this.onStop();
  }

  private get halted(): boolean {
    return this.paused || this.stopped;
  }

  private async readAll(): Promise<void> {
    this.reading = true;
    while (this.woken && !this.halted) {
      this.woken = false;
      try {
        await this.readToEnd();
      } catch (error) {
        if (!(error instanceof StorageUnavailable)) throw error;
        // The storage is down; what waits is safe there, so trying again is all there is to do.
        this.woken = true;
        await sleep(RETRY_MS);
      }
    }
    this.reading = false;
  }

  private async readToEnd(): Promise<void> {
    for (let level = false; !level && !this.halted; ) {
      if (this.startOver) {
        this.startOver = false;
        this.cursor = BEGINNING;
        this.catchingUp = true;
        this.doneMeanwhile = new Set();
      }
      const events = await this.read(this.cursor, BATCH, this.catchingUp);
      if (this.halted) return;
      const last = events.at(-1);
      if (last !== undefined) this.cursor = last.position;
      const fresh = events.filter(({ position }) => !this.handed.has(position) && !this.doneMeanwhile?.has(position));
      level = events.length < BATCH && !this.startOver;
      if (level) {
        this.catchingUp = false;
        this.doneMeanwhile = undefined;
      }
      for (const { position } of fresh) this.handed.add(position);
      if (fresh.length > 0) this.onEvents(fresh);
    }
  }
}
