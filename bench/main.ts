// `npm run bench [-- SECTION…] [--json] [--conversations N,N]`: runs the sections one after the other and prints what they
// found. Bounded in time, on this machine only, and nothing is left behind.
import { cpus } from 'node:os';
import { ClusterServers, type Surroundings } from './cluster-servers.js';
import { endAll } from './ending.js';
import { printTable, type Row } from './report.js';
import { acceptSection } from './sections/accept.js';
import { deskSection } from './sections/desk.js';
import { languageSection } from './sections/language.js';
import { loopSection } from './sections/loop.js';
import { noticesSection } from './sections/notices.js';
import { scaleSection } from './sections/scale.js';
import { startSection } from './sections/start.js';
import { turnsSection } from './sections/turns.js';
import { workersSection } from './sections/workers.js';
import { UnknownWish, wishesOf } from './wishes.js';

const MINUTE = 60_000;
/** What an honest run takes on a free machine of two cores, times three: a busy one may take its time, but not for ever. */
const WHOLE_RUN_MS = 9 * MINUTE;
const SCALE_MS = 40 * MINUTE;
const DESK_MS = 20 * MINUTE;

/** Returns the exit code: 0 when everything asked for was measured, whatever was found. */
export async function bench(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const servers = new ClusterServers(surroundings);
  let ending: Promise<void> | undefined;
  /** What fails because its processes are being stopped is no news. */
  const end = () => {
    ending ??= servers.stop().then(endAll);
    return ending;
  };
  const leave = (code: number) => void end().then(() => process.exit(code));
  // A terminal and npm may both send one: the second must not cut the ending short.
  process.on('SIGINT', () => leave(130));
  process.on('SIGTERM', () => leave(143));
  let tooLong: NodeJS.Timeout | undefined;
  try {
    const wishes = wishesOf(args);
    const asked = (name: 'desk' | 'scale', ms: number) => (wishes.sections.includes(name) ? ms : 0);
    const within = WHOLE_RUN_MS + asked('desk', DESK_MS) + asked('scale', SCALE_MS);
    tooLong = setTimeout(() => {
      console.error('The bench took longer than it may and was ended.');
      leave(1);
    }, within);
    return await run(wishes, servers);
  } catch (error) {
    if (error instanceof UnknownWish) {
      console.error(error.message);
      return 2;
    }
    if (ending === undefined) console.error(error);
    return 1;
  } finally {
    clearTimeout(tooLong);
    await end();
  }
}

async function run({ sections, json, conversations, all }: ReturnType<typeof wishesOf>, servers: ClusterServers) {
  const measured: Record<(typeof sections)[number], () => Promise<Row[]>> = {
    accept: acceptSection,
    turns: () => turnsSection(servers),
    workers: () => workersSection(servers),
    language: languageSection,
    start: startSection,
    loop: loopSection,
    notices: noticesSection,
    desk: () => deskSection(servers),
    scale: () => scaleSection(servers, conversations),
  };
  const machine = {
    node: process.version,
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? '',
    platform: process.platform,
  };
  if (!json) console.log(`Node ${machine.node}, ${machine.cores} cores, ${machine.cpu}`);
  const rows: Row[] = [];
  for (const name of sections) {
    const found = await measured[name]();
    rows.push(...found);
    if (!json) printTable(found, console.log);
  }
  if (json) console.log(JSON.stringify({ machine, rows }, undefined, 2));
  else if (all)
    console.log('\nNot part of this run, because they take minutes: npm run bench -- desk, npm run bench -- scale');
  const missing = rows.filter((row) => row.missing !== undefined);
  if (missing.length === 0) return 0;
  console.error(`Not everything could be measured: ${missing[0]?.missing}`);
  return 1;
}
