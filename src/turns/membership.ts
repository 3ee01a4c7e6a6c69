// Which processes work, known by leases alone: every worker holds one of a row of numbered seats. From the taken seats
// each process works out its even share of the partitions.
import type { Lease, TurnStore } from './turn-store.js';

/** More workers than this find no seat and wait for one. */
const SEATS = Array.from({ length: 64 }, (_, index) => `worker:${index}`);

export class Membership {
  private seat: Lease | undefined;

  constructor(
    private readonly store: TurnStore,
    private readonly owner: string,
    private readonly leaseMs: number,
  ) {}

  /** Keeps the seat, or takes one, and says how many of `partitions` this process should own; 0 without a seat. */
  async share(partitions: number): Promise<number> {
    if (this.seat !== undefined && !(await this.store.renew(this.seat, this.leaseMs))) this.seat = undefined;
    const holders = await this.store.leaseHolders(SEATS);
    if (this.seat === undefined) {
      const free = holders.indexOf(undefined);
      if (free < 0) return 0;
      this.seat = await this.store.acquire(SEATS[free] as string, this.owner, this.leaseMs);
      if (this.seat === undefined) return 0;
      holders[free] = this.owner;
    }
    const taken = holders.filter((holder) => holder !== undefined).length;
    const rank = holders.slice(0, SEATS.indexOf(this.seat.name)).filter((holder) => holder !== undefined).length;
    return Math.floor(partitions / taken) + (rank < partitions % taken ? 1 : 0);
  }

  async leave(): Promise<void> {
    if (this.seat !== undefined) await this.store.release(this.seat);
    this.seat = undefined;
  }
}
