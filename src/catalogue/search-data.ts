// Reads the words of the search from `intents/`: aliases per procedure, abbreviations, filler, synonyms. Checked at the start:
// what is wrong is said with file and line.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { QueryWords } from './words.js';

export interface SearchData {
  /** Citizens' words by procedure code. A code that the catalogue lacks is simply not used. */
  aliases: ReadonlyMap<string, readonly string[]>;
  words: QueryWords;
}

const phrase = z.string().trim().min(1).max(120);
const aliasFile = z.record(
  z.string().regex(/^\d\.\d{6}$/, 'a procedure code such as 1.001193 is needed'),
  z.array(phrase).min(1),
);
const wordFile = z.record(phrase, phrase);
const phraseList = z.array(phrase);

/** @throws Error naming file and line of the first thing that does not fit. */
export function loadSearchData(intentsFolder: string): SearchData {
  const aliases = new Map<string, readonly string[]>();
  const folder = join(intentsFolder, 'aliases');
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.yaml')) continue;
    const file = join(folder, name);
    for (const [code, said] of Object.entries(readYaml(file, aliasFile))) {
      if (aliases.has(code)) throw new Error(`${file}: ${code} already has its aliases in another file`);
      aliases.set(code, said);
    }
  }
  const words = join(intentsFolder, 'words');
  return {
    aliases,
    words: {
      abbreviations: new Map(Object.entries(readYaml(join(words, 'abbreviations.yaml'), wordFile))),
      filler: readYaml(join(words, 'filler.yaml'), phraseList),
      synonyms: new Map(Object.entries(readYaml(join(words, 'synonyms.yaml'), wordFile))),
    },
  };
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
