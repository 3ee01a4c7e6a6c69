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

const USAGE = `Usage: npm run -s understand -- [--catalogue FILE] < utterances
One utterance per line; answers with one JSON object per line: {text, intent, confidence, entities, procedures}.
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
}

/** `search` gives the best procedures first; they are filled whatever the intent. */
export function answer(line: string, language: Language, search: (query: string) => ProcedureHit[]): Answer {
  const { intent, confidence, entities, query } = language.understand(line);
  const procedures = search(query === '' ? line : query);
  return {
    text: line,
    intent,
    confidence: round(confidence),
    entities,
    procedures: procedures
      .slice(0, MOST_PROCEDURES)
      .map(({ code, name, score }) => ({ code, name, score: round(score) })),
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
  const model = readFileSync(fileURLToPath(new URL('../intents-model.json', import.meta.url)), 'utf8');
  const language = createLanguage(parseLanguageModel(JSON.parse(model)));
  const search = options.catalogue === undefined ? () => [] : await openCatalogue(options.catalogue);

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

async function openCatalogue(file: string): Promise<(query: string) => ProcedureHit[]> {
  const { items, skippedCount } = await importProcedureFile(file);
  if (skippedCount > 0) console.error(`${file}: ${skippedCount} lines skipped, ${items.length} procedures read`);
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
