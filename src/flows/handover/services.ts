// What the handover needs around it: the agencies, and who is there now.
import type { Agencies } from './agencies.js';

/** How the queue of an agency stands, for the sentence that tells the citizen. */
export interface QueueState {
  /** Waiting now, counted up to 100. */
  waiting: number;
  /** On duty now. */
  onDuty: number;
  /** Median of the last first answers, working ms; undefined while there are too few to say. */
  usualWait?: number;
}

export interface HandoverServices {
  agencies: Agencies;
  queue(agency: string, now: number): Promise<QueueState>;
}
