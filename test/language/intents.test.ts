import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fold } from '../../src/language/fold.js';
import { INTENTS } from '../../src/language/language.js';
import { compileRules } from '../../src/language/rules.js';
import { expandExamples, intentFileSchema, slotFileSchema } from '../../src/language/training/intent-files.js';
import { prepareExample } from '../../src/language/training/train.js';
import { INTENTS_FOLDER, ROOT, readYaml, trainingFiles, yamlFiles } from './trained-language.js';

const DATA = join(ROOT, '..', 'shared', 'data');
const FEWEST_EXAMPLES = 25;

const plainWords = (text: string) => (fold(text).match(/[a-z0-9]+/g) ?? []).join(' ');

/** Every string of a parsed file, texts of several lines line by line, without the marks of templates. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n').map((line) => line.replace(/^\* /, ''));
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, own]) => [key, ...stringsIn(own)]);
}

describe('the intent files', () => {
  it.each(yamlFiles(INTENTS_FOLDER).map((file) => basename(file)))('%s is valid and named after its intent', (name) => {
    const parsed = intentFileSchema.parse(readYaml(join(INTENTS_FOLDER, name)));
    expect(`${parsed.intent}.yaml`).toBe(name);
    expect(parsed.examples.length).toBeGreaterThanOrEqual(FEWEST_EXAMPLES);
    for (const { match, unless } of parsed.rules) {
      expect(() => [new RegExp(match, 'u'), new RegExp(unless ?? '', 'u')]).not.toThrow();
    }
  });

  it('cover every intent of the architecture, each once', () => {
    const names = yamlFiles(INTENTS_FOLDER).map((file) => basename(file, '.yaml'));
    expect(names).toEqual([...INTENTS].sort());
  });

  it.each(yamlFiles(join(INTENTS_FOLDER, 'slots')).map((file) => basename(file)))(
    'slots/%s is valid and named after its slot',
    (name) => {
      const parsed = slotFileSchema.parse(readYaml(join(INTENTS_FOLDER, 'slots', name)));
      expect(`${parsed.slot}.yaml`).toBe(name);
    },
  );

  it('have no phrase under two intents', () => {
    const owner = new Map<string, string>();
    for (const { intent, examples } of trainingFiles().intents) {
      for (const example of examples) {
        const key = plainWords(example);
        if (key === '') continue;
        expect([example, owner.get(key) ?? intent]).toEqual([example, intent]);
        owner.set(key, intent);
      }
    }
  });

  it('have rules that hardly ever take an example of another intent', () => {
    const { intents, slots } = trainingFiles();
    const applyRules = compileRules(intents.flatMap(({ intent, rules }) => rules.map((rule) => ({ ...rule, intent }))));
    const wrong: string[] = [];
    let fired = 0;
    for (const { text, intent } of expandExamples(intents, slots)) {
      const ruled = applyRules(prepareExample(text)).intents;
      if (ruled.length > 0) fired++;
      if (ruled.length > 0 && !ruled.includes(intent)) wrong.push(`${text}: ${ruled.join()}`);
    }
    // A rule is evidence, which the other words may outweigh; one that often misleads is still a bad rule.
    expect(wrong.length / fired).toBeLessThan(0.02);
  });
});

// Measured phrases must measure: none of them may be among what is learned. Where the data is not present there is nothing to compare.
(existsSync(DATA) ? describe : describe.skip)('beside the development data', () => {
  it('no string anywhere in intents/ is a development phrase', () => {
    const development = new Set(
      ['intents.dev.jsonl', 'questions.dev.jsonl'].flatMap((name) =>
        readFileSync(join(DATA, name), 'utf8')
          .trim()
          .split('\n')
          .map((line) => plainWords((JSON.parse(line) as { text: string }).text)),
      ),
    );
    const names = new Set<string>(INTENTS);
    const folders = ['.', 'slots', 'aliases', 'words'].map((name) => join(INTENTS_FOLDER, name));
    const phrases = folders
      .flatMap(yamlFiles)
      .flatMap((file) => stringsIn(readYaml(file)))
      .filter((phrase) => !names.has(phrase));
    expect(phrases.length).toBeGreaterThan(1000);
    expect(phrases.filter((phrase) => development.has(plainWords(phrase)))).toEqual([]);
  });
});
