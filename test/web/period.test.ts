// The days and figures of the desk's statistics.
import { before, byDay, byHour, daysOf, isDay, length, totals } from '../../web/src/pages/statistics/period.js';

/** 20 November 2026, 23:30 in Vietnam. */
const NOW = Date.parse('2026-11-20T23:30:00+07:00');

function day(agency: string, name: string, opened: number, answered: number, firstAnswerMs: number) {
  const hours = Array.from({ length: 24 }, (_, hour) => (hour === 8 ? opened : 0));
  return { agency, day: name, opened, closed: 0, reopened: 0, answered, firstAnswerMs, breached: 0, hours };
}

describe('the days of statistics', () => {
  it.each([
    ['today', '2026-11-20', '2026-11-20'],
    ['week', '2026-11-14', '2026-11-20'],
    ['month', '2026-11-01', '2026-11-20'],
    ['last-month', '2026-10-01', '2026-10-31'],
  ] as const)('of %s are %s to %s, in Vietnam', (period, from, to) => {
    expect(daysOf(period, NOW)).toEqual({ from, to });
  });

  it('reach over a new year', () => {
    expect(daysOf('last-month', Date.parse('2027-01-01T00:10:00+07:00'))).toEqual({
      from: '2026-12-01',
      to: '2026-12-31',
    });
  });

  it('are compared with as many days just before', () => {
    const days = { from: '2026-11-14', to: '2026-11-20' };
    expect(length(days)).toBe(7);
    expect(before(days)).toEqual({ from: '2026-11-07', to: '2026-11-13' });
  });

  it.each([
    ['2026-11-20', true],
    ['2026-02-30', false],
    ['20/11/2026', false],
    [undefined, false],
  ])('take %s for a day: %s', (text, yes) => {
    expect(isDay(text)).toBe(yes);
  });
});

describe('the figures of statistics', () => {
  const days = [
    day('a', '2026-11-18', 4, 3, 30_000),
    day('b', '2026-11-18', 2, 1, 90_000),
    day('a', '2026-11-20', 1, 0, 0),
  ];

  it('are added up over agencies, and the mean counts every answer alike', () => {
    expect(totals(days)).toMatchObject({ opened: 7, answered: 4, firstAnswer: 30_000 });
    expect(totals([]).firstAnswer).toBeUndefined();
  });

  it('have a row for every day, also for those on which nothing happened', () => {
    const rows = byDay(days, { from: '2026-11-18', to: '2026-11-20' });
    expect(rows.map((row) => [row.day, row.opened, row.firstAnswer])).toEqual([
      ['2026-11-18', 6, 30_000],
      ['2026-11-19', 0, undefined],
      ['2026-11-20', 1, undefined],
    ]);
  });

  it('are added up by hour', () => {
    expect(byHour(days)[8]).toBe(7);
    expect(byHour([])).toHaveLength(24);
  });
});
