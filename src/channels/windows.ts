// When a platform lets us write to a citizen on our own accord: free, billed or not at all. The figures are each platform's, in its limits.
import { MINUTE } from '../lib/clock.js';
import type { ChannelName } from '../lib/ids.js';
import { MESSENGER_WINDOWS } from './messenger/limits.js';
import { ZALO_WINDOWS } from './zalo/limits.js';

/** `open`: any message, free. `billed`: any message, paid by the account's package or wallet. `closed`: templates only. */
export type WindowState = 'open' | 'billed' | 'closed';

/** A stretch of time after the citizen's last interaction; they follow each other, and after the last everything is closed. */
export interface MessagingWindow {
  state: Exclude<WindowState, 'closed'>;
  /** Since the last interaction, in milliseconds. */
  untilMs: number;
}

const WINDOWS: Readonly<Record<ChannelName, readonly MessagingWindow[]>> = {
  zalo: ZALO_WINDOWS,
  messenger: MESSENGER_WINDOWS,
};

/** The platform's clock decides, and a message needs its time to leave. */
const MARGIN = 2 * MINUTE;

/**
 * What a normal message to this citizen is now. `lastInteractionAt` is the platform's time of the last thing
 * they did (an edited message, an echo or a farewell is none); undefined: never. `until` is when the state ends; a closed window does not end by itself.
 */
export function windowAt(
  channel: ChannelName,
  lastInteractionAt: number | undefined,
  now: number,
): { state: WindowState; until?: number } {
  if (lastInteractionAt === undefined) return { state: 'closed' };
  for (const { state, untilMs } of WINDOWS[channel]) {
    const until = lastInteractionAt + untilMs - MARGIN;
    if (now < until) return { state, until };
  }
  return { state: 'closed' };
}

const CONTRADICTIONS: ReadonlySet<string> = new Set([
  'zalo.-213',
  'zalo.-230',
  'zalo.-232',
  'messenger.10.2018278',
  'messenger.10.2018065',
  'messenger.10.2534022',
]);
const UNPAID: ReadonlySet<string> = new Set(['zalo.-211', 'zalo.-320', 'zalo.-321']);

/**
 * What a refused send says about the window that we took for open: `closed`, only a template may still arrive; `unpaid`, it is the
 * billed part and nobody pays; undefined when the refusal is about something else.
 */
export function windowRefusal(reason: string): 'closed' | 'unpaid' | undefined {
  if (CONTRADICTIONS.has(reason)) return 'closed';
  return UNPAID.has(reason) ? 'unpaid' : undefined;
}
