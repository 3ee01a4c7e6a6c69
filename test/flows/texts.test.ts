// The check of templates and help topics at the start.
import { TEXT_FILES } from '../../src/flows/flows.js';
import { loadHelp } from '../../src/flows/service-help/topics.js';
import { readYamlFolder } from '../../src/flows/text-files.js';
import { declareTexts, loadTexts, TemplateError, text, title } from '../../src/flows/texts.js';
import { texts as loaded } from './town.js';

const KEYS = declareTexts('shop', { hello: text('name'), count: text('n'), buy: title(), page: title('n') });
const FILE = { name: 'shop', keys: KEYS };
const GOOD = 'hello: Chào {name}\ncount: "{n, plural, other {# món}}"\nbuy: Mua\npage: Trang {n}\n';

function problems(content: string, path = 'templates/vi/shop.yaml'): readonly string[] {
  try {
    loadTexts([{ path, content }], [FILE]);
  } catch (error) {
    if (error instanceof TemplateError) return error.problems;
    throw error;
  }
  return [];
}

describe('templates', () => {
  it('format what was declared', () => {
    const shop = loadTexts([{ path: 'templates/vi/shop.yaml', content: GOOD }], [FILE]);
    expect(shop.format(KEYS.hello, { name: '{An}' })).toBe('Chào {An}');
    expect(shop.format(KEYS.count, { n: 1200 })).toBe('1.200 món');
    expect(shop.format(KEYS.buy)).toBe('Mua');
  });

  it.each([
    ['a missing key', GOOD.replace('buy: Mua\n', ''), ['templates/vi/shop.yaml:4: the key "buy" is missing']],
    ['an unknown key', `${GOOD}helo: Chào\n`, ['templates/vi/shop.yaml:5: unknown key "helo"; did you mean "hello"?']],
    [
      'a key close to a known one',
      `${GOOD}hellos: Chào\n`,
      ['templates/vi/shop.yaml:5: unknown key "hellos"; did you mean "hello"?'],
    ],
    [
      'an unknown variable',
      GOOD.replace('{name}', '{nane}'),
      ['templates/vi/shop.yaml:1: "hello" uses the unknown variable {nane}'],
    ],
    [
      'a variable inside a plural',
      GOOD.replace('# món', '# {what}'),
      ['templates/vi/shop.yaml:2: "count" uses the unknown variable {what}'],
    ],
    [
      'bad ICU syntax',
      GOOD.replace('{name}', '{name'),
      [expect.stringContaining('templates/vi/shop.yaml:1: "hello" is not a valid message')],
    ],
    [
      'a title over the limit',
      GOOD.replace('Mua', 'Mua thật nhiều món hàng'),
      ['templates/vi/shop.yaml:3: "buy" is 23 characters long, a platform takes 20'],
    ],
    [
      'a title that its number makes too long',
      GOOD.replace('Trang {n}', 'Trang mười tám số {n}'),
      ['templates/vi/shop.yaml:4: "page" is 21 characters long, a platform takes 20'],
    ],
    [
      'a text over the limit',
      GOOD.replace('Chào', 'Chào '.repeat(500)),
      [expect.stringContaining('templates/vi/shop.yaml:1: "hello" is 25')],
    ],
    [
      'an empty text',
      GOOD.replace('Mua', '""'),
      [expect.stringContaining('templates/vi/shop.yaml:3: "buy" must be a text')],
    ],
    [
      'a number without quotes',
      GOOD.replace('Mua', '1022'),
      [expect.stringContaining('templates/vi/shop.yaml:3: "buy" must be a text (put numbers in quotes)')],
    ],
    ['broken YAML', `${GOOD}x: [\n`, [expect.stringMatching(/^templates\/vi\/shop\.yaml:[56]: not valid YAML/)]],
    ['a list instead of keys', '- a\n', ['templates/vi/shop.yaml:1: must be a list of `key: text` lines']],
  ])('stop the start for %s', (_what, content, expected) => expect(problems(content)).toEqual(expected));

  it('stop the start for a file that is missing or that nobody declares', () => {
    expect(problems(GOOD, 'templates/vi/other.yaml')).toEqual([
      'shop.yaml: the file is missing',
      'templates/vi/other.yaml:1: no flow declares the texts of this file',
    ]);
  });

  it('that are shipped fit the code', () => {
    expect(() => loadTexts(readYamlFolder('templates/vi'), TEXT_FILES)).not.toThrow();
    expect(() => loadTexts(readYamlFolder('templates/vi'), TEXT_FILES, { text: 20, title: 20 })).toThrow(TemplateError);
  });

  it('refuse a text that was never loaded', () => {
    expect(() => loaded.format(KEYS.buy)).toThrow('never loaded');
  });
});

describe('help topics', () => {
  const facts = { portal: 'P', national: 'N', province: 'V' };
  const good = 'title: Lỗi\nkeywords:\n  - báo lỗi\nanswer: Gọi {national}\n';

  it('are found by their longest keyword and name the configured numbers', () => {
    const topics = loadHelp(
      [
        { path: 'help/loi.yaml', content: good },
        { path: 'help/loi-tien.yaml', content: good.replace('báo lỗi', 'báo lỗi tiền') },
      ],
      facts,
    );
    expect(topics.match('cổng BAO LOI tien rồi')?.id).toBe('loi-tien');
    expect(topics.match('báo lỗi')?.answer).toBe('Gọi N');
    expect(topics.match('xin chào')).toBeUndefined();
  });

  it.each([
    ['a missing part', good.replace('title: Lỗi\n', ''), /^help\/loi\.yaml:1: title/],
    ['a long title', good.replace('Lỗi', 'Lỗi thật là dài quá đi'), /^help\/loi\.yaml:1: title/],
    ['an unknown variable', good.replace('{national}', '{phone}'), /unknown variable \{phone\}/],
    ['an unknown related topic', `${good}related: [khac]\n`, /no topic "khac"/],
    ['an unknown part', `${good}colour: red\n`, /^help\/loi\.yaml:1: topic/],
  ])('stop the start for %s', (_what, content, expected) => {
    expect(() => loadHelp([{ path: 'help/loi.yaml', content }], facts)).toThrow(
      expected.source.startsWith('^') ? new RegExp(expected.source.slice(1)) : expected,
    );
  });
});
