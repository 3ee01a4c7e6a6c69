import fc from 'fast-check';
import type { SendPriority } from '../../src/channels/channel.js';
import { Governor, type RateLimit } from '../../src/channels/governor.js';

const never = new AbortController().signal;

/** Everything that was granted has been noticed. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A clock that moves when told and runs what became due on the way. */
class TestTime {
  now = 0;
  readonly timers = new Map<object, { at: number; work: () => void }>();

  pool(limit: RateLimit) {
    const governor = new Governor({
      clock: () => this.now,
      schedule: (work, ms) => {
        const key = {};
        this.timers.set(key, { at: this.now + ms, work });
        return () => this.timers.delete(key);
      },
    });
    return governor.pool('app', limit);
  }

  async advance(ms: number): Promise<void> {
    await settled();
    const end = this.now + ms;
    for (;;) {
      const next = [...this.timers].sort(([, a], [, b]) => a.at - b.at)[0];
      if (!next || next[1].at > end) break;
      this.now = next[1].at;
      this.timers.delete(next[0]);
      next[1].work();
      await settled();
    }
    this.now = end;
  }
}

describe('the governor', () => {
  it('lets calls pass up to the limit, then one by one as old ones leave the window', async () => {
    const time = new TestTime();
    const pool = time.pool({ calls: 3, perMs: 1000 });
    const granted: number[] = [];
    for (let call = 0; call < 5; call += 1) void pool.take('reply', never).then(() => granted.push(time.now));
    await time.advance(0);
    expect(granted).toEqual([0, 0, 0]);
    await time.advance(999);
    expect(granted).toHaveLength(3);
    await time.advance(1);
    expect(granted).toEqual([0, 0, 0, 1000, 1000]);
  });

  it('never grants more than the limit in any window, whatever comes', async () => {
    const calls = fc.array(
      fc.record({
        wait: fc.integer({ min: 0, max: 300 }),
        priority: fc.constantFrom<SendPriority>('reply', 'notice', 'broadcast'),
      }),
      { minLength: 1, maxLength: 80 },
    );
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 10 }), async (plan, limit) => {
        const time = new TestTime();
        const pool = time.pool({ calls: limit, perMs: 500 });
        const granted: number[] = [];
        for (const { wait, priority } of plan) {
          await time.advance(wait);
          void pool.take(priority, never).then(() => granted.push(time.now));
        }
        await time.advance(500 * plan.length + 500);
        expect(granted).toHaveLength(plan.length);
        granted.forEach((at, index) => {
          const inWindow = granted.slice(index).filter((other) => other < at + 500).length;
          expect(inWindow).toBeLessThanOrEqual(limit);
        });
        expect(time.timers.size).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('serves replies before notices before broadcasts, each first come first served', async () => {
    const time = new TestTime();
    const pool = time.pool({ calls: 1, perMs: 100 });
    await pool.take('reply', never);
    const served: string[] = [];
    for (const [name, priority] of [
      ['b1', 'broadcast'],
      ['n1', 'notice'],
      ['r1', 'reply'],
      ['b2', 'broadcast'],
      ['r2', 'reply'],
    ] as const) {
      void pool.take(priority, never).then(() => served.push(name));
    }
    await time.advance(1000);
    expect(served).toEqual(['r1', 'r2', 'n1', 'b1', 'b2']);
  });

  it('leaves a fifth of the limit to others than broadcasts', () => {
    const pool = new TestTime().pool({ calls: 10, perMs: 1000 });
    const taken = (priority: SendPriority) =>
      Array.from({ length: 20 }, () => pool.tryTake(priority)).filter(Boolean).length;
    expect([taken('broadcast'), taken('notice'), taken('reply')]).toEqual([8, 1, 1]);
  });

  it('forgets a caller who has given up and stops its timer', async () => {
    const time = new TestTime();
    const pool = time.pool({ calls: 1, perMs: 100 });
    await pool.take('reply', never);
    const caller = new AbortController();
    const waiting = pool.take('reply', caller.signal);
    expect([pool.waiting, time.timers.size]).toEqual([1, 1]);
    caller.abort();
    expect(await waiting).toBe(false);
    expect([pool.waiting, time.timers.size]).toEqual([0, 0]);
    expect(await pool.take('reply', AbortSignal.abort())).toBe(false);
  });

  it('starts anew when the clock is set back, rather than waiting for it', () => {
    const time = new TestTime();
    time.now = 1_000_000;
    const pool = time.pool({ calls: 1, perMs: 100 });
    expect(pool.tryTake('reply')).toBe(true);
    time.now = 10;
    expect(pool.tryTake('reply')).toBe(true);
  });

  it('never lets several processes pass the limit together, whatever part each was given', () => {
    const parts = fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }).filter((owned) => owned.some((one) => one > 0));
    fc.assert(
      fc.property(parts, fc.integer({ min: 20, max: 200 }), (owned, calls) => {
        const all = owned.reduce((sum, one) => sum + one, 0);
        const taken = owned.map((one) => {
          const governor = new Governor({ clock: () => 0 });
          const pool = governor.pool('app', { calls, perMs: 1000 });
          governor.allot(one / all);
          return Array.from({ length: calls }, () => pool.tryTake('reply')).filter(Boolean).length;
        });
        const atWork = taken.filter((_, index) => (owned[index] ?? 0) > 0);
        expect(atWork.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(calls);
        // Rounding leaves less than one call for each process unused.
        expect(atWork.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(calls - owned.length);
        // One that owns nothing yet is not shut out for a whole window when it comes to own something.
        expect(Math.min(...taken)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('follows its part at once as processes come and go', async () => {
    const time = new TestTime();
    const pool = time.pool({ calls: 8, perMs: 1000 });
    const served: number[] = [];
    const take = (times: number) => {
      for (let call = 0; call < times; call += 1) void pool.take('reply', never).then(() => served.push(time.now));
    };
    pool.allot(0.25);
    take(6);
    await time.advance(500);
    expect(served).toEqual([0, 0]);
    pool.allot(0.5);
    await time.advance(0);
    expect(served).toEqual([0, 0, 500, 500]);
    pool.allot(0.25);
    await time.advance(999);
    expect(served).toHaveLength(4);
    await time.advance(1);
    expect(served).toEqual([0, 0, 500, 500, 1500, 1500]);
    expect(time.timers.size).toBe(0);
  });

  it('gives its part to pools that are made later', () => {
    const governor = new Governor({ clock: () => 0 });
    governor.allot(0.5);
    const pool = governor.pool('page', { calls: 4, perMs: 1000 });
    expect([1, 2, 3].map(() => pool.tryTake('reply'))).toEqual([true, true, false]);
    expect(() => governor.allot(1.5)).toThrow(RangeError);
  });

  it('shares a pool by name', () => {
    const governor = new Governor({ clock: () => 0 });
    expect(governor.pool('zalo:1', { calls: 1, perMs: 1 })).toBe(governor.pool('zalo:1', { calls: 9, perMs: 1 }));
  });
});
