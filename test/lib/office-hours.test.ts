// Office hours: what is open when, and working time between moments.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.js';
import { readOfficeHours } from '../../src/lib/office-hours.js';
import { readWorkingDays } from '../../src/lib/working-days.js';

const table = readFileSync(join(__dirname, '..', '..', 'calendar', 'vietnam.yaml'), 'utf8');
const days = readWorkingDays(table);
const usual = ['07:30-11:30', '13:30-17:00'];
const week = { mon: usual, tue: usual, wed: usual, thu: usual, fri: ['08:00-11:00'] };
const hours = readOfficeHours(week, days);
/** A moment in Vietnam. */
const vn = (day: string, time: string) => Date.parse(`${day}T${time}:00+07:00`);

describe('office hours', () => {
  it.each([
    ['2026-11-09', '07:29', false],
    ['2026-11-09', '07:30', true],
    ['2026-11-09', '11:30', false],
    ['2026-11-09', '13:30', true],
    ['2026-11-09', '17:00', false],
    ['2026-11-13', '13:30', false],
    ['2026-11-14', '09:00', false],
    ['2026-11-15', '09:00', false],
    ['2026-01-01', '09:00', false],
  ])('on %s at %s are open: %s', (day, time, open) => {
    expect(hours.isOpen(vn(day, time))).toBe(open);
  });

  it('open next after the break, the night, the weekend, a holiday', () => {
    const next = (day: string, time: string) => hours.nextOpening(vn(day, time));
    expect(next('2026-11-09', '09:00')).toBe(vn('2026-11-09', '09:00'));
    expect(next('2026-11-09', '12:00')).toBe(vn('2026-11-09', '13:30'));
    expect(next('2026-11-09', '17:00')).toBe(vn('2026-11-10', '07:30'));
    expect(next('2026-11-13', '11:00')).toBe(vn('2026-11-16', '07:30'));
    expect(next('2025-12-31', '20:00')).toBe(vn('2026-01-05', '07:30'));
  });

  it('say when the period ends in which a moment falls', () => {
    expect(hours.closing(vn('2026-11-09', '09:00'))).toBe(vn('2026-11-09', '11:30'));
    expect(hours.closing(vn('2026-11-09', '12:00'))).toBeUndefined();
  });

  it('follow the table: make-up days have Friday’s hours, a Saturday of its own hours is closed on holidays only', () => {
    const made = readWorkingDays('"2026": { off: ["2026-11-21"], worked: ["2026-11-14"] }');
    expect(readOfficeHours(week, made).isOpen(vn('2026-11-14', '08:30'))).toBe(true);
    expect(readOfficeHours(week, made).isOpen(vn('2026-11-14', '07:45'))).toBe(false);
    const saturdays = readOfficeHours({ ...week, sat: ['07:30-11:30'] }, made);
    expect(saturdays.isOpen(vn('2026-11-07', '09:00'))).toBe(true);
    expect(saturdays.isOpen(vn('2026-11-21', '09:00'))).toBe(false);
  });

  it('count working time only', () => {
    expect(hours.add(vn('2026-11-09', '11:20'), 20 * MINUTE)).toBe(vn('2026-11-09', '13:40'));
    expect(hours.add(vn('2026-11-14', '20:00'), 20 * MINUTE)).toBe(vn('2026-11-16', '07:50'));
    expect(hours.between(vn('2026-11-09', '11:00'), vn('2026-11-09', '14:00'))).toBe(HOUR);
    expect(hours.between(vn('2026-11-13', '12:00'), vn('2026-11-16', '07:00'))).toBe(0);
    expect(hours.between(vn('2026-11-10', '09:00'), vn('2026-11-09', '09:00'))).toBe(0);
  });

  it.each<[Record<string, string[]>, string]>([
    [{ monday: ['07:30-11:30'] }, 'no weekday'],
    [{ mon: ['7h30-11h30'] }, 'no period'],
    [{ mon: ['11:30-07:30'] }, 'no period'],
    [{ mon: ['07:30-11:30', '11:00-12:00'] }, 'overlap'],
    [{ mon: [] }, 'no weekday has'],
  ])('refuse what is none: %j', (bad, why) => {
    expect(() => readOfficeHours(bad, days)).toThrow(why);
  });

  it('add and between agree, and what was added ends within office hours', () => {
    const from = fc.integer({ min: vn('2026-01-01', '00:00'), max: vn('2026-12-01', '00:00') });
    fc.assert(
      fc.property(from, fc.integer({ min: 1, max: 5 * DAY }), (at, ms) => {
        const end = hours.add(at, ms);
        expect(hours.between(at, end)).toBe(ms);
        expect(hours.isOpen(end - 1)).toBe(true);
      }),
    );
  });
});
