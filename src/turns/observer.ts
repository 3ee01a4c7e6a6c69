// What the engine tells the outside about itself: numbers and codes for metrics, never content.

import type { SendResult } from '../channels/channel.js';
import type { ChannelName } from '../lib/ids.js';

export interface EngineObserver {
  accepted(source: string, outcome: 'accepted' | 'duplicate'): void;
  /** `ms`: from the turn's start to its commit. */
  turn(outcome: 'committed' | 'fenced' | 'threw' | 'dead-letter' | 'stale-timer', ms: number): void;
  /** `ms`: of the call itself. `reason` is a stable code, empty when sent. */
  sent(channel: ChannelName, outcome: SendResult['outcome'], reason: string, ms: number): void;
  /** From the acceptance of an event to the platform's confirmation of the first reply to it. */
  answered(channel: ChannelName, ms: number): void;
  deadLetter(source: 'event' | 'reply' | 'effect' | 'webhook', reason: string): void;
}

export const silentObserver: EngineObserver = {
  accepted: () => undefined,
  turn: () => undefined,
  sent: () => undefined,
  answered: () => undefined,
  deadLetter: () => undefined,
};
