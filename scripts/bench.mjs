// `npm run bench`: builds, so that what is measured is the code as it stands, then runs dist/bench/main.js with the given arguments.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './run.mjs';

// What the build says goes to stderr: with --json a reader of stdout expects JSON.
const build = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
if (build.status !== 0) process.exit(build.status ?? 1);

const bench = spawn(process.execPath, [join(root, 'dist', 'bench', 'main.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => bench.kill(signal));
bench.on('exit', (code) => process.exit(code ?? 1));
