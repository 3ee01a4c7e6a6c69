// The start of the bot as operators start it (dist/src/main.js), from the process's birth to the first 200 of /readyz: on an empty
// data folder, and on one that holds the sample catalogue. Memory then, and after load.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort, keepTrackOf } from '../ending.js';
import { median } from '../load-run.js';
import { cpuMsOf } from '../process-cpu.js';
import { QUESTIONS } from '../questions.js';
import type { Row } from '../report.js';
import {
  measure,
  type SimulatedProcess,
  settings,
  simulatedSettings,
  startBotProcess,
  startLoad,
  startSimulated,
  startSink,
} from '../stage.js';
import { syncedFolder } from '../synced-folder.js';
import { folderOnDisk } from '../temporary.js';
import { until } from '../waiting.js';
import { catalogueSize, metric } from '../watch.js';

const SECTION = 'start: process start to /readyz, and memory';
const STARTS = 4;
const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));

export async function startSection(): Promise<Row[]> {
  const simulated = await startSimulated();
  const folder = await syncedFolder(simulated);
  await started(simulated, folder);
  const first = [];
  const again = [];
  for (let round = 0; round < STARTS; round += 1) {
    first.push(await started(simulated, folderOnDisk()));
    again.push(await started(simulated, folder));
  }
  const seconds = median(again.map(({ ms }) => ms)) / 1000;
  const memory = median(again.map(({ rssMb }) => rssMb));
  const rows: Row[] = [
    {
      section: SECTION,
      what: 'first start, empty data folder',
      figures: {
        's to ready': median(first.map(({ ms }) => ms)) / 1000,
        'CPU s': median(first.map(({ cpuS }) => cpuS)),
      },
    },
    {
      section: SECTION,
      what: 'start with the sample catalogue',
      figures: {
        's to ready': seconds,
        'CPU s': median(again.map(({ cpuS }) => cpuS)),
        procedures: again[0]?.procedures ?? 0,
        'RSS MB': memory,
      },
      aim: { text: 'under 1.5 s and 200 MB', met: seconds < 1.5 && memory < 200 },
    },
    await afterLoad(simulated),
  ];
  await simulated.stop();
  return rows;
}

export interface Started {
  ms: number;
  cpuS: number;
  procedures: number;
  rssMb: number;
}

/** `more` on top of the simulated accounts' settings; an empty value takes one away. */
export async function started(
  simulated: SimulatedProcess,
  dataDir: string,
  more: Record<string, string> = {},
): Promise<Started> {
  const port = await freePort();
  const env = { ...settings(dataDir, { ...simulatedSettings(simulated.ready.url), ...more }), PORT: String(port) };
  const bornAt = performance.now();
  const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH ?? '', ...env }, stdio: 'ignore' });
  keepTrackOf(child);
  try {
    await until(() => ready(port), 'the bot to be ready');
    const ms = performance.now() - bornAt;
    const cpuS = cpuMsOf(child.pid) / 1000;
    const procedures = await catalogueSize(port);
    return { ms, cpuS, procedures, rssMb: (await metric(port, 'process_resident_memory_bytes')) / 2 ** 20 };
  } finally {
    await ended(child);
  }
}

async function ready(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200;
  } catch {
    return false;
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

async function afterLoad(simulated: SimulatedProcess): Promise<Row> {
  const [load, sink] = [await startLoad(), await startSink()];
  const bot = await startBotProcess({
    dataDir: await syncedFolder(simulated),
    env: { ...simulatedSettings(simulated.ready.url), ZALO_API_URL: `http://127.0.0.1:${sink.ready.port}` },
  });
  const result = await measure(bot, load, {
    port: bot.ready.port,
    tapPort: sink.ready.tapPort,
    name: 'memory',
    count: 8_000,
    users: 4_000,
    texts: QUESTIONS,
    until: 'answered',
    atOnce: 96,
  });
  await Promise.all([bot, load, sink].map((process) => process.stop()));
  return {
    section: SECTION,
    what: `after ${result.done.toLocaleString('en-US')} questions of 4,000 citizens`,
    figures: { 'RSS MB': result.bot.rssMb },
  };
}
