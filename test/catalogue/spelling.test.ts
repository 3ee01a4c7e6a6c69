import fc from 'fast-check';
import { expandPattern } from '../../src/catalogue/pattern.js';
import { createProcedureSearch } from '../../src/catalogue/search.js';
import { SpellingGuesser } from '../../src/catalogue/spelling.js';

const counts = new Map([
  ['dang', 40],
  ['ky', 40],
  ['khai', 20],
  ['sinh', 15],
  ['phep', 30],
  ['giay', 50],
  ['dang ky', 35],
  ['ky khai', 6],
  ['khai sinh', 12],
  ['giay phep', 25],
]);
const guesser = new SpellingGuesser(
  [...counts.keys()].filter((text) => !text.includes(' ')),
  {
    has: (text) => counts.has(text),
    count: (text) => counts.get(text) ?? 0,
    pairCount: (first, second) => counts.get(`${first} ${second}`) ?? 0,
  },
);

describe('syllables that the index does not know', () => {
  it.each([
    ['letters swapped', 'pehp', ['phep']],
    ['one letter left out', 'gia', ['giay']],
    ['one letter too many', 'sinhh', ['sinh']],
    ['the key beside it', 'khau', ['khai']],
    ['no spaces', 'dangkykhaisinh', ['dang', 'ky', 'khai', 'sinh']],
    ['no space between two', 'giayphep', ['giay', 'phep']],
  ])('are read as the nearest known ones: %s', (_, typed, meant) => {
    expect(guesser.guess(typed, undefined, undefined)).toEqual(meant);
  });

  it.each(['xe', 'bitcoin', '2026', 'zzzzzz', 'phepgiay'])('stay as they are when nothing is near: %s', (typed) => {
    expect(guesser.guess(typed, undefined, undefined)).toBeUndefined();
  });

  it('do not keep the search from its procedure', () => {
    const search = createProcedureSearch([
      { code: '1.001193', name: 'Đăng ký khai sinh', field: 'Hộ tịch', levels: ['commune'] },
      { code: '1.000656', name: 'Đăng ký khai tử', field: 'Hộ tịch', levels: ['commune'] },
      { code: '3.000348', name: 'Cấp lại giấy phép lái xe', field: 'Giấy phép lái xe', levels: ['province'] },
    ]);
    for (const query of ['dang ky khai sihn', 'đăng ký khaisinh', 'khai sunh']) {
      expect([query, search.search(query)[0]?.code]).toEqual([query, '1.001193']);
    }
    expect(search.search('giay pehp lai xe')[0]?.code).toBe('3.000348');
  });
});

describe('phrases written as patterns', () => {
  it('stand for every choice, optional parts with and without', () => {
    expect(expandPattern('(cho|xin) em? hỏi')).toEqual(['cho em hỏi', 'cho hỏi', 'xin em hỏi', 'xin hỏi']);
    expect(expandPattern('online')).toEqual(['online']);
  });

  it('are refused when they stand for too many', () => {
    expect(() => expandPattern(Array(4).fill('(a|b|c|d|e)').join(' '))).toThrow('more than');
  });

  it('read any text without failing otherwise', () => {
    fc.assert(fc.property(fc.string({ maxLength: 30 }), (text) => Array.isArray(expandPattern(text))));
  });
});
