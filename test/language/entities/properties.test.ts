import fc from 'fast-check';
import { maskPersonal } from '../../../src/language/mask.js';
import { entitiesOf } from './country.js';

const pieces = fc.constantFrom(
  'xã',
  'phường 5',
  'quận 3',
  'p5 q3',
  'Minh Hòa',
  'Rạch Giá',
  'kiên giang',
  'ở',
  'tt',
  'ubnd',
  'công an',
  'sở tnmt',
  'một cửa',
  'bé 5 tuổi',
  'con tôi 3 tháng',
  'tuần trước',
  'quý III',
  '6 tháng đầu năm',
  'thứ 2 tuần sau',
  'mùng 2 tết',
  'ngày 31 tháng này',
  'giấy tờ chi',
  'tải đơn ở đâu',
  'có cần giấy',
  '68A-123.45',
  'hộ chiếu b1234567',
  '4111 1111 1111 1111',
  'H56.14-240823-0001',
  'H56.14-24 08 23-00 01',
  '%3D000.00.16.H56-230412-0001',
  '0912 345 678',
  '3/11',
  '😀',
  ',',
  '(',
  '.',
  'ố'.normalize('NFD'),
);
const message = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.array(fc.oneof(pieces, pieces, fc.string({ maxLength: 4 })), { maxLength: 14 }).map((parts) => parts.join(' ')),
);

describe('entities of any message', () => {
  it('are slices of it, with a value', () => {
    fc.assert(
      fc.property(message, (text) => {
        for (const entity of entitiesOf(text)) {
          expect(entity.text).toBe(text.slice(entity.start, entity.end));
          expect(entity.end).toBeGreaterThan(entity.start);
          expect(entity.value).not.toBe('');
        }
      }),
      { numRuns: 400 },
    );
  });

  it('do not overlap within a kind, nor do codes, numbers, dates, agencies and places among each other', () => {
    const kindOf = (type: string) =>
      type === 'aspect' || type === 'person' ? type : type === 'agency' || type === 'place' ? 'where' : 'figures';
    fc.assert(
      fc.property(message, (text) => {
        const last = new Map<string, number>();
        for (const { type, start, end } of entitiesOf(text)) {
          const kind = kindOf(type);
          expect(start).toBeGreaterThanOrEqual(last.get(kind) ?? 0);
          last.set(kind, end);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('have real days in their dates and periods, the first before the last', () => {
    fc.assert(
      fc.property(message, (text) => {
        for (const { type, value } of entitiesOf(text)) {
          if (type !== 'period') continue;
          const [from = '', to = ''] = value.split('/');
          for (const day of [from, to]) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
          expect(from <= to).toBe(true);
        }
      }),
    );
  });

  it('are found in hostile messages too, a handful of places at most', () => {
    for (const unit of [
      'xã ',
      'p5 ',
      'ở An Bình ',
      'phường 5 quận 3 ',
      '3 tháng ',
      'con tôi ',
      '000.00.',
      '68A-',
      '%3D',
      'tt minh lương ',
    ]) {
      const found = entitiesOf(unit.repeat(2000).slice(0, 2000));
      expect(found.filter(({ type }) => type === 'place').length).toBeLessThan(40);
    }
  });
});

describe('masking', () => {
  const digits = (length: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));
  const number = fc.oneof(
    digits(12),
    digits(10),
    digits(16),
    digits(9).map((all) => `0${all}`),
    digits(7).map((all) => `B${all}`),
    digits(13).map((all) => `GD${all}`),
  );

  it('leaves no long run of a personal number, whatever stands beside it', () => {
    fc.assert(
      fc.property(
        number,
        fc.constantFrom('', 'cccd ', 'hộ chiếu ', 'stk ', 'thẻ ', 'em là '),
        fc.constantFrom('', ' ạ', '.', ', cảm ơn'),
        (typed, before, after) => {
          const masked = maskPersonal(before + typed + after);
          expect(masked).toHaveLength((before + typed + after).length);
          expect(masked).not.toMatch(/\d{4}/);
        },
      ),
    );
  });

  it.each([
    ['biển số 68A-123.45', 'biển số •••-•••.••'],
    ['xe 68C1 12345 của em', 'xe •••• ••••• của em'],
    ['thẻ 4111 1111 1111 1111', 'thẻ •••• •••• •••• ••••'],
    ['hộ chiếu b1234567', 'hộ chiếu ••••••••'],
    ['mst 0312345678-001', 'mst ••••••••••-•••'],
    ['bhyt GD 4 79 79 123 45678', 'bhyt •• • •• •• ••• •••••'],
  ])('hides all of %s', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked);
  });

  it.each([
    'hs H56.14-24 08 23-00 01',
    '?ma%3D000.00.16.H56-230412-0001',
    'nộp 3-11-2026',
    'quý 3/2025',
    'thủ tục 1.001193',
    'phường 12, mẫu CT01',
  ])('leaves %s', (text) => {
    expect(maskPersonal(text)).toBe(text);
  });
});
