// `npm run bench [-- SECTION…] [--json]`: runs the sections one after the other and prints what they found. Bounded in time, on
// this machine only, and nothing is left behind.
import { cpus } from 'node:os';
import { stopAll } from './processes.js';
import { printTable, type Row } from './report.js';
import { acceptSection } from './sections/accept.js';
import { loopSection } from './sections/loop.js';
import { startSection } from './sections/start.js';
import { turnsSection } from './sections/turns.js';
import { removeTemporaryFolders } from './temporary.js';

const SECTIONS: Record<string, () => Promise<Row[]>> = {
  accept: acceptSection,
  turns: turnsSection,
  start: startSection,
  loop: loopSection,
};
/** Two minutes on a free machine of two cores; a busy one may take its time, but not for ever. */
const WHOLE_RUN_MS = 480_000;

async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const asked = args.filter((argument) => argument !== '--json');
  const unknown = asked.filter((name) => !(name in SECTIONS));
  if (unknown.length > 0) {
    console.error(`No such section: ${unknown.join(' ')}. Known are ${Object.keys(SECTIONS).join(' ')}, and --json.`);
    return 2;
  }
  const machine = {
    node: process.version,
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? '',
    platform: process.platform,
  };
  if (!json) console.log(`Node ${machine.node}, ${machine.cores} cores, ${machine.cpu}`);
  const rows: Row[] = [];
  for (const [name, section] of Object.entries(SECTIONS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const found = await section();
    rows.push(...found);
    if (!json) printTable(found, console.log);
  }
  if (json) console.log(JSON.stringify({ machine, rows }, undefined, 2));
  return 0;
}

const tooLong = setTimeout(() => {
  console.error('The bench took longer than it may and was ended.');
  void end(1);
}, WHOLE_RUN_MS);

let ending = false;

/** What fails because its processes are being stopped is no news. */
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  clearTimeout(tooLong);
  await stopAll();
  removeTemporaryFolders();
  process.exit(code);
}

process.on('SIGINT', () => void end(130));
process.on('SIGTERM', () => void end(143));
main(process.argv.slice(2)).then(end, (error: unknown) => {
  if (!ending) console.error(error);
  return end(1);
});
