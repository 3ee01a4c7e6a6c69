// `npm run -s understand`: builds when nothing is built, then runs dist/src/understand.js. stdout carries the program's JSON alone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const built = ['src/understand.js', 'intents-model.json', 'restoration-model.json'].every((file) =>
  existsSync(join(root, 'dist', file)),
);
if (!built) {
  // What the build says goes to stderr: a reader of stdout expects JSON.
  const build = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) process.exit(build.status ?? 1);
}
const { runUnderstand } = await import('../dist/src/understand.js');
await runUnderstand(process.argv.slice(2));
