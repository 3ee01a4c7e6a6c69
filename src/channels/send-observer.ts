// What a channel tells about its calls to the platform, for metrics. Never what was said.
import type { ChannelName } from '../lib/ids.js';
import type { SendPriority, SendReason } from './channel.js';

export interface SendObservation {
  channel: ChannelName;
  account: string;
  call: 'message' | 'typing';
  outcome: 'sent' | 'retry' | 'fix' | 'give-up' | 'pause' | 'unknown';
  reason?: SendReason;
  priority: SendPriority;
  /** Milliseconds, waiting for the governor included. */
  ms: number;
}

export type SendObserver = (observation: SendObservation) => void;
