import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DAY } from '../../src/lib/clock.js';
import { readWorkingDays } from '../../src/lib/working-days.js';

const days = readWorkingDays(readFileSync(join(__dirname, '../../calendar/vietnam.yaml'), 'utf8'));
const at = (day: string, time = '09:00') => Date.parse(`${day}T${time}:00+07:00`);

describe('working days', () => {
  it.each([
    ['an ordinary Friday', '2026-11-20', true],
    ['a Saturday', '2026-11-21', false],
    ['a Sunday', '2026-11-22', false],
    ['a day of Tết', '2026-02-17', false],
    ['a Monday that was swapped for a Saturday', '2026-08-31', false],
    ['the Saturday that is worked for it', '2026-08-22', true],
  ])('%s', (_what, day, worked) => {
    expect(days.isWorkingDay(at(day))).toBe(worked);
  });

  it('go by the day in Vietnam, whatever the server thinks', () => {
    expect(days.isWorkingDay(Date.parse('2026-11-20T17:30:00Z'))).toBe(false);
    expect(days.isWorkingDay(Date.parse('2026-11-22T17:30:00Z'))).toBe(true);
  });

  it('are counted from the day after, over weekends and holidays', () => {
    expect(days.between(at('2026-11-20'), at('2026-11-23'))).toBe(1);
    expect(days.between(at('2026-02-13'), at('2026-02-23'))).toBe(1);
    expect(days.between(at('2026-08-21'), at('2026-08-24'))).toBe(2);
    expect(days.between(at('2026-11-20', '23:59'), at('2026-11-20', '00:00'))).toBe(0);
  });

  it('move an appointment past Tết and keep its time of day', () => {
    expect(days.add(at('2026-02-13', '10:15'), 2)).toBe(at('2026-02-24', '10:15'));
  });

  it('say when a year has no table', () => {
    expect(days.knows(at('2026-02-01'), at('2026-12-01'))).toBe(true);
    expect(days.knows(at('2026-12-01'), at('2027-02-01'))).toBe(false);
  });

  it('add up: going forward and counting back agree', () => {
    const start = fc.integer({ min: at('2025-01-01'), max: at('2026-10-01') });
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 60 }), (from, many) => {
        const to = days.add(from, many);
        expect(days.between(from, to)).toBe(many);
        expect(days.between(to, from)).toBe(0 - many);
        expect(many === 0 || days.isWorkingDay(to)).toBe(true);
        expect((to - from) % DAY).toBe(0);
      }),
    );
  });

  it.each([
    ['no date', '2026:\n  off: [2026-02-30]'],
    ['another year', '2026:\n  off: [2025-02-03]'],
    ['off and worked at once', '2026:\n  off: [2026-02-03]\n  worked: [2026-02-03]'],
    ['an unknown word', '2026:\n  of: [2026-02-03]'],
    ['no table', '- 2026-02-03'],
  ])('refuse a table with %s', (_what, yaml) => {
    expect(() => readWorkingDays(yaml)).toThrow();
  });
});
