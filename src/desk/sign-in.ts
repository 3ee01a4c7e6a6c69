// Whether a username and a password belong together, and how often that may be asked. Limits count what failed, per username and
// per address, over all processes.
import { randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { type Clock, MINUTE } from '../lib/clock.js';
import type { KeyedHash } from '../lib/keyed-hash.js';
import type { CounterRule, Counters } from '../records/counters.js';
import { ALL_AGENCIES, type StaffMember } from '../records/staff.js';
import type { DeskActions } from './actions.js';
import { passwordFits } from './passwords.js';
import type { StaffDirectory } from './staff-directory.js';
import { staffIdOf, usernameSchema } from './staff-ids.js';

const PER_USERNAME: CounterRule = { limit: 10, windowMs: 15 * MINUTE };
const PER_ADDRESS: CounterRule = { limit: 50, windowMs: 15 * MINUTE };

export interface CheckerOptions {
  staff: Pick<StaffDirectory, 'fresh'>;
  counters: Counters;
  actions: Pick<DeskActions, 'audit'>;
  /** Usernames and addresses stand in counters as keyed hashes only. */
  keys: Pick<KeyedHash, 'current'>;
  clock: Clock;
}

export type Checked =
  | { result: 'fits'; id: string; member: StaffMember }
  | { result: 'wrong' }
  /** Seconds until it may be tried again. */
  | { result: 'throttled'; retryAfter: number };

export class PasswordChecker {
  constructor(private readonly options: CheckerOptions) {}

  /** Says nothing about whether there is such a member: `wrong` is also who is disabled. Failures are audited. */
  async check(username: string, password: string, address: string): Promise<Checked> {
    const { counters, staff } = this.options;
    const known = usernameSchema.safeParse(username);
    const hit = randomUUID();
    const limits = this.limitsOf(known.success ? known.data : username, address);
    for (const [key, rule] of limits) {
      const { allowed, retryAt = 0 } = await counters.take(key, rule, hit);
      if (allowed) continue;
      const wait = Math.ceil((retryAt - this.options.clock()) / 1000);
      return { result: 'throttled', retryAfter: Math.max(1, wait) };
    }
    const id = known.success ? staffIdOf(known.data) : '';
    const member = known.success ? await staff.fresh(id) : undefined;
    const fits = await passwordFits(password, member?.password);
    if (!fits || member === undefined || member.disabled) {
      await this.auditFailure(member === undefined ? 'unknown' : id);
      return { result: 'wrong' };
    }
    await Promise.all(limits.map(([key]) => counters.giveBack(key, hit)));
    return { result: 'fits', id, member };
  }

  private limitsOf(username: string, address: string): [string, CounterRule][] {
    const { keys } = this.options;
    // The address first: from one that is closed nobody can close usernames.
    return [
      [`desk:sign-in:from:${keys.current(networkOf(address))}`, PER_ADDRESS],
      [`desk:sign-in:user:${keys.current(username)}`, PER_USERNAME],
    ];
  }

  /** What was typed for a username nobody has is not written down: it may be a password. */
  private async auditFailure(id: string): Promise<void> {
    const { actions, clock } = this.options;
    const line = { agency: ALL_AGENCIES, by: 'system', action: 'sign-in.failed', object: `staff:${id}` };
    await actions.audit(line, clock());
  }
}

/** One household or office has a /64 of IPv6 addresses. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = (address.split('%', 1)[0] ?? '').toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const groups = address.includes('::')
    ? [...front, ...Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0'), ...back]
    : front;
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
