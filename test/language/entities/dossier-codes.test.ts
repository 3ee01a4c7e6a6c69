import fc from 'fast-check';
import { CANONICAL_DOSSIER_CODE, findDossierCodes } from '../../../src/language/entities/dossier-codes.js';

const NOW = Date.UTC(2026, 10, 20, 3);

const codesIn = (message: string) => findDossierCodes(message, NOW).map(({ type, value }) => [type, value]);

describe('dossier codes', () => {
  it.each([
    ['alone', '000.00.16.H56-230412-0001', '000.00.16.H56-230412-0001'],
    ['in a sentence', 'hs 000.17.22.H56-210531-0001 của em tới đâu rồi ạ?', '000.17.22.H56-210531-0001'],
    ['province first', 'H56.14-240823-0001', 'H56.14-240823-0001'],
    ['province first with levels', 'mã H01.02.03.04-250110-00012.', 'H01.02.03.04-250110-00012'],
    ['of a ministry', 'G01.812.108.000-241020-0012', 'G01.812.108.000-241020-0012'],
    ['province alone', 'H33-250110-0007', 'H33-250110-0007'],
    ['in lower case', 'h56.14-240823-0001', 'H56.14-240823-0001'],
    ['with spaces around dashes', 'H56.14 - 240823 - 0001', 'H56.14-240823-0001'],
    ['with spaces for dashes', '000.00.16.H56 230412 0001', '000.00.16.H56-230412-0001'],
    ['with spaces for dots', '000 00 16 H56-230412-0001', '000.00.16.H56-230412-0001'],
    ['with an en dash', 'H56.14–240823–0001', 'H56.14-240823-0001'],
    ['with an em dash', '000.00.16.H56—230412—0001', '000.00.16.H56-230412-0001'],
    ['with slashes', 'H56.14/240823/0001', 'H56.14-240823-0001'],
    ['with underscores', '000.00.16.H56_230412_0001', '000.00.16.H56-230412-0001'],
    ['with commas for dots', '000,00,16,H56-230412-0001', '000.00.16.H56-230412-0001'],
    ['with the letter O', 'OOO.OO.16.H56-23O412-OOO1', '000.00.16.H56-230412-0001'],
    ['with a lower-case o', 'h56.14-240823-ooo1', 'H56.14-240823-0001'],
    ['without any separator', '0000016H562304120001', '000.00.16.H56-230412-0001'],
    ['province first without separators', 'H56240823' + '0001', 'H56-240823-0001'],
    ['without the dot', 'H5614-240823-0001', 'H56.14-240823-0001'],
    ['in full-width characters', 'Ｈ５６.14-240823-0001', 'H56.14-240823-0001'],
    ['with three digits of sequence', 'H56.14-240823-001', 'H56.14-240823-001'],
    [
      'in a QR address',
      'https://dichvucong.example/tra-cuu?ma=000.00.16.H56-230412-0001&x=1',
      '000.00.16.H56-230412-0001',
    ],
    ['before a full stop', 'Mã là H56.14-240823-0001.', 'H56.14-240823-0001'],
    ['dated today', 'H56.14-261120-0001', 'H56.14-261120-0001'],
    ['with colons', 'H56.14:240823:0001', 'H56.14-240823-0001'],
    ['with bars', 'H56.14|240823|0001', 'H56.14-240823-0001'],
    ['with spaces inside its groups', 'H56.14-24 08 23-00 01', 'H56.14-240823-0001'],
    [
      'in an escaped address',
      'https%3A%2F%2Fx.example%2F%3Fma%3D000.00.16.H56-230412-0001',
      '000.00.16.H56-230412-0001',
    ],
    ['glued to its abbreviation', 'HS000.00.16.H56-230412-0001', '000.00.16.H56-230412-0001'],
    ['with a line break inside', 'H56.14-240823\n-0001', 'H56.14-240823-0001'],
  ])('are found %s', (_how, message, code) => {
    expect(codesIn(message)).toEqual([['dossier-code', code]]);
  });

  it('are found several in one message, in order', () => {
    expect(codesIn('H56.14-240823-0001, 000.00.16.H56-230412-0001 và H01.02-250110-0007')).toEqual([
      ['dossier-code', 'H56.14-240823-0001'],
      ['dossier-code', '000.00.16.H56-230412-0001'],
      ['dossier-code', 'H01.02-250110-0007'],
    ]);
  });

  it.each([
    ['a day that does not exist', 'H56.14-240231-0001'],
    ['a month that does not exist', '000.00.16.H56-231512-0001'],
    ['a day after today', 'H56.14-261121-0001'],
    ['a missing sequence', '000.00.16.H56-230412'],
    ['too few digits of sequence', 'H56.14-240823-01'],
    ['too many digits of sequence', 'H56.14-240823-0001234'],
    ['a digit short in the date', 'H56.14-24082-0001'],
    ['the end alone', '240823-0001'],
    ['the province without its letter', '000.00.16.56-230412-0001'],
  ])('with %s are partial, so that the bot asks', (_what, message) => {
    const found = findDossierCodes(message, NOW);
    expect(found.map(({ type }) => type)).toEqual(['dossier-code-partial']);
  });

  it('named in words but incomplete are partial', () => {
    expect(codesIn('mã hồ sơ của tôi là 12345')).toEqual([['dossier-code-partial', '12345']]);
  });

  it.each([
    'số điện thoại 0912345678',
    'căn cước 091234567890',
    'mẫu CT01 nộp ngày 20/11/2025',
    'quốc lộ 1A km 2024',
    'thủ tục 1.004222',
    'lớp K12 năm 2023',
    'G7',
  ])('are not seen in: %s', (message) => {
    expect(codesIn(message)).toEqual([]);
  });

  it('come back whole through noise, with the offsets of what was typed', () => {
    const digits = (length: number) =>
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));
    const date = fc
      .date({ min: new Date(Date.UTC(2017, 0, 1)), max: new Date(NOW - 86_400_000), noInvalidDate: true })
      .map((day) => day.toISOString().slice(2, 10).replace(/-/g, ''));
    const old = fc.tuple(digits(3), digits(2), digits(2), digits(2)).map(([a, b, c, h]) => `${a}.${b}.${c}.H${h}`);
    const recent = fc
      .tuple(digits(2), fc.array(digits(2), { maxLength: 3 }))
      .map(([h, levels]) => [`H${h}`, ...levels].join('.'));
    const noise = fc.record({
      dash: fc.constantFrom('-', '–', '—', ' - ', '/', '_', ' -'),
      lower: fc.boolean(),
      letterO: fc.boolean(),
      before: fc.constantFrom('', 'hs ', 'mã hồ sơ: ', 'cho em hỏi hồ sơ số ', '('),
      after: fc.constantFrom('', ' ạ', '.', '?', ', của em', ')'),
    });
    fc.assert(
      fc.property(
        fc.oneof(old, recent),
        date,
        digits(4),
        noise,
        (agency, day, sequence, { dash, lower, letterO, before, after }) => {
          let typed = `${agency}${dash}${day}${dash}${sequence}`;
          if (letterO) typed = typed.replace(/0/g, 'O');
          if (lower) typed = typed.toLowerCase();
          const message = before + typed + after;
          const [found, ...others] = findDossierCodes(message, NOW);
          expect(others).toEqual([]);
          expect(found).toEqual({
            type: 'dossier-code',
            value: `${agency}-${day}-${sequence}`,
            text: typed,
            start: before.length,
            end: before.length + typed.length,
          });
          expect(found?.value).toMatch(CANONICAL_DOSSIER_CODE);
        },
      ),
      { numRuns: 400 },
    );
  });
});
