// What the handover needs around it: the agencies, and how their queues stand (queue-state.ts).
import type { Ticket } from '../../records/ticket.js';
import type { Agencies } from './agencies.js';

/** How the queue of an agency stands, for the sentence that tells the citizen. */
export interface QueueState {
  /** Waiting before this place, counted up to MOST_AHEAD. */
  ahead: number;
  /** On duty now. */
  onDuty: number;
  /** Median of the last first answers, working ms; undefined while there are too few to say. */
  usualWait?: number;
}

export const MOST_AHEAD = 100;

/** A place in the queue: the urgent first, then who waits longest. */
export type QueuePlace = Pick<Ticket, 'priority' | 'waitingSince'>;

export interface HandoverServices {
  agencies: Agencies;
  queue(agency: string, place: QueuePlace, now: number): Promise<QueueState>;
}
