// How a transcript becomes days and runs of lines, and where found words stand.
import fc from 'fast-check';
import type { EntryView } from '../../src/desk/api.js';
import { daysOf } from '../../web/src/pages/inbox/conversation/grouping.js';
import { markedParts } from '../../web/src/pages/search/marks.js';
import { ago, dayTitle, duration, initials, shortTime } from '../../web/src/parts/format.js';

const MINUTE = 60_000;
/** 09:00 in Vietnam. */
const MORNING = Date.UTC(2026, 10, 20, 2, 0);

const entry = (id: string, at: number, lines: EntryView['lines'], more: Partial<EntryView> = {}): EntryView => ({
  id,
  at,
  lines,
  ...more,
});

describe('a transcript', () => {
  it('begins a day at midnight in Vietnam', () => {
    const evening = Date.UTC(2026, 10, 20, 16, 59);
    const days = daysOf([
      entry('a', evening, [{ by: 'citizen', text: 'a' }]),
      entry('b', evening + MINUTE, [{ by: 'citizen', text: 'b' }]),
    ]);
    expect(days.map(({ day }) => day)).toEqual(['2026-11-20', '2026-11-21']);
  });

  it('names who speaks at the first line of a run, again after silence or when another speaks', () => {
    const lines = daysOf([
      entry('a', MORNING, [{ by: 'citizen', text: 'a' }]),
      entry('b', MORNING + MINUTE, [{ by: 'citizen', text: 'b' }]),
      entry('c', MORNING + 7 * MINUTE, [
        { by: 'citizen', text: 'c' },
        { by: 'staff', user: 'x', text: 'd' },
      ]),
      entry('d', MORNING + 8 * MINUTE, [{ by: 'staff', user: 'y', text: 'e' }]),
    ]).flatMap((day) => day.lines);
    expect(lines.map(({ head }) => head)).toEqual([true, false, true, true, true]);
  });

  it('says what became of a turn once, under its last line that left', () => {
    const lines = daysOf([
      entry('a', MORNING, [{ by: 'citizen' }, { by: 'bot' }, { by: 'bot' }, { by: 'system', step: 'claimed' }], {
        delivery: { state: 'sent' },
        understood: { intent: 'greet', confidence: 1 },
      }),
    ]).flatMap((day) => day.lines);
    expect(lines.map(({ sent }) => sent)).toEqual([false, false, true, false]);
    expect(lines.map(({ understood }) => understood)).toEqual([true, false, false, false]);
  });
});

describe('found words', () => {
  it('are marked whatever the marks on their letters', () => {
    expect(markedParts('Đăng ký đất đai', 'dat dang')).toEqual([
      { part: 'Đăng', hit: true, at: 0 },
      { part: ' ký ', hit: false, at: 4 },
      { part: 'đất', hit: true, at: 8 },
      { part: ' đai', hit: false, at: 11 },
    ]);
  });

  it('leave the text as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, query) => {
        const parts = markedParts(text, query);
        expect(parts.map(({ part }) => part).join('')).toBe(text.normalize('NFC'));
      }),
    );
  });
});

describe('times and names', () => {
  it.each([
    [30_000, 'dưới 1 phút'],
    [4 * MINUTE, '4 phút'],
    [125 * MINUTE, '2 giờ 5 phút'],
    [48 * 60 * MINUTE, '2 ngày'],
  ])('%i ms are %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });

  it('are as short as they can be said', () => {
    expect(shortTime(MORNING, MORNING)).toBe('09:00');
    expect(shortTime(MORNING - 24 * 60 * MINUTE, MORNING)).toBe('19/11');
    expect(shortTime(Date.UTC(2025, 0, 5), MORNING)).toBe('05/01/2025');
    expect(ago(MORNING - 10_000, MORNING)).toBe('vừa xong');
    expect(dayTitle(MORNING, MORNING)).toBe('Hôm nay');
    expect(dayTitle(MORNING - 24 * 60 * MINUTE, MORNING)).toBe('Hôm qua');
    expect(dayTitle(MORNING - 3 * 24 * 60 * MINUTE, MORNING)).toBe('Thứ Ba, 17/11/2026');
  });

  it.each([
    ['Nguyễn Thị Lan', 'NL'],
    ['đạt', 'Đ'],
    ['', '?'],
  ])('%j shortens to %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
