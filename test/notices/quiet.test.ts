// Hours in which the bot does not speak first.
import fc from 'fast-check';
import { type QuietHours, quietUntil } from '../../src/flows/notify/quiet.js';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.js';

const NIGHT: QuietHours = { from: 21 * 60, to: 7 * 60 };
const NOON: QuietHours = { from: 12 * 60, to: 13 * 60 + 30 };
/** A moment in Vietnam (UTC+7), 9 November 2026 unless another day is told. */
const at = (hours: number, minutes = 0, day = 9) => Date.UTC(2026, 10, day, hours - 7, minutes);

describe('quiet hours', () => {
  it.each<[string, QuietHours | undefined, number, number | undefined]>([
    ['the afternoon is not quiet', NIGHT, at(16), undefined],
    ['the last minute before the night is not', NIGHT, at(20, 59), undefined],
    ['the night begins on its minute', NIGHT, at(21), at(7, 0, 10)],
    ['before midnight the end is tomorrow', NIGHT, at(23, 30), at(7, 0, 10)],
    ['after midnight it is today', NIGHT, at(0, 5), at(7)],
    ['the end itself is not quiet', NIGHT, at(7), undefined],
    ['a stretch within a day', NOON, at(12, 15), at(13, 30)],
    ['and outside of it', NOON, at(14), undefined],
    ['none at all', undefined, at(2), undefined],
  ])('%s', (_name, quiet, now, until) => {
    expect(quietUntil(quiet, now)).toBe(until);
  });

  it('always end within a day, at a time that is not quiet', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(minute, minute, fc.integer({ min: at(0), max: at(0) + 400 * DAY }), (from, to, now) => {
        fc.pre(from !== to);
        const until = quietUntil({ from, to }, now);
        if (until === undefined) return;
        expect(until).toBeGreaterThan(now);
        expect(until - now).toBeLessThanOrEqual(24 * HOUR);
        expect(quietUntil({ from, to }, until)).toBeUndefined();
        expect(quietUntil({ from, to }, until - MINUTE / 2)).toBe(until);
      }),
    );
  });
});
