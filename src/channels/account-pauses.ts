// How long an account rests after a platform said "too fast": doubling while it keeps saying so, back to the start after a success.

export class AccountPauses {
  readonly #repeats = new Map<string, number>();

  constructor(
    readonly baseMs: number,
    readonly maxMs: number,
  ) {}

  /** Milliseconds to rest now. */
  next(account: string): number {
    const repeats = this.#repeats.get(account) ?? 0;
    this.#repeats.set(account, repeats + 1);
    return Math.min(this.maxMs, this.baseMs * 2 ** Math.min(repeats, 20));
  }

  succeeded(account: string): void {
    if (this.#repeats.size > 0) this.#repeats.delete(account);
  }
}
