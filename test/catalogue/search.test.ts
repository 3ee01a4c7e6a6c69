import { join } from 'node:path';
import fc from 'fast-check';
import { createProcedureSearch } from '../../src/catalogue/search.js';
import { loadSearchData } from '../../src/catalogue/search-data.js';
import { fold } from '../../src/language/fold.js';
import type { ProcedureLevel } from '../../src/records/procedure.js';

const data = loadSearchData(join(__dirname, '../../intents'));

const procedure = (code: string, name: string, field = 'Hộ tịch', levels: ProcedureLevel[] = ['commune']) => ({
  code,
  name,
  field,
  levels,
});

const catalogue = [
  procedure('1.001193', 'Thủ tục đăng ký khai sinh'),
  procedure('1.000656', 'Thủ tục đăng ký khai tử'),
  procedure('1.000894', 'Thủ tục đăng ký kết hôn'),
  procedure('2.000806', 'Thủ tục đăng ký kết hôn có yếu tố nước ngoài'),
  procedure('2.000635', 'Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh'),
  procedure('1.004222', 'Đăng ký thường trú', 'Cư trú'),
  procedure('1.004194', 'Đăng ký tạm trú', 'Cư trú'),
  procedure('1.014063', 'Cấp đổi thẻ căn cước', 'Căn cước'),
  procedure('1.000889', 'Cấp đổi thẻ căn cước (thực hiện tại cấp trung ương)', 'Căn cước', ['ministry']),
  procedure('3.000348', 'Cấp lại giấy phép lái xe', 'Giấy phép lái xe', ['province']),
  procedure('2.001583', 'Đăng ký thành lập công ty TNHH một thành viên', 'Doanh nghiệp', ['province']),
  procedure(
    '2.002041',
    'Đăng ký thay đổi địa chỉ trụ sở chính, đăng ký đổi tên của doanh nghiệp; Thông báo thay đổi ngành, nghề kinh doanh',
    'Doanh nghiệp',
    ['province'],
  ),
  procedure('1.009999', 'Công bố hoà giải viên thương mại', 'Hòa giải', ['province']),
  ...Array.from({ length: 40 }, (_, i) =>
    procedure(`5.${String(i).padStart(6, '0')}`, `Phê duyệt phương án số ${i} về khai thác khoáng sản`, 'Khoáng sản', [
      'ministry',
    ]),
  ),
];

const search = createProcedureSearch(catalogue, data);
const first = (query: string) => search.search(query)[0]?.code;

describe('the procedure search', () => {
  it.each([
    ['Đăng ký khai tử', '1.000656'],
    ['đk khai tử thì cần gì ạ', '1.000656'],
    ['gplx bị mất giờ làm sao', '3.000348'],
    ['lấy vợ nước ngoài cần giấy tờ gì', '2.000806'],
    ['nhập khẩu cho con mới sinh', '1.004222'],
    ['đổi tên công ty', '2.002041'],
    ['mở công ty một mình', '2.001583'],
    ['đổi chứng minh nhân dân sang căn cước', '1.014063'],
  ])('finds %j', (query, code) => {
    expect(first(query)).toBe(code);
    expect(first(fold(query))).toBe(code);
  });

  it('finds by code, also with the suffix of an agency and in a sentence', () => {
    expect(search.search('cho hỏi 1.001193.000.00.00.H51 ạ')[0]).toEqual({
      code: '1.001193',
      name: 'Thủ tục đăng ký khai sinh',
      score: 1,
    });
    expect(search.get('1.001193.000.00.00.H51')?.code).toBe('1.001193');
    expect(search.get('9.999999')).toBeUndefined();
  });

  it('meets both placements of a tone and both spellings of i', () => {
    expect(first('hòa giải viên')).toBe('1.009999');
    expect(first('đăng kí tạm trú')).toBe('1.004194');
  });

  it('meets text in decomposed form', () => {
    expect(first('đăng ký kết hôn'.normalize('NFD'))).toBe('1.000894');
  });

  it('prefers the level nearer to the citizen between equal names', () => {
    expect(
      search
        .search('cấp đổi thẻ căn cước')
        .slice(0, 2)
        .map(({ code }) => code),
    ).toEqual(['1.014063', '1.000889']);
  });

  it('lets the accents decide where the folded words are the same', () => {
    const pair = [procedure('1.000001', 'Cấp phép bán hàng'), procedure('1.000002', 'Cấp phép bản hạng')];
    const both = createProcedureSearch(pair);
    expect(both.search('bán hàng')[0]?.code).toBe('1.000001');
    expect(both.search('bản hạng')[0]?.code).toBe('1.000002');
  });

  it('is sure of a name, unsure between two, and does not believe in what is off topic', () => {
    const score = (query: string) => search.search(query)[0]?.score ?? 0;
    expect(score('đăng ký thường trú')).toBeGreaterThan(0.8);
    expect(score('thời tiết hôm nay ở nhà bạn có mưa')).toBeLessThan(0.3);
    const twins = createProcedureSearch([
      procedure('1.000001', 'Gia hạn nộp thuế'),
      procedure('1.000002', 'Gia hạn nộp thuế'),
    ]);
    const [one, other] = twins.search('gia hạn nộp thuế');
    expect(one?.code).toBe('1.000001');
    expect(one?.score).toBeLessThan(0.7);
    expect(other?.score).toBeGreaterThan(0.2);
  });

  it('answers nothing for nothing, and something bounded for anything', () => {
    expect(search.search('')).toEqual([]);
    expect(search.search('🙂🙂')).toEqual([]);
    expect(createProcedureSearch([]).search('khai sinh')).toEqual([]);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 300 }),
          fc.constantFrom(...catalogue.map(({ name }) => name)),
        ),
        (query) => {
          const hits = search.search(query, 5);
          expect(hits.length).toBeLessThanOrEqual(5);
          let before = 1;
          for (const { score } of hits) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(before + 1e-9);
            before = score;
          }
          expect(search.search(query, 5)).toEqual(hits);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds every procedure of the catalogue under its own name', () => {
    for (const { code, name } of catalogue)
      expect([code, search.search(name, 3).map((hit) => hit.code)]).toEqual([code, expect.arrayContaining([code])]);
  });
});
