// A process that understands messages and searches a large catalogue, as the bot does: for the section `language`. The catalogue
// is the real one where its file is given, else made up.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Catalogue } from '../src/catalogue/catalogue.js';
import { importProcedureFile } from '../src/catalogue/import.js';
import { loadSearchData } from '../src/catalogue/search-data.js';
import { createLanguage, parseLanguageModel } from '../src/language/language.js';
import { parseCounts } from '../src/language/restoration/counts.js';
import { readProcedure } from '../src/portal/procedure-shape.js';
import type { Procedure } from '../src/records/procedure.js';
import { serveParent } from './child.js';
import { madeUpProcedure } from './synthetic-portal.js';

export interface UnderstandingReady {
  procedures: number;
  rssMb: number;
}

export interface MessageTimes {
  messages: number;
  p50Ms: number;
  p99Ms: number;
  /** Of the whole process, collector and compiler included. */
  cpuMsEach: number;
  rssMb: number;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MOST_PROCEDURES = 10;

const json = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, 'dist', file), 'utf8'));
const language = createLanguage(parseLanguageModel(json('intents-model.json')));
const searchData = loadSearchData(join(ROOT, 'intents'));
const counts = parseCounts(json('restoration-model.json'));
const catalogue = new Catalogue(searchData, counts);

const [file = '', made = '0'] = process.argv.slice(2);
await catalogue.load(file === '' ? madeUp(Number(made)) : (await importProcedureFile(file)).items);
const ready: UnderstandingReady = { procedures: catalogue.current().size, rssMb: rssMb() };
serveParent(ready, { messages: async (texts: string[]) => timed(texts), index: async (size: number) => indexed(size) });

function madeUp(size: number): Procedure[] {
  return Array.from({ length: size }, (_, number) => {
    const reading = readProcedure(madeUpProcedure(number));
    if (reading.result !== 'read') throw new Error('a made-up procedure does not fit the contract');
    return reading.procedure;
  });
}

function understood(text: string): void {
  const { search, restorer } = catalogue.current();
  const { query } = language.understand(text, undefined, restorer);
  search(query === '' ? text : query, MOST_PROCEDURES);
}

/** The second time round counts: the first warms the compiler up. */
function timed(texts: readonly string[]): MessageTimes {
  for (const text of texts) understood(text);
  const before = process.cpuUsage();
  const times = texts.map((text) => {
    const started = performance.now();
    understood(text);
    return performance.now() - started;
  });
  const { user, system } = process.cpuUsage(before);
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    messages: texts.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    cpuMsEach: (user + system) / 1000 / texts.length,
    rssMb: rssMb(),
  };
}

/** Seconds from handing the procedures over until the new index answers. */
async function indexed(size: number): Promise<number> {
  const procedures = madeUp(size);
  const other = new Catalogue(searchData, counts);
  const started = performance.now();
  await other.load(procedures);
  const seconds = (performance.now() - started) / 1000;
  await other.close();
  return seconds;
}

function rssMb(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}
