// Work that only one process does at a time, known by a lease: a token's refresh, the catalogue's sync.
import { SECOND } from '../lib/clock.js';
import type { Lease, TurnStore } from './turn-store.js';

const LEASE_MS = 15 * SECOND;
const RENEW_EVERY_MS = LEASE_MS / 3;

export type Leases = Pick<TurnStore, 'acquire' | 'renew' | 'release'>;

/**
 * Runs `work` while holding the lease `name`; undefined when another holder, in this process or another, is at it.
 * A lease lost meanwhile does not stop the work: what it writes must notice when somebody else was faster.
 */
export async function exclusively<T>(
  leases: Leases,
  name: string,
  owner: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const lease = await leases.acquire(name, owner, LEASE_MS);
  if (lease === undefined) return undefined;
  const renewing = setInterval(() => void renew(leases, lease), RENEW_EVERY_MS).unref();
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    // What the work returned counts more: a lease that was not given up ends by itself.
    await leases.release(lease).catch(() => undefined);
  }
}

async function renew(leases: Leases, lease: Lease): Promise<void> {
  await leases.renew(lease, LEASE_MS).catch(() => false);
}
