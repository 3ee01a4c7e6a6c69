import fc from 'fast-check';
import { abbreviations } from '../../src/language/abbreviations.js';
import { cutMessage, LONGEST_MESSAGE, normalise, wordsOf } from '../../src/language/normalise.js';
import { isSyllable, splitSyllables } from '../../src/language/syllable.js';

describe('normalise', () => {
  it.each([
    ['tone placement', 'hoà thuỷ quí hòan toàn', 'hòa thủy quý hoàn toàn'],
    ['i and y', 'lí lịch, đăng kí, công ti', 'lý lịch đăng ký công ty'],
    ['decomposed letters', 'hồ sơ'.normalize('NFD'), 'hồ sơ'],
    ['chat spelling', 'Cho mk hỏi hs e tới đâu r ạ???', 'cho mình hỏi hồ sơ em tới đâu rồi ạ'],
    [
      'office abbreviations',
      'ubnd xã, tthc, đkkh, cccd',
      'ủy ban nhân dân xã thủ tục hành chính đăng ký kết hôn căn cước công dân',
    ],
    ['abbreviations with &', 'sở tt&tt, sở gd&đt', 'sở thông tin và truyền thông sở giáo dục và đào tạo'],
    ['elongation', 'ad ơiiiii alooo dạạ', 'admin ơi alo dạ'],
    ['Telex leftovers', 'chaof, tooi muoons hoir ddaats thuowngf trus', 'chào tôi muốn hỏi đất thường trú'],
    ['Telex over finished letters', 'sổ đâtts', 'sổ đất'],
    ['VNI leftovers', 'cha2o gia61y d9a61t', 'chào giấy đất'],
    ['Telex with hook and tone', 'giaasy towf hoox sow', 'giấy tờ hỗ sơ'],
    ['VNI at the end, beside plain VNI', 'd9a8ng ky1 xe ma1y', 'đăng ký xe máy'],
    ['chat spelling by rule', 'fường, mìh, thôg báo, wên, jấy', 'phường mình thông báo quên giấy'],
    ['names that only look like chat spelling', 'bắc kạn, kon tum, đắk lắk', 'bắc kạn kon tum đắk lắk'],
    ['regional words', 'cái ni làm ở mô rứa, răng mà lâu rứa', 'cái này làm ở đâu vậy răng mà lâu vậy'],
    ['English office words', 'check hồ sơ, book lịch', 'kiểm tra hồ sơ đặt lịch'],
    ['a tail of z', 'vângzz cảm ơnzzz', 'vâng cảm ơn'],
    ['a mark typed once and a vowel that goes on', 'dạaaa vâng ạaa khôngggg', 'dạ vâng ạ không'],
    ['numbered wards', 'p7, p.5 q.3', 'phường 7 phường 5 quận 3'],
    ['emoticons', 'xong :D yêu <3 =))', 'xong yêu'],
    ['a heart with its variation mark', '❤️', 'cảm ơn'],
    ['eth for đ', 'ðăng ký', 'đăng ký'],
    ['emoji beside words', 'xong 👍🎉', 'xong'],
    ['emoji alone', '👍', 'ok'],
    ['zero-width characters', 'hồ\u200b sơ\ufeff', 'hồ sơ'],
    ['numbers and codes of forms', 'phường 1, kt3, ct01, b2', 'phường 1 kt3 ct01 b2'],
  ])('cleans %s', (_what, typed, clean) => {
    expect(normalise(typed)).toBe(clean);
  });

  it.each([
    ['đc sở y tế', 'địa chỉ sở y tế'],
    ['làm đc ko', 'làm được không'],
    ['sdt tt cù lao', 'số điện thoại thị trấn cù lao'],
    ['tt cấp gplx', 'thủ tục cấp giấy phép lái xe'],
    ['hết bn tiền', 'hết bao nhiêu tiền'],
    ['quên mk', 'quên mật khẩu'],
    ['mk cần làm hộ chiếu', 'mình cần làm hộ chiếu'],
    ['bằng lái hạng b', 'bằng lái hạng b'],
    ['ca xã', 'công an xã'],
    ['nha o xa hoi', 'nha o xa hoi'],
    ['hỏi xíu nha', 'hỏi xíu nhé'],
    ['hong biết', 'không biết'],
    ['bị hư hong', 'bị hư hong'],
    ['mất hk', 'mất hộ khẩu'],
    ['có đc hk', 'có được không'],
    ['cần giấy chi', 'cần giấy gì'],
    ['chi phí', 'chi phí'],
    ['mô hình', 'mô hình'],
    ['giấy tờ j', 'giấy tờ gì'],
    ['phieu hen', 'phieu hen'],
    ['ho so toi dau roi a', 'ho so toi dau roi ạ'],
    ['hs lớp 6', 'học sinh lớp 6'],
    ['làm bằng c', 'làm bằng c'],
  ])('reads an abbreviation by its neighbours: %s', (typed, clean) => {
    expect(normalise(typed)).toBe(clean);
  });

  it('keeps words without diacritics as they are: restoring them is not guessing', () => {
    expect(normalise('lam giay khai sinh')).toBe('lam giay khai sinh');
  });

  it('is the same when it is applied to its own result', () => {
    const typed = fc.oneof(
      fc.constantFrom(
        ...abbreviations.keys(),
        'đc',
        'tt',
        'bn',
        'nha',
        'hk',
        'v',
        's',
        'a',
        'web',
        'răng',
        'mô',
        'chi',
      ),
      fc.constantFrom('hồ', 'sơ', 'của', 'ở', 'đâu', 'giay', 'chaof', 'gia61y', 'fường', 'dạaa', '12', '🙏'),
      fc.string({ unit: fc.constantFrom(...'abcdeghiklmnopqrstuvxyfjwzđăâêôơưáàảãạ12369'), maxLength: 8 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(
        fc.array(typed, { maxLength: 6 }).map((words) => words.join(' ')),
        (message) => expect(normalise(normalise(message))).toBe(normalise(message)),
      ),
      { numRuns: 2000 },
    );
  });

  it('gives words whose places are slices of the message, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        let last = 0;
        for (const word of wordsOf(text)) {
          expect(word.start).toBeGreaterThanOrEqual(0);
          expect(word.end).toBeLessThanOrEqual(text.length);
          expect(word.end).toBeGreaterThan(word.start);
          expect(word.start).toBeGreaterThanOrEqual(last === 0 ? 0 : Math.min(last, word.start));
          last = word.start;
        }
      }),
    );
  });

  it('stops at its limit without halving a character', () => {
    const long = `${'a'.repeat(LONGEST_MESSAGE - 1)}😀 hồ sơ`;
    expect(cutMessage(long)).toHaveLength(LONGEST_MESSAGE - 1);
    expect(wordsOf('chào '.repeat(10_000)).length).toBe(LONGEST_MESSAGE / 5);
  });

  it.each([
    'a'.repeat(3000),
    'aă'.repeat(1500),
    'd9'.repeat(1500),
    'k '.repeat(1500),
    'gcnqsdđ '.repeat(300),
    '\u0301'.repeat(3000),
    '&'.repeat(3000),
  ])('gives a bounded number of words for a message made to be slow', (message) => {
    expect(wordsOf(message).length).toBeLessThanOrEqual(7 * LONGEST_MESSAGE);
  });
});

describe('syllables', () => {
  it.each(['khai', 'sinh', 'nghieng', 'quyen', 'thuong', 'giay', 'gi', 'yeu', 'oan', 'khuyu', 'xe', 'o'])(
    'knows %s',
    (word) => {
      expect(isSyllable(word)).toBe(true);
    },
  );

  it.each(['dsadsad', 'qwe', 'fax', 'lkj', 'nadliahl', 'b2', 'xinchao', ''])('refuses %s', (word) => {
    expect(isSyllable(word)).toBe(false);
  });

  it('splits what was typed without spaces, and only that', () => {
    expect(splitSyllables('xinchao')).toEqual(['xin', 'chao']);
    expect(splitSyllables('khaisinh')).toEqual(['khai', 'sinh']);
    expect(splitSyllables('dsadsad')).toBeUndefined();
  });
});
