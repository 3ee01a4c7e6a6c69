// The small pure parts: picking, published fees and times, paging, dates, addresses, offices.
import fc from 'fast-check';
import { calendarDays, vnClock, vnDate } from '../../src/flows/dates.js';
import { plainWords } from '../../src/flows/heard.js';
import { createOfficeDirectory, OfficeIndex } from '../../src/flows/office-contact/directory.js';
import { pagesOf, shortened } from '../../src/flows/paging.js';
import { globalWord, pick, spokenNumber } from '../../src/flows/picking.js';
import { publishedFee, publishedTime } from '../../src/flows/procedure-lookup/published.js';
import { isSure } from '../../src/flows/procedure-lookup/search.js';
import { HOUR } from '../../src/lib/clock.js';
import { FakePortal, NOW, offices } from './town.js';

describe('short answers', () => {
  it.each([
    ['2', 2],
    ['2.', 2],
    ['số 2', 2],
    ['so 2 nhe', 2],
    ['cái thứ 2', 2],
    ['thứ hai', 2],
    ['trường hợp 3', 3],
    ['chọn số 1', 1],
    ['cái đầu tiên', 1],
    ['cái cuối cùng', 0],
    ['th 4', 4],
    ['em chọn 2 ạ', 2],
    ['muc so 10', 10],
    ['2 năm', undefined],
    ['H01-2', undefined],
    ['bao nhiêu', undefined],
    ['thứ hai làm việc không', undefined],
    ['', undefined],
  ])('"%s" is the number %s', (said, number) => expect(spokenNumber(plainWords(said))).toBe(number));

  it.each([
    ['MENU', 'menu'],
    ['quay lại', 'back'],
    ['Quay  lại nhé', 'back'],
    ['hủy', 'cancel'],
    ['huỷ', 'cancel'],
    ['HUY BO', 'cancel'],
    ['gặp cán bộ', 'staff'],
    ['cho em gặp cán bộ với ạ', undefined],
    ['cho tôi gặp cán bộ ạ', 'staff'],
    ['hủy hồ sơ', undefined],
    ['thực đơn menu', undefined],
  ])('"%s" is the global word %s', (said, word) => expect(globalWord(plainWords(said))).toBe(word));

  const choices = [
    { title: 'Giấy tờ cần có', payload: 'a' },
    { title: 'Số 2', payload: 'b', name: 'Đăng ký thường trú' },
    { title: 'Số 3', payload: 'c', name: 'Đăng ký tạm trú' },
  ];
  it.each([
    ['giay to can co', 'a'],
    ['giấy tờ', 'a'],
    ['dang ky thuong tru', 'b'],
    ['Đăng ký tạm', 'c'],
    ['đăng ký', undefined],
    ['giay', undefined],
    ['cái cuối', 'c'],
    ['làm giấy tờ cần có gì', undefined],
  ])('"%s" picks %s', (said, payload) => {
    const picked = pick(plainWords(said), choices);
    expect(picked === 'out-of-range' ? picked : picked?.picked.payload).toBe(payload);
  });

  it('know when a number is out of range, but not without choices', () => {
    expect(pick('9', choices)).toBe('out-of-range');
    expect(pick('0', choices)).toEqual({ picked: choices[2] });
    expect(pick('9', [])).toBeUndefined();
  });
});

describe('published fees and times', () => {
  const quote = (text: string) => ({ kind: 'quote', text });
  it.each([
    ['Miễn phí', quote('Miễn phí')],
    ['Miễn phí(Không quy định.)', quote('Miễn phí')],
    ['Miễn phí(Lệ phí: 135.000 đồng/lần)', quote('Lệ phí: 135.000 đồng/lần')],
    ['Miễn phí(Theo quy định của Hội đồng nhân dân cấp tỉnh)', quote('Theo quy định của Hội đồng nhân dân cấp tỉnh')],
    ['20,000 Việt Nam Đồng', quote('20,000 Việt Nam Đồng')],
    ['10,000 Việt Nam Đồng(10.000 đồng/khẩu)', quote('10,000 Việt Nam Đồng (10.000 đồng/khẩu)')],
    ['40 Việt Nam Đồng', { kind: 'unclear' }],
    ['40 Việt Nam Đồng(40.000 đồng/bản)', quote('40.000 đồng/bản')],
    ['Phí : 40 Đồng', { kind: 'unclear' }],
    ['40', { kind: 'unclear' }],
    ['Phí : 0 Đồng', quote('Phí : 0 Đồng')],
    ['10 USD(10USD/giấy)', quote('10 USD (10USD/giấy)')],
    ['8.000 Đồng', quote('8.000 Đồng')],
    ['', { kind: 'unknown' }],
    [undefined, { kind: 'unknown' }],
  ])('fee %j', (published, expected) => expect(publishedFee(published)).toEqual(expected));

  it.each([
    ['7 Ngày làm việc', quote('7 Ngày làm việc')],
    ['1', { kind: 'unclear' }],
    ['1100', { kind: 'unclear' }],
    ['Không quy định', quote('Không quy định')],
    ['', { kind: 'unknown' }],
  ])('time %j', (published, expected) => expect(publishedTime(published)).toEqual(expected));

  it('never quote a small amount on its own', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.constantFrom('', ' Đồng', ' VNĐ', ' Việt Nam Đồng', 'đ'),
        (amount, unit) => {
          expect(publishedFee(`${amount}${unit}`)).toEqual({ kind: 'unclear' });
        },
      ),
    );
  });
});

describe('paging', () => {
  it('loses nothing, whatever is paged, and keeps to the length', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 400, unit: 'grapheme' })),
        fc.integer({ min: 40, max: 300 }),
        (lines, length) => {
          const pages = pagesOf(lines, length);
          for (const page of pages) expect(page.length).toBeLessThanOrEqual(length);
          expect(pages.join('').replace(/\s/g, '')).toBe(lines.join('').replace(/\s/g, ''));
        },
      ),
    );
  });

  it('cuts at sentence ends and never inside a character', () => {
    expect(pagesOf(['Câu một dài dài. Câu hai.'], 20)).toEqual(['Câu một dài dài.', 'Câu hai.']);
    expect(pagesOf(['😀😀😀'], 3)).toEqual(['😀', '😀', '😀']);
  });

  it('shortens a name at a word', () => {
    expect(shortened('Đăng ký  khai sinh', 40)).toBe('Đăng ký khai sinh');
    expect(shortened('Đăng ký khai sinh lưu động', 20)).toBe('Đăng ký khai sinh…');
  });
});

describe('dates', () => {
  it('are those of Vietnam', () => {
    const late = Date.UTC(2026, 10, 8, 17, 30);
    expect(vnDate(late)).toBe('09/11/2026');
    expect(vnClock(late)).toBe('00:30 09/11/2026');
    expect(calendarDays(late - HOUR, late)).toBe(1);
    expect(calendarDays(late, late - 2 * HOUR)).toBe(-1);
  });
});

describe('a search is sure', () => {
  const hit = (score: number) => ({ code: 'x', name: 'x', score });
  it.each([
    [[], false],
    [[0.9], true],
    [[0.6], false],
    [[0.75, 0.7], false],
    [[0.7, 0.2], false],
    [[0.85, 0.1], true],
  ])('%j: %s', (scores, sure) => expect(isSure(scores.map(hit))).toBe(sure));
});

describe('the office directory', () => {
  const index = new OfficeIndex(offices);
  it.each([
    ['sxd', ['of:2']],
    ['so xay dung tinh', ['of:2']],
    ['cong an phuong', ['of:3', 'of:4']],
    ['cong an phuong my thoi', ['of:4']],
    ['hành chính công', ['of:1']],
    ['bệnh viện đa khoa', []],
    ['', []],
  ])('finds %j', (question, ids) => expect(index.search(question, 3).map(({ id }) => id)).toEqual(ids));

  it('never throws, whatever is asked', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (question) => void index.search(question, 3)));
  });

  it('loads once for many askers, refreshes in the background and serves the old copy while the portal is down', async () => {
    const portal = new FakePortal();
    let loads = 0;
    const counted = {
      configured: true,
      offices() {
        loads++;
        return portal.offices();
      },
    };
    const directory = createOfficeDirectory(counted);
    const { signal } = new AbortController();
    await Promise.all([directory.offices(NOW, signal), directory.offices(NOW, signal)]);
    expect(loads).toBe(1);
    portal.down = true;
    expect((await directory.offices(NOW + 2 * HOUR, signal)).result).toBe('ok');
    expect(loads).toBe(2);
    await new Promise(setImmediate);
    expect((await directory.offices(NOW + 2 * HOUR, signal)).result).toBe('ok');
    expect(loads).toBe(2);
  });

  it('says why it has none, and does not ask again at once', async () => {
    const portal = new FakePortal();
    portal.down = true;
    const directory = createOfficeDirectory(portal);
    const { signal } = new AbortController();
    expect(await directory.offices(NOW, signal)).toEqual({ result: 'unavailable', reason: 'timeout' });
    expect(await directory.offices(NOW + 1, signal)).toEqual({ result: 'unavailable', reason: 'circuit-open' });
    portal.down = false;
    expect((await directory.offices(NOW + HOUR, signal)).result).toBe('ok');
  });
});
