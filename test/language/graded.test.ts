// Holds the graded set to its own rules: enough of everything, well-formed, and nobody's copy. Its figures are graded-figures.test.ts.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fold } from '../../src/language/fold.js';
import { INTENTS } from '../../src/language/language.js';
import { gradedLines, gradedParts, gradedTalks, STYLES, samePhrase, sampleCodes } from './graded-set.js';
import { INTENTS_FOLDER, ROOT, readYaml, yamlFiles } from './trained-language.js';

const lines = gradedLines();
const parts = gradedParts();
const talks = gradedTalks();
const DATA = join(ROOT, '..', 'shared', 'data');

const firstIntent = (line: (typeof lines)[number]) => [line.intent].flat()[0];
const count = (some: (line: (typeof lines)[number]) => boolean) => lines.filter(some).length;

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n');
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

describe('the graded set', () => {
  it('has at least 900 messages, and conversations and messages of several questions beside them', () => {
    expect(lines.length).toBeGreaterThanOrEqual(900);
    expect(talks.length).toBeGreaterThanOrEqual(25);
    expect(parts.length).toBeGreaterThanOrEqual(20);
  });

  it.each(INTENTS)('has at least 12 messages of the intent %s', (intent) => {
    const wanted: Partial<Record<string, number>> = {
      'procedure.ask': 300,
      none: 60,
      'feedback.send': 40,
      'dossier.track': 35,
    };
    expect(count((line) => firstIntent(line) === intent)).toBeGreaterThanOrEqual(wanted[intent] ?? 12);
  });

  it.each(STYLES)('has at least 100 messages in the style %s, over at least 20 intents', (style) => {
    const some = lines.filter((line) => line.style === style);
    expect(some.length).toBeGreaterThanOrEqual(100);
    expect(new Set(some.map(firstIntent)).size).toBeGreaterThanOrEqual(20);
  });

  it('asks for at least 120 procedures, and for some that the catalogue does not have', () => {
    expect(new Set(lines.flatMap(({ accept }) => accept?.[0] ?? [])).size).toBeGreaterThanOrEqual(120);
    expect(count(({ accept }) => accept?.length === 0)).toBeGreaterThanOrEqual(20);
  });

  it('names procedures of the sample catalogue only', () => {
    const known = sampleCodes();
    const named = [
      ...lines.flatMap(({ accept = [] }) => accept),
      ...parts.flatMap((one) => one.parts.flatMap(({ accept = [] }) => accept)),
      ...talks.flatMap(({ turns }) => turns.flatMap(({ procedure = [] }) => procedure)),
    ];
    expect(named.filter((code) => !known.has(code))).toEqual([]);
  });

  it('has every id once and every phrase once', () => {
    const ids = [...lines, ...parts, ...talks].map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    const phrases = [...lines, ...parts].map(({ text }) => samePhrase(text)).filter((phrase) => phrase !== '');
    expect(phrases.filter((phrase, i) => phrases.indexOf(phrase) !== i)).toEqual([]);
  });

  it('is written in the styles that it names', () => {
    const plain = ({ text }: { text: string }) => fold(text) === text.toLowerCase();
    const wrong = lines.filter((line) =>
      line.style === 'unaccented' ? !plain(line) : ['accented', 'half'].includes(line.style) && plain(line),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('is no teacher: none of it stands in intents/', () => {
    const files = ['.', 'slots', 'aliases'].flatMap((folder) => yamlFiles(join(INTENTS_FOLDER, folder)));
    const taught = new Set(files.flatMap((file) => stringsIn(readYaml(file))).map(samePhrase));
    // A few words are anybody's.
    const copied = lines.filter(({ text }) => samePhrase(text).split(' ').length > 6 && taught.has(samePhrase(text)));
    expect(copied.map(({ id }) => id)).toEqual([]);
  });

  const withData = existsSync(join(DATA, 'intents.dev.jsonl')) ? it : it.skip;
  withData('copies no development phrase', () => {
    const files = ['intents.dev.jsonl', 'questions.dev.jsonl'].map((name) => readFileSync(join(DATA, name), 'utf8'));
    const rows = files.flatMap((file) => file.split('\n').filter(Boolean));
    const known = new Set(rows.map((row) => samePhrase(String(JSON.parse(row).text))));
    const copied = [...lines, ...parts].filter(({ text }) => known.has(samePhrase(text)));
    expect(copied.map(({ id }) => id)).toEqual([]);
  });
});
