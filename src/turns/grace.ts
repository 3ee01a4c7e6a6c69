// Waiting for work that is to end soon, and no longer.
import { sleep } from '../lib/backoff.js';

/** Resolves when the work ended, or after `ms`; leaves no timer behind. Rejects as the work does. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const ended = new AbortController();
  try {
    await Promise.race([work, sleep(ms, ended.signal)]);
  } finally {
    ended.abort();
  }
}
