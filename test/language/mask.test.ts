import fc from 'fast-check';
import { maskPersonal } from '../../src/language/mask.js';

describe('masking a message', () => {
  it.each([
    ['phones', 'gọi em 0912 345 678 nhé', 'gọi em •••• ••• ••• nhé'],
    ['ID numbers', 'cccd 091234567890', 'cccd ••••••••••••'],
    ['e-mail addresses', 'thư an@example.com', 'thư ••@•••••••.•••'],
    ['the last four digits given as proof', '4 số cuối là 5678', '4 số cuối là ••••'],
    ['a proof typed with spaces', 'số cuối 5 6 7 8', 'số cuối • • • •'],
    ['insurance cards', 'thẻ GD4797912345678', 'thẻ •••••••••••••••'],
    [
      'a number with anything between its figures',
      '0987_612_345 hay (098)/761/2345',
      '••••_•••_••• hay (•••)/•••/••••',
    ],
    ['figures of other scripts', '٠٩٨٧٦١٢٣٤٥ 𝟎𝟗𝟖𝟕𝟔𝟏𝟐𝟑𝟒𝟓', `•••••••••• ${'•'.repeat(20)}`],
  ])('hides %s', (_what, text, masked) => {
    expect(maskPersonal(text)).toBe(masked);
  });

  it.each([
    'hs H56.14-240823-0001 tới đâu rồi',
    'thủ tục 1.001193',
    'nộp ngày 20/11/2025',
    'thống kê năm 2025',
    'phường 12, 3 bản sao',
    'mở cửa lúc 07:30, 13:30, 17:00, 18:00',
  ])('leaves %s', (text) => {
    expect(maskPersonal(text)).toBe(text);
  });

  it('hides a number that stands beside a date', () => {
    expect(maskPersonal('5678 20/11/2025')).toBe('•••• 20/11/2025');
  });

  it('never lets a phone number through, wherever it stands, and keeps the length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'binary', maxLength: 60 }),
        (before, after) => {
          const text = `${before} 0912345678 ${after}`;
          expect(maskPersonal(text)).not.toContain('0912345678');
          expect(maskPersonal(text)).toHaveLength(text.length);
        },
      ),
    );
  });

  it('hides everything beyond the part that is read', () => {
    const text = `${'a '.repeat(1500)}0912345678 tên tôi`;
    expect(maskPersonal(text)).not.toMatch(/0912|tên/);
  });
});
