import fc from 'fast-check';
import { fold } from '../../../src/language/fold.js';
import { LONGEST_MESSAGE, wordsOf } from '../../../src/language/normalise.js';
import { NO_COUNTS, parseCounts } from '../../../src/language/restoration/counts.js';
import { Restorer } from '../../../src/language/restoration/restorer.js';
import { slipsOf } from '../../../src/language/restoration/slips.js';
import { trainRestoration } from '../../../src/language/restoration/train.js';
import { restorerFor, trainedBase } from './trained.js';

let restorer: Restorer;
beforeAll(() => {
  restorer = restorerFor();
});

const restored = (text: string, by = restorer) =>
  by
    .read(wordsOf(text))
    .map((word) => word.restored)
    .join(' ');
const mended = (text: string) =>
  restorer
    .read(wordsOf(text))
    .map((word) => word.text)
    .join(' ');

describe('restoring diacritics', () => {
  it.each([
    ['lam giay khai sinh cho con can giay to gi', 'làm giấy khai sinh cho con cần giấy tờ gì'],
    ['dang ky ket hon o dau', 'đăng ký kết hôn ở đâu'],
    ['ho so cua em toi dau roi a', 'hồ sơ của em tới đâu rồi ạ'],
    ['uy ban nhan dan phuong o thanh pho can tho', 'ủy ban nhân dân phường ở thành phố cần thơ'],
  ])('reads %s', (typed, meant) => {
    expect(restored(typed)).toBe(meant);
  });

  it.each([
    ['vneid bi loi online', 'vneid bị lỗi online'],
    ['nop to khai ct01 ngay 3/11', 'nộp tờ khai ct01 ngày 3 11'],
  ])('leaves figures and foreign words: %s', (typed, meant) => {
    expect(restored(typed)).toBe(meant);
  });

  it('takes what is accented as it stands, and reads the rest by it', () => {
    expect(restored('xin cấp lai giay phép lái xe')).toBe('xin cấp lại giấy phép lái xe');
    // Wrong, but typed: nobody corrects a citizen's own marks.
    expect(restored('dang ky kết hồn')).toBe('đăng ký kết hồn');
  });

  it('lets a plain word be where the rest was written with care', () => {
    expect(restored('anh chị ơi cho em hỏi cho con nhập học ở đâu ạ')).toBe(
      'anh chị ơi cho em hỏi cho con nhập học ở đâu ạ',
    );
  });

  it('learns the words of the catalogue', () => {
    const procedure = { name: 'Chấp thuận giảng viên lắp ráp tàu lượn', field: 'Giải trí', cases: [], results: [] };
    expect(restored('lap rap tau luon')).not.toBe('lắp ráp tàu lượn');
    expect(restored('lap rap tau luon', restorerFor([procedure]))).toBe('lắp ráp tàu lượn');
  });

  it('knows nothing without counts, and changes nothing then', () => {
    const blank = new Restorer(trainRestoration(NO_COUNTS, []));
    expect(restored('lam giayphep xay dung', blank)).toBe('lam giayphep xay dung');
  });
});

describe('mending', () => {
  it.each([
    ['lam giayphep xay dung', 'lam giay phep xay dung'],
    ['khaisinh cho con', 'khai sinh cho con'],
    ['toi muonlam giaykhaisinh', 'toi muon lam giay khai sinh'],
    ['giấyphép xây dựng', 'giấy phép xây dựng'],
  ])('takes joined words apart: %s', (typed, meant) => {
    expect(mended(typed)).toBe(meant);
  });

  it.each([
    ['đnăg ký khai sinh', 'đăng ký khai sinh'],
    ['gia han ho cheiu', 'gia han ho chieu'],
    ['lam can cuocc cong dan', 'lam can cuoc cong dan'],
    ['hộ kihnh doanh', 'hộ kinh doanh'],
    ['dang kyd ket hon', 'dang ky ket hon'],
  ])('mends one slip of the keyboard: %s', (typed, meant) => {
    expect(mended(typed)).toBe(meant);
  });

  it.each(['kjhsdkfjh sdf', 'momo vneid zalopay', 'asdf', 'xkcd'])('leaves alone what it cannot know: %s', (typed) => {
    expect(mended(typed)).toBe(typed);
  });

  it('keeps joined words in the place where they were typed', () => {
    const words = restorer.read(wordsOf('lam giayphep'));
    expect(words.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['lam', 0, 3],
      ['giay', 4, 12],
      ['phep', 4, 12],
    ]);
  });

  it('finds each spelling one slip away once, however long the word', () => {
    expect(slipsOf('cheiu')).toContain('chieu');
    expect(slipsOf('cuocc')).toContain('cuoc');
    expect(slipsOf('kih')).toContain('kinh');
    expect(slipsOf('x'.repeat(40)).size).toBe(0);
  });
});

describe('whatever is typed', () => {
  const pieces = fc.constantFrom(
    'giay',
    'phép',
    'khaisinh',
    'đnăg',
    '12',
    'H56-',
    'qwrt',
    'constructor',
    '__proto__',
    '😀',
  );
  const message = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.array(fc.oneof(pieces, fc.string({ maxLength: 12 })), { maxLength: 60 }).map((parts) => parts.join(' ')),
  );

  it('never touches a syllable that carries a mark, keeps every place and answers alike', () => {
    fc.assert(
      fc.property(message, (text) => {
        const typed = wordsOf(text);
        const read = restorer.read(typed);
        expect(restorer.read(typed)).toEqual(read);
        expect(new Set(read.map(({ start }) => start))).toEqual(new Set(typed.map(({ start }) => start)));
        for (const word of read) {
          expect(fold(word.restored)).toBe(word.folded);
          if (word.text !== word.folded) expect(word.restored).toBe(word.text);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reads its own result as it stands', () => {
    const phrase = fc.array(fc.constantFrom('lam', 'giay', 'khai', 'sinh', 'cho', 'con', 'o', 'dau', 'nha', 'dat'));
    fc.assert(
      fc.property(phrase, (parts) => {
        const once = restorer.read(wordsOf(parts.join(' ')));
        for (const word of once) expect(word.folded).toBe(fold(word.restored));
      }),
    );
  });

  it.each([
    ['one endless word', 'giayphepxaydungnhao'.repeat(200)],
    ['nothing but noise', 'qwrtp zxcvbn '.repeat(200)],
    ['nothing but one letter', 'o '.repeat(1500)],
    ['a story without marks', 'toi muon lam giay phep xay dung nha o '.repeat(60)],
  ])('reads %s as long as a message may be', (_what, text) => {
    const words = restorer.read(wordsOf(text));
    expect(words.length).toBeGreaterThan(0);
    expect(words.length).toBeLessThanOrEqual(LONGEST_MESSAGE);
  });
});

describe('the stored base', () => {
  it('comes back as it was stored', () => {
    const again = parseCounts(JSON.parse(JSON.stringify(trainedBase())));
    const other = new Restorer(trainRestoration(again, []));
    expect(restored('xin xac nhan tinh trang hon nhan', other)).toBe('xin xác nhận tình trạng hôn nhân');
  });

  it('is refused when it has another shape', () => {
    expect(() => parseCounts({ version: 0 })).toThrow(/npm run build/);
  });
});
