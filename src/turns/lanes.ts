// Lanes in memory: one turn at a time per lane, many lanes at once. Decides who runs next, not what a turn does.
import { addressOf, type LaneId } from '../lib/ids.js';
import type { TurnSlots } from './turn-slots.js';
import type { StoredEvent } from './turn-store.js';

/** An event that was being worked on when the process died this often runs alone, so that only a guilty one is counted further. */
export const SUSPECT_DEATHS = 3;

/** Turns that somebody waits for, in a row, while others stand ready too. */
const AWAITED_IN_A_ROW = 8;

/** What became of the head event: it is done, or it is to be tried again after a while. */
export type HeadOutcome = { done: true } | { done: false; retryAfterMs: number };

export type RunHead = (event: StoredEvent, alone: boolean) => Promise<HeadOutcome>;

export class Lanes {
  /** Events of each lane, the head first: the one that runs, waits for a slot, or is to be tried again. */
  private readonly lanes = new Map<LaneId, StoredEvent[]>();
  /** Lanes whose head somebody waits for, and those whose head nobody does: a portal's event, another lane's effect, a timer. */
  private ready: LaneId[] = [];
  private patient: LaneId[] = [];
  /** Turns begun since a patient one was. */
  private sincePatient = 0;
  private suspects: LaneId[] = [];
  private running = 0;
  private aloneRunning = false;
  private waitingEvents = 0;
  private stopped = false;
  private readonly timers = new Set<NodeJS.Timeout>();
  private idle: (() => void)[] = [];

  constructor(
    private readonly runHead: RunHead,
    private readonly options: { slots: TurnSlots; onDrained?: () => void },
  ) {}

  /** Events in memory that are not done. */
  get depth(): number {
    return this.waitingEvents;
  }

  get active(): number {
    return this.running;
  }

  add(events: readonly StoredEvent[]): void {
    for (const event of events) {
      const queue = this.lanes.get(event.lane);
      if (queue === undefined) {
        this.lanes.set(event.lane, [event]);
        this.makeReady(event.lane, event);
      } else {
        queue.push(event);
      }
    }
    this.waitingEvents += events.length;
    this.pump();
  }

  /** No new turn starts; resolves when the running ones have ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private makeReady(id: LaneId, head: StoredEvent): void {
    (head.deaths >= SUSPECT_DEATHS ? this.suspects : isAwaited(head) ? this.ready : this.patient).push(id);
  }

  private readonly pump = (): void => {
    while (!this.stopped && !this.aloneRunning) {
      const alone = this.suspects.length > 0;
      if (alone ? this.running > 0 : this.ready.length + this.patient.length === 0) return;
      const patient = !alone && this.isPatientsTurn();
      if (!this.options.slots.take(this.pump, patient)) return;
      this.aloneRunning = alone;
      this.running += 1;
      this.sincePatient = patient ? 0 : this.sincePatient + 1;
      const queue = alone ? this.suspects : patient ? this.patient : this.ready;
      void this.start(queue.shift() as LaneId, { alone, patient });
    }
  };

  /** Who is waited for goes first, but never so that the others stand still. */
  private isPatientsTurn(): boolean {
    if (this.ready.length === 0) return true;
    const { slots } = this.options;
    return this.patient.length > 0 && this.sincePatient >= AWAITED_IN_A_ROW && slots.patientFree;
  }

  private async start(id: LaneId, { alone, patient }: { alone: boolean; patient: boolean }): Promise<void> {
    const queue = this.lanes.get(id);
    const head = queue?.[0];
    if (queue !== undefined && head !== undefined) {
      const outcome = await this.runHead(head, alone);
      if (outcome.done) this.advance(id, queue);
      else this.later(id, head, outcome.retryAfterMs);
    }
    this.running -= 1;
    if (alone) this.aloneRunning = false;
    if (this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
    // Other partitions' turn first: they may have waited longer.
    this.options.slots.giveBack(patient);
    this.pump();
  }

  private advance(id: LaneId, queue: StoredEvent[]): void {
    queue.shift();
    this.waitingEvents -= 1;
    const [next] = queue;
    if (next === undefined) this.lanes.delete(id);
    else this.makeReady(id, next);
    this.options.onDrained?.();
  }

  private later(id: LaneId, head: StoredEvent, afterMs: number): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.makeReady(id, head);
      this.pump();
    }, afterMs);
    this.timers.add(timer);
  }
}

/** What a citizen or an officer did; effects carry their position, timers their name. */
function isAwaited({ id, lane }: StoredEvent): boolean {
  const person = addressOf(lane) !== undefined || id.startsWith('desk:');
  return person && !/^timer:|#\d+(?:~\w+)?$/.test(id);
}
