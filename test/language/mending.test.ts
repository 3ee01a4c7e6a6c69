import fc from 'fast-check';
import { createMender } from '../../src/language/mending.js';
import { wordsOf } from '../../src/language/normalise.js';

const mender = createMender(
  'so dien thoai mat khau than uong bye thanks'
    .split(' ')
    .concat(['so dien', 'dien thoai', 'mat khau', '^ thanks', 'thanks $', '^ bye', 'bye $']),
);
const mended = (text: string): string =>
  mender
    .syllables(mender.words(wordsOf(text)))
    .map(({ folded }) => folded)
    .join(' ');

describe('mending', () => {
  it.each([
    ['thansk', 'cam on'],
    ['byye', 'tam biet'],
    ['sddt', 'so dien thoai'],
    ['số điện toại', 'so dien thoai'],
    ['mật kẩu', 'mat khau'],
  ])('reads %s as %s', (typed, meant) => {
    expect(mended(typed)).toBe(meant);
  });

  it.each(['asdf', 'sdf', 'qwe rty', 'nguyễn thị mụi'])('leaves %s as it is', (typed) => {
    expect(mended(typed)).toBe(
      wordsOf(typed)
        .map(({ folded }) => folded)
        .join(' '),
    );
  });

  it('leaves names alone where more than the intent hangs on them', () => {
    const words = wordsOf('số điện toại');
    expect(mender.words(words)).toEqual(words);
  });

  it('keeps every word in its place, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const words = wordsOf(text);
        const places = new Set(words.map(({ start, end }) => `${start}-${end}`));
        for (const { start, end } of mender.syllables(mender.words(words)))
          expect(places.has(`${start}-${end}`)).toBe(true);
      }),
    );
  });
});
