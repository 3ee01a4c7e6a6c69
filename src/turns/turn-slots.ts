// How many turns this process runs at once, whichever partitions they belong to, and how many of them start in a row.

/** A turn is work for the main thread up to its commit: more than this many in a row would keep webhooks and timers waiting. */
const STARTS_PER_ROUND = 4;

export class TurnSlots {
  private running = 0;
  /** Turns started in this round of the event loop. */
  private started = 0;
  /** Who found no slot, the longest waiting first. */
  private readonly waiting = new Set<() => void>();

  constructor(readonly atOnce: number) {}

  /** False when there is none now; `again` is then called once, when it is worth another try. */
  take(again: () => void): boolean {
    if (!this.free) {
      this.waiting.add(again);
      return false;
    }
    this.running += 1;
    this.started += 1;
    if (this.started === 1) {
      setImmediate(() => {
        this.started = 0;
        this.wake();
      });
    }
    return true;
  }

  giveBack(): void {
    this.running -= 1;
    this.wake();
  }

  private get free(): boolean {
    return this.running < this.atOnce && this.started < STARTS_PER_ROUND;
  }

  private wake(): void {
    for (const again of this.waiting) {
      if (!this.free) return;
      this.waiting.delete(again);
      again();
    }
  }
}
