// Work that nobody waits for, a few pieces in each round of the event loop: a flood of it leaves room for everything else.

export class Rounds {
  private readonly waiting: (() => void)[] = [];
  private begun = 0;

  constructor(private readonly perRound: number) {}

  /** Resolves when it is this caller's turn, in the order of calling. */
  async turn(): Promise<void> {
    if (this.begun === 0) setImmediate(this.next);
    if (this.begun < this.perRound && this.waiting.length === 0) {
      this.begun += 1;
      return;
    }
    this.begun = Math.max(this.begun, 1);
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private readonly next = (): void => {
    const now = this.waiting.splice(0, this.perRound);
    this.begun = now.length;
    if (now.length > 0) setImmediate(this.next);
    for (const resolve of now) resolve();
  };
}
