import fc from 'fast-check';
import { fold } from '../../src/language/fold.js';

describe('fold', () => {
  it.each([
    ['Đăng ký Kết hôn', 'dang ky ket hon'],
    ['ĐẤT ĐAI', 'dat dai'],
    ['nghĩa vụ quân sự', 'nghia vu quan su'],
    ['hòa, hoà; thủy/thuỷ', 'hoa, hoa; thuy/thuy'],
    ['Thừa Thiên Huế 2025', 'thua thien hue 2025'],
  ])('turns %s into %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('gives the same for composed and decomposed text', () => {
    // Decomposed text takes the thorough way, composed text the quick one.
    const letter = fc.constantFrom(...'aAàÁảãẠăẰâẫđĐêỂíỊôỗơỢuũưỰyỳỹçñžİßſ5 -😀'.normalize('NFC'));
    fc.assert(
      fc.property(fc.string({ unit: letter }), (text) => {
        expect(fold(text)).toBe(fold(text.normalize('NFD')));
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing the second time, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)),
      { numRuns: 500 },
    );
  });
});
