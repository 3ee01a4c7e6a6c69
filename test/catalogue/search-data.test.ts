import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadSearchData } from '../../src/catalogue/search-data.js';
import { syllablesOf } from '../../src/catalogue/terms.js';

const intents = join(__dirname, '../../intents');
const plain = (text: string) =>
  syllablesOf(text)
    .map(({ folded }) => folded)
    .join(' ');

/** Every key and every phrase as the files have them. */
const written = readdirSync(intents, { recursive: true, encoding: 'utf8' })
  .filter((name) => /^(aliases|words)\b.*\.yaml$/.test(name))
  .flatMap((name) => texts(parse(readFileSync(join(intents, name), 'utf8'), { schema: 'failsafe' })));

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value)
    ? value.flatMap(texts)
    : Object.entries(value).flatMap(([key, inner]) => [key, ...texts(inner)]);
}

describe("the search's words in the repository", () => {
  const { aliases, everyday, words } = loadSearchData(intents);

  it('cover the everyday procedures', () => {
    expect(aliases.size).toBeGreaterThanOrEqual(120);
  });

  it('give no alias twice to one procedure', () => {
    for (const [code, said] of aliases) {
      const plainly = said.map(plain);
      expect([code, plainly.filter((alias, i) => plainly.indexOf(alias) !== i)]).toEqual([code, []]);
    }
  });

  it('count as everyday what stands in the folder itself, not the families in it', () => {
    expect(everyday.has('1.001193')).toBe(true);
    expect(aliases.has('1.013830')).toBe(true);
    expect(everyday.has('1.013830')).toBe(false);
  });

  it('have abbreviations of one word each', () => {
    for (const short of words.abbreviations.keys()) expect(short).not.toMatch(/\s/);
  });

  const folder = process.env.MOT_CUA_DATA ?? join(__dirname, '../../../shared/data');
  for (const name of ['questions.dev.jsonl', 'intents.dev.jsonl']) {
    const file = join(folder, name);
    (existsSync(file) ? it : it.skip)(`hold nothing that ${name} measures with`, () => {
      const lines = readFileSync(file, 'utf8').trim().split('\n');
      const measured = new Set(lines.map((line) => plain(JSON.parse(line).text)));
      expect(written.filter((phrase) => measured.has(plain(phrase)))).toEqual([]);
    });
  }
});

describe('reading the search words', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'words-'));
    mkdirSync(join(folder, 'aliases'));
    mkdirSync(join(folder, 'words'));
    writeFileSync(join(folder, 'aliases/a.yaml'), "'1.001193':\n  - làm khai sinh\n");
    writeFileSync(join(folder, 'words/abbreviations.yaml'), 'gks: giấy khai sinh\n');
    writeFileSync(join(folder, 'words/filler.yaml'), '- ạ\n');
    writeFileSync(join(folder, 'words/synonyms.yaml'), 'cưới: kết hôn\nmất: [cấp lại, khai tử]\n');
    writeFileSync(join(folder, 'words/cues.yaml'), 'act:\n  again:\n    name: [cấp lại]\n    said: [làm lại]\n');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives aliases by code, also to several at once and from folders in the folder, abbreviations written out', () => {
    mkdirSync(join(folder, 'aliases/rare'));
    writeFileSync(join(folder, 'aliases/rare/b.yaml'), '1.001193, 2.000635: [xin gks]\n');
    const { aliases, everyday } = loadSearchData(folder);
    expect([...aliases]).toEqual([
      ['1.001193', ['làm khai sinh', 'xin giấy khai sinh']],
      ['2.000635', ['xin giấy khai sinh']],
    ]);
    expect([...everyday]).toEqual(['1.001193']);
  });

  it('gives one or several meanings of a word, and phrases for patterns', () => {
    writeFileSync(join(folder, 'words/filler.yaml'), '- (cho|xin) (em)? hỏi\n');
    const { words, cues } = loadSearchData(folder);
    expect(words.synonyms).toEqual(
      new Map([
        ['cưới', ['kết hôn']],
        ['mất', ['cấp lại', 'khai tử']],
      ]),
    );
    expect(words.filler).toEqual(['cho em hỏi', 'cho hỏi', 'xin em hỏi', 'xin hỏi']);
    expect(cues.act?.again).toEqual({ name: ['cấp lại'], said: ['làm lại'] });
  });

  it.each([
    ['a key that is no code', 'aliases/b.yaml', '# note\nkhai sinh:\n  - x\n', /b\.yaml:3: .*procedure code/],
    ['an alias that is no text', 'aliases/b.yaml', "'1.000656':\n  - khai tử\n  - [1]\n", /b\.yaml:3: /],
    ['broken YAML', 'words/filler.yaml', '- a\n- "b\n', /filler\.yaml:\d+: /],
    [
      'a cue for what is not known',
      'words/cues.yaml',
      'act:\n  never:\n    name: [a]\n    said: [b]\n',
      /cues\.yaml:\d+: /,
    ],
    ['a wrong kind of list', 'words/synonyms.yaml', '- a\n', /synonyms\.yaml:1: /],
  ])('stops at %s with file and line', (_, file, content, message) => {
    writeFileSync(join(folder, file), content);
    expect(() => loadSearchData(folder)).toThrow(message);
  });
});
