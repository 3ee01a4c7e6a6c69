// The program behind `npm run -s understand`: one utterance per line in, one JSON per line out. Nothing but JSON goes to stdout.
// What is understood is language/, which procedure is meant is catalogue/.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { importProcedureFile } from './catalogue/import.js';
import { createProcedureSearch, type ProcedureHit } from './catalogue/search.js';
import { loadSearchData } from './catalogue/search-data.js';
import { createLanguage, type Entity, type Intent, type Language, parseLanguageModel } from './language/language.js';
import { parseCounts } from './language/restoration/counts.js';
import { lessonOf } from './language/restoration/lesson.js';
import { Restorer } from './language/restoration/restorer.js';
import { trainRestoration } from './language/restoration/train.js';
import type { Procedure } from './records/procedure.js';

const USAGE = `Usage: npm run -s understand -- [--catalogue FILE] < utterances
One utterance per line; answers with one JSON object per line: {text, intent, confidence, entities, procedures, restored}.
  --catalogue FILE   procedures to search, JSONL; without it "procedures" is empty`;
const MOST_PROCEDURES = 10;
/** Characters gathered before they are written: a write per line would dominate the run. */
const BATCH = 64_000;

export interface Answer {
  text: string;
  intent: Intent;
  confidence: number;
  entities: Entity[];
  procedures: ProcedureHit[];
  /** What was understood, with diacritics. */
  restored: string;
}

/** `search` gives the best procedures first; they are filled whatever the intent. */
export function answer(line: string, language: Language, search: (query: string) => ProcedureHit[]): Answer {
  const { restored, intent, confidence, entities, query } = language.understand(line);
  const procedures = search(query === '' ? line : query);
  return {
    text: line,
    intent,
    confidence: round(confidence),
    entities,
    procedures: procedures
      .slice(0, MOST_PROCEDURES)
      .map(({ code, name, score }) => ({ code, name, score: round(score) })),
    restored,
  };
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}

/** Returns the exit code. */
export async function main(args: readonly string[], input: Readable, output: Writable): Promise<number> {
  let options: { catalogue?: string | undefined; help?: boolean | undefined };
  try {
    options = parseArgs({
      args: [...args],
      options: { catalogue: { type: 'string' }, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  if (options.help) {
    console.error(USAGE);
    return 0;
  }
  const procedures = options.catalogue === undefined ? [] : await readCatalogue(options.catalogue);
  const restoration = trainRestoration(parseCounts(readJson('../restoration-model.json')), procedures.map(lessonOf));
  const language = createLanguage(parseLanguageModel(readJson('../intents-model.json')), {
    restorer: new Restorer(restoration),
  });
  const search = searchIn(procedures);

  let batch = '';
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    batch += `${JSON.stringify(answer(line, language, search))}\n`;
    if (batch.length < BATCH) continue;
    if (!output.write(batch)) await once(output, 'drain');
    batch = '';
  }
  await new Promise<void>((resolve, reject) => output.write(batch, (error) => (error ? reject(error) : resolve())));
  return 0;
}

/** A file of the build; the program runs from dist/src/. */
function readJson(file: string): unknown {
  return JSON.parse(readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8'));
}

async function readCatalogue(file: string): Promise<Procedure[]> {
  const { items, skippedCount } = await importProcedureFile(file);
  if (skippedCount > 0) console.error(`${file}: ${skippedCount} lines skipped, ${items.length} procedures read`);
  return items;
}

function searchIn(items: readonly Procedure[]): (query: string) => ProcedureHit[] {
  if (items.length === 0) return () => [];
  // From dist/src/ as from src/: the words of the search lie in the project's folder.
  const folder = fileURLToPath(
    new URL(import.meta.url.includes('/dist/') ? '../../intents' : '../intents', import.meta.url),
  );
  const procedures = createProcedureSearch(items, loadSearchData(folder));
  return (query) => procedures.search(query, MOST_PROCEDURES);
}

/** Runs the program on the process's own streams. */
export async function runUnderstand(args: readonly string[]): Promise<void> {
  // The reader went away (`| head`): nothing is left to do, and nothing is wrong.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    process.exitCode = await main(args, process.stdin, process.stdout);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  void runUnderstand(process.argv.slice(2));
}
