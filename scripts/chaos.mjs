// `npm run chaos`: builds, so that what is broken is the code as it stands, then runs dist/bench/chaos/main.js with the given
// arguments and with servers that may be killed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startMongo } from './mongo-engine/engine.mjs';
import { root } from './run.mjs';
import { readyEngine } from './test-engines.mjs';

const build = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
if (build.status !== 0) process.exit(build.status ?? 1);
const missing = await readyEngine('cluster');
if (missing !== undefined) {
  console.error(missing);
  process.exit(1);
}
const { chaos } = await import('../dist/bench/chaos/main.js');
const code = await chaos(process.argv.slice(2), {
  botProgram: join(root, 'test', 'engine', 'counting-bot.mjs'),
  startMongo: () => startMongo({ own: true }),
});
process.exit(code);
