// Understanding a message and finding its procedure in a catalogue of the country's size; indexing a larger one; starting with it.
// The messages are the graded ones of the tests. The catalogue is the file that MOT_CUA_CATALOGUE names, or the one beside the
// project where it lies there; otherwise it is made up.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../load-run.js';
import { BenchProcess } from '../processes.js';
import type { Row } from '../report.js';
import { startSimulated } from '../stage.js';
import { PROCEDURES } from '../synthetic-portal.js';
import { folderOnDisk } from '../temporary.js';
import type { MessageTimes, UnderstandingReady } from '../understanding.js';
import { type Started, started } from './start.js';

const SECTION = 'language: understanding and search with a large catalogue';
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const BESIDE = join(ROOT, '..', 'shared', 'data', 'procedures.jsonl');
/** As many as the real file of mid-2026 holds. */
const MADE_UP = 2_849;
const ROUNDS = 5;
const BUILDS = 3;
const STARTS = 3;

export async function languageSection(): Promise<Row[]> {
  const file = process.env.MOT_CUA_CATALOGUE ?? (existsSync(BESIDE) ? BESIDE : '');
  const process_ = await BenchProcess.start<UnderstandingReady>('understanding', { args: [file, String(MADE_UP)] });
  const messages = gradedMessages();
  const rounds: MessageTimes[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await process_.ask('messages', messages));
  const builds: number[] = [];
  for (let build = 0; build < BUILDS; build += 1) builds.push(await process_.ask('index', PROCEDURES));
  await process_.stop();

  const p50 = median(rounds.map(({ p50Ms }) => p50Ms));
  const p99 = median(rounds.map(({ p99Ms }) => p99Ms));
  const seconds = median(builds);
  const rows: Row[] = [
    {
      section: SECTION,
      what: `${messages.length} messages, ${process_.ready.procedures.toLocaleString('en-US')} procedures${file === '' ? ' made up' : ''}`,
      figures: { 'p50 ms': p50, 'p99 ms': p99, 'CPU ms each': median(rounds.map(({ cpuMsEach }) => cpuMsEach)) },
      aim: { text: 'p50 under 0.7 ms, p99 under 4 ms', met: p50 < 0.7 && p99 < 4 },
    },
    {
      section: SECTION,
      what: `index and restoration of ${PROCEDURES.toLocaleString('en-US')} made-up procedures, in the worker`,
      figures: { s: seconds },
      aim: { text: 'under 1.5 s', met: seconds < 1.5 },
    },
  ];
  return file === '' ? rows : [...rows, await startedWith(file)];
}

async function startedWith(file: string): Promise<Row> {
  const simulated = await startSimulated();
  const dataDir = folderOnDisk();
  // The first start reads the file into the storage; what operators wait for again and again is the second.
  const env = { CATALOGUE_FILE: file, PORTAL_URL: '', PORTAL_API_KEY: '', PORTAL_WEBHOOK_SECRET: '' };
  const starts: Started[] = [];
  for (let start = 0; start <= STARTS; start += 1) starts.push(await started(simulated, dataDir, env));
  await simulated.stop();
  const again = starts.slice(1);
  const seconds = median(again.map(({ ms }) => ms)) / 1000;
  const rssMb = median(again.map(({ rssMb }) => rssMb));
  return {
    section: SECTION,
    what: 'start with this catalogue',
    figures: { 's to ready': seconds, procedures: again[0]?.procedures ?? 0, 'RSS MB': rssMb },
    aim: { text: 'under 3 s and 300 MB', met: seconds < 3 && rssMb < 300 },
  };
}

function gradedMessages(): string[] {
  const folder = join(ROOT, 'test', 'language', 'graded');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .map((line) => (JSON.parse(line) as { text: string }).text);
}
