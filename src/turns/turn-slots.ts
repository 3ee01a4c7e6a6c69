// How many turns this process runs at once, whichever partitions they belong to, and how many of them start in a row.

/** A turn is work for the main thread up to its commit: more than this many in a row would keep webhooks and timers waiting. */
const STARTS_PER_ROUND = 4;

/** Part of the slots that turns nobody waits for may hold: the others are free when a citizen writes. */
const PATIENT_PART = 1 / 8;

export class TurnSlots {
  private running = 0;
  private patientRunning = 0;
  /** Turns started in this round of the event loop. */
  private started = 0;
  /** Who found no slot, the longest waiting first. */
  private readonly waiting = new Set<() => void>();

  constructor(readonly atOnce: number) {}

  /** Whether there is one for a turn that nobody waits for. */
  get patientFree(): boolean {
    return this.patientRunning < Math.max(1, Math.floor(this.atOnce * PATIENT_PART));
  }

  /** False when there is none now; `again` is then called once, when it is worth another try. `patient`: nobody waits for it. */
  take(again: () => void, patient: boolean): boolean {
    if (!this.free || (patient && !this.patientFree)) {
      this.waiting.add(again);
      return false;
    }
    this.running += 1;
    if (patient) this.patientRunning += 1;
    this.started += 1;
    if (this.started === 1) {
      setImmediate(() => {
        this.started = 0;
        this.wake();
      });
    }
    return true;
  }

  giveBack(patient: boolean): void {
    this.running -= 1;
    if (patient) this.patientRunning -= 1;
    this.wake();
  }

  private get free(): boolean {
    return this.running < this.atOnce && this.started < STARTS_PER_ROUND;
  }

  private wake(): void {
    // Who is refused once more waits again: not in this round.
    for (const again of [...this.waiting]) {
      if (!this.free) return;
      this.waiting.delete(again);
      again();
    }
  }
}
