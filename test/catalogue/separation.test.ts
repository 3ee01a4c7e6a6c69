import { join } from 'node:path';
import fc from 'fast-check';
import { createProcedureSearch } from '../../src/catalogue/search.js';
import { loadSearchData } from '../../src/catalogue/search-data.js';
import { type Candidate, separate } from '../../src/catalogue/separation.js';
import { DIMENSIONS, TRAITS } from '../../src/catalogue/traits.js';
import type { ProcedureLevel } from '../../src/records/procedure.js';

const data = loadSearchData(join(__dirname, '../../intents'));

const procedure = (code: string, name: string, levels: ProcedureLevel[] = ['commune']) => ({
  code,
  name,
  field: 'Thử nghiệm',
  levels,
});

const search = createProcedureSearch(
  [
    procedure('1.000894', 'Thủ tục đăng ký kết hôn'),
    procedure('2.000806', 'Thủ tục đăng ký kết hôn có yếu tố nước ngoài'),
    procedure('1.004363', 'Cấp chứng chỉ hành nghề thú y'),
    procedure('1.004839', 'Cấp lại chứng chỉ hành nghề thú y'),
    procedure('1.014779', 'Gia hạn chứng chỉ hành nghề thú y'),
    procedure('1.014062', 'Cấp thẻ căn cước cho người dưới 14 tuổi'),
    procedure('1.014061', 'Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên'),
    procedure('1.000001', 'Cấp lại thẻ công chứng viên (cấp tỉnh)', ['province']),
    procedure('1.000002', 'Cấp lại thẻ công chứng viên (cấp trung ương)', ['ministry']),
    procedure('1.000003', 'Đăng ký khai thác nước dưới đất'),
  ],
  data,
);

const among = (...codes: string[]) =>
  codes.map((code) => ({ code, name: search.get(code)?.name ?? '', score: 1 / codes.length }));

describe('telling near-duplicates apart', () => {
  it.each([
    ['in the country or with a foreigner', ['1.000894', '2.000806'], 'foreign', ['none', 'foreign']],
    ['first issue, again or longer', ['1.004363', '1.004839', '1.014779'], 'act', ['first', 'again', 'extend']],
    ['the age', ['1.014062', '1.014061'], 'age', ['child', 'adult']],
    ['the level, when nothing else differs', ['1.000001', '1.000002'], 'level', ['province', 'ministry']],
  ])('asks for %s', (_, codes, dimension, values) => {
    const separation = search.separate(among(...codes), 'hỏi thủ tục');
    expect(separation?.dimension).toBe(dimension);
    expect(separation?.choices).toEqual(values.map((value, i) => ({ value, codes: [codes[i]] })));
  });

  it('does not ask what was said already', () => {
    expect(search.separate(among('1.000894', '2.000806'), 'kết hôn với người nước ngoài')).toBeUndefined();
  });

  it('asks nothing about different things, about one, or where one answer is all but certain', () => {
    expect(search.separate(among('1.000894', '1.000003'), 'đăng ký')).toBeUndefined();
    expect(search.separate(among('1.000894'), 'kết hôn')).toBeUndefined();
    const [one, other] = among('1.000894', '2.000806');
    if (one === undefined || other === undefined) throw new Error('two were asked for');
    expect(
      search.separate(
        [
          { ...one, score: 0.95 },
          { ...other, score: 0.02 },
        ],
        'kết hôn',
      ),
    ).toBeUndefined();
  });

  it('divides the candidates: no code is lost, none stands in two answers, two or three answers', () => {
    const candidate = fc.record({
      code: fc.stringMatching(/^\d\.\d{6}$/),
      name: fc.constantFrom('Cấp giấy phép', 'Cấp lại giấy phép'),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      traits: fc.uint8Array({ minLength: TRAITS, maxLength: TRAITS, max: 3 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(candidate, { selector: ({ code }) => code, maxLength: 6 }),
        (candidates: Candidate[]) => {
          const separation = separate(candidates, new Uint8Array(TRAITS));
          if (separation === undefined) return;
          expect(DIMENSIONS).toContain(separation.dimension);
          const codes = separation.choices.flatMap((choice) => choice.codes);
          expect([...codes].sort()).toEqual(candidates.map(({ code }) => code).sort());
          expect([2, 3]).toContain(separation.choices.length);
        },
      ),
    );
  });
});
