// What a call's fate means when the platform gave no readable answer of its own: the same for every platform.
import { MINUTE, SECOND } from '../lib/clock.js';
import type { ChannelName } from '../lib/ids.js';
import type { SendResult } from './channel.js';
import type { CallOutcome } from './platform-client.js';

const MAX_RETRY_AFTER = 60 * MINUTE;

export function withoutAnswer(channel: ChannelName, outcome: Exclude<CallOutcome, { kind: 'answer' }>): SendResult {
  const reason = `${channel}.network.${outcome.code}`;
  if (outcome.kind === 'lost') return { outcome: 'unknown', reason };
  return { outcome: 'retry', afterMs: outcome.code === 'aborted' ? 0 : 2 * SECOND, reason };
}

/** For an HTTP answer whose body is not the platform's. A 2xx or 5xx may come from a gateway after the message was taken. */
export function byStatus(
  channel: ChannelName,
  status: number,
  retryAfter: string | undefined,
  pauseMs: () => number,
): SendResult {
  const reason = `${channel}.http-${status}`;
  if (status === 429) return { outcome: 'pause', afterMs: retryAfterMs(retryAfter) ?? pauseMs(), reason };
  if (status < 300 || status >= 500) return { outcome: 'unknown', reason };
  if (status === 400 || status === 413 || status === 422) return { outcome: 'give-up', reason };
  // Redirects, refused or missing addresses: a wrong setting or a block in between, for every message alike.
  return { outcome: 'pause', afterMs: MINUTE, reason };
}

/** The header `Retry-After` in its form of seconds, at most an hour. */
function retryAfterMs(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d{1,6}$/.test(header.trim())) return undefined;
  return Math.min(MAX_RETRY_AFTER, Math.max(SECOND, Number(header) * SECOND));
}
