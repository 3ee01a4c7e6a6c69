import fc from 'fast-check';
import { windowAt, windowRefusal } from '../../src/channels/windows.js';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.js';

const SINCE = Date.UTC(2026, 10, 9, 3);
const since = (channel: 'zalo' | 'messenger', ms: number) => windowAt(channel, SINCE, SINCE + ms);

describe('windowAt', () => {
  it('is open on Zalo for 48 hours, billed until the seventh day is over, then closed', () => {
    expect(since('zalo', 0)).toEqual({ state: 'open', until: SINCE + 48 * HOUR - 2 * MINUTE });
    expect(since('zalo', 47 * HOUR).state).toBe('open');
    expect(since('zalo', 48 * HOUR)).toEqual({ state: 'billed', until: SINCE + 7 * DAY - 2 * MINUTE });
    expect(since('zalo', 6 * DAY).state).toBe('billed');
    expect(since('zalo', 7 * DAY)).toEqual({ state: 'closed' });
  });

  it('is open on Messenger for 24 hours, then closed', () => {
    expect(since('messenger', 23 * HOUR)).toEqual({ state: 'open', until: SINCE + 24 * HOUR - 2 * MINUTE });
    expect(since('messenger', 24 * HOUR)).toEqual({ state: 'closed' });
  });

  it('is closed for somebody who never wrote', () => {
    expect(windowAt('zalo', undefined, SINCE)).toEqual({ state: 'closed' });
  });

  it('never opens again by itself, and ends when it says', () => {
    const order = { open: 0, billed: 1, closed: 2 };
    fc.assert(
      fc.property(fc.constantFrom('zalo', 'messenger'), fc.nat(10 * DAY), fc.nat(10 * DAY), (channel, one, more) => {
        const { state, until } = since(channel, one);
        expect(order[since(channel, one + more).state]).toBeGreaterThanOrEqual(order[state]);
        if (until === undefined) return;
        expect(windowAt(channel, SINCE, until - 1).state).toBe(state);
        expect(windowAt(channel, SINCE, until).state).not.toBe(state);
      }),
    );
  });
});

describe('windowRefusal', () => {
  it('knows the platforms words for closed and for unpaid', () => {
    expect(windowRefusal('zalo.-230')).toBe('closed');
    expect(windowRefusal('messenger.10.2018278')).toBe('closed');
    expect(windowRefusal('zalo.-320')).toBe('unpaid');
    expect(windowRefusal('zalo.-201')).toBeUndefined();
    expect(windowRefusal('zalo.template.-230')).toBeUndefined();
  });
});
