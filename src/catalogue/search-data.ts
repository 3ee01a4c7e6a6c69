// Reads the words of the search from `intents/`: aliases per procedure, abbreviations, filler, synonyms, cues. Checked at the start:
// what is wrong is said with file and line.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { expandPattern } from './pattern.js';
import { type Cues, DIMENSIONS, VALUES } from './traits.js';
import type { QueryWords } from './words.js';

export interface SearchData {
  /** Citizens' words by procedure code. A code that the catalogue lacks is simply not used. */
  aliases: ReadonlyMap<string, readonly string[]>;
  /** Codes that citizens ask about every day: those in the files of `aliases/` itself; the folders in it hold rarer families. */
  everyday: ReadonlySet<string>;
  /** What tells procedures with nearly the same name apart. */
  cues: Cues;
  words: QueryWords;
}

const phrase = z.string().trim().min(1).max(120);
/** `1.001193`, or several that go by the same words: `1.014061, 2.000200`. */
const aliasFile = z.record(
  z.string().regex(/^\d\.\d{6}(, ?\d\.\d{6})*$/, 'a procedure code such as 1.001193 is needed'),
  z.array(phrase).min(1),
);
const wordFile = z.record(phrase, phrase);
const synonymFile = z.record(phrase, z.union([phrase.transform((one) => [one]), z.array(phrase).min(1)]));
const phraseList = z.array(phrase);
const cueFile = z.strictObject(
  Object.fromEntries(
    DIMENSIONS.map((dimension) => [
      dimension,
      z.partialRecord(z.enum(VALUES[dimension]), z.strictObject({ name: phraseList, said: phraseList })).default({}),
    ]),
  ),
);

/** @throws Error naming file and line of the first thing that does not fit. */
export function loadSearchData(intentsFolder: string): SearchData {
  const words = join(intentsFolder, 'words');
  const abbreviations = new Map(Object.entries(readYaml(join(words, 'abbreviations.yaml'), wordFile)));
  const aliases = new Map<string, string[]>();
  const everyday = new Set<string>();
  const folder = join(intentsFolder, 'aliases');
  for (const name of aliasFiles(folder)) {
    for (const [codes, said] of Object.entries(readYaml(join(folder, name), aliasFile))) {
      for (const code of codes.split(/, ?/)) {
        const spelled = said.map((alias) => spelledOut(alias, abbreviations));
        aliases.set(code, [...(aliases.get(code) ?? []), ...spelled]);
        if (dirname(name) === '.') everyday.add(code);
      }
    }
  }
  return {
    aliases,
    everyday,
    cues: readYaml(join(words, 'cues.yaml'), cueFile) as Cues,
    words: {
      abbreviations: new Map([...abbreviations].map(([short, meaning]) => [short, spelledOut(meaning, abbreviations)])),
      filler: readYaml(join(words, 'filler.yaml'), phraseList).flatMap(expandPattern),
      synonyms: new Map(Object.entries(readYaml(join(words, 'synonyms.yaml'), synonymFile))),
    },
  };
}

/** The folder's own files and those of the folders in it, in one order. */
function aliasFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort();
}

/** Aliases may use abbreviations, and so may their meanings: `đktt: đk thường trú`. */
function spelledOut(text: string, abbreviations: ReadonlyMap<string, string>): string {
  return text
    .split(' ')
    .map((word) => abbreviations.get(word) ?? word)
    .join(' ');
}

function readYaml<T>(file: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  // Failsafe: every scalar is text, so that a code such as 1.001190 or the word "no" needs no quotes.
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, schema: 'failsafe' });
  const broken = document.errors[0];
  if (broken !== undefined)
    throw new Error(`${file}:${broken.linePos?.[0].line ?? 1}: ${broken.message.split('\n')[0]}`);
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const range = isNode(node) ? node.range : undefined;
  const line = range ? lines.linePos(range[0]).line : 1;
  const message = issue?.code === 'invalid_key' ? issue.issues[0]?.message : issue?.message;
  throw new Error(`${file}:${line}: ${path.length === 0 ? '' : `${path.join('.')}: `}${message ?? 'does not fit'}`);
}
