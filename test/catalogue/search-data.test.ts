import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSearchData } from '../../src/catalogue/search-data.js';
import { syllablesOf } from '../../src/catalogue/terms.js';

const intents = join(__dirname, '../../intents');
const plain = (text: string) =>
  syllablesOf(text)
    .map(({ folded }) => folded)
    .join(' ');

describe("the search's words in the repository", () => {
  const { aliases, words } = loadSearchData(intents);

  it('cover the everyday procedures', () => {
    expect(aliases.size).toBeGreaterThanOrEqual(120);
  });

  it('give no two procedures the same alias', () => {
    const owners = new Map<string, string>();
    for (const [code, said] of aliases) {
      for (const alias of said) {
        expect([alias, owners.get(plain(alias))]).toEqual([alias, undefined]);
        owners.set(plain(alias), code);
      }
    }
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
      expect([...aliases.values()].flat().filter((alias) => measured.has(plain(alias)))).toEqual([]);
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
    writeFileSync(join(folder, 'words/synonyms.yaml'), 'cưới: kết hôn\n');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives aliases by code', () => {
    expect(loadSearchData(folder).aliases.get('1.001193')).toEqual(['làm khai sinh']);
  });

  it.each([
    ['a key that is no code', 'aliases/b.yaml', '# note\nkhai sinh:\n  - x\n', /b\.yaml:3: .*procedure code/],
    ['an alias that is no text', 'aliases/b.yaml', "'1.000656':\n  - khai tử\n  - [1]\n", /b\.yaml:3: /],
    ['broken YAML', 'words/filler.yaml', '- a\n- "b\n', /filler\.yaml:\d+: /],
    ['a code in two files', 'aliases/b.yaml', "'1.001193':\n  - khai sinh\n", /b\.yaml: 1\.001193 already/],
    ['a wrong kind of list', 'words/synonyms.yaml', '- a\n', /synonyms\.yaml:1: /],
  ])('stops at %s with file and line', (_, file, content, message) => {
    writeFileSync(join(folder, file), content);
    expect(() => loadSearchData(folder)).toThrow(message);
  });
});
