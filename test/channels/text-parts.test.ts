import fc from 'fast-check';
import { splitText } from '../../src/channels/text-parts.js';

const vietnamese = fc
  .array(
    fc.constantFrom(
      'hồ sơ',
      'Phí: 50.000 đ.',
      'nộp!',
      '\n\n',
      '\n',
      ' ',
      '👨‍👩‍👧‍👦',
      'a\u0302\u0301',
      '🇻🇳',
      'x'.repeat(37),
      '1. ',
      '…',
    ),
    { maxLength: 300, size: 'max' },
  )
  .map((parts) => parts.join(''));
const level = (text: string) => text.replace(/\s+/g, '');

describe('splitting a text', () => {
  it('keeps every limit and loses nothing but white space at the seams', () => {
    fc.assert(
      fc.property(
        fc.oneof(vietnamese, fc.string({ unit: 'binary', maxLength: 400 })),
        fc.integer({ min: 40, max: 300 }),
        fc.integer({ min: 20, max: 300 }),
        (text, limit, last) => {
          const parts = splitText(text, limit, last);
          expect(parts.every((part) => part.length <= limit && part.trim() === part && part !== '')).toBe(true);
          expect((parts.at(-1) ?? '').length).toBeLessThanOrEqual(Math.max(last, 1));
          expect(level(parts.join(''))).toBe(level(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never parts a character a person sees as one', () => {
    const graphemes = (text: string) =>
      [...new Intl.Segmenter('vi').segment(text)].map(({ segment }) => segment).filter((one) => one.trim() !== '');
    const clusters = fc.array(
      fc.constantFrom('👨‍👩‍👧‍👦', 'ẩ', 'a\u0302\u0309', '🇻🇳', '👍🏽', 'e\u0301\u0323\u0302', 'x'),
      { maxLength: 200, size: 'max' },
    );
    fc.assert(
      fc.property(clusters, fc.integer({ min: 30, max: 60 }), (parts, limit) => {
        const text = parts.join('');
        expect(splitText(text, limit).flatMap(graphemes)).toEqual(graphemes(text));
      }),
      { numRuns: 300 },
    );
  });

  it('prefers the end of a paragraph, then of a sentence, then of a word', () => {
    expect(splitText('Đoạn một. Vẫn đoạn một.\n\nĐoạn hai dài hơn', 30)).toEqual([
      'Đoạn một. Vẫn đoạn một.',
      'Đoạn hai dài hơn',
    ]);
    expect(splitText('Câu một ở đây. Câu hai ở kia nữa', 25)).toEqual(['Câu một ở đây.', 'Câu hai ở kia nữa']);
    expect(splitText('không có dấu chấm nào cả', 15)).toEqual(['không có dấu', 'chấm nào cả']);
  });

  it('does not part a list number from its line', () => {
    expect(splitText('Các loại giấy tờ\n1. Tờ khai theo mẫu', 20)).toEqual(['Các loại giấy tờ', '1. Tờ khai theo mẫu']);
  });

  it('says nothing for nothing', () => {
    expect(splitText(' \n\n ', 10)).toEqual([]);
  });
});
