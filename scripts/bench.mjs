// `npm run bench`: builds, so that what is measured is the code as it stands, then runs dist/bench/main.js with the given
// arguments and with what it needs to start the servers of the cluster home.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startMongo } from './mongo-engine/engine.mjs';
import { root } from './run.mjs';
import { readyEngine } from './test-engines.mjs';

// What the build says goes to stderr: with --json a reader of stdout expects JSON.
const build = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
if (build.status !== 0) process.exit(build.status ?? 1);

const { bench } = await import('../dist/bench/main.js');
const code = await bench(process.argv.slice(2), {
  missingServers: () => readyEngine('cluster', console.error),
  startMongo: (under) => startMongo({ own: true, under }),
});
process.exit(code);
