// Runs a program of the project and ends this one with a sentence when it fails.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** `command` 'node' means this very Node. Throws nothing: a failure ends the process with the program's code. */
export function run(command, args, sentence, env = {}) {
  const program = command === 'node' ? process.execPath : command;
  const result = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (result.status === 0) return;
  console.error(`\n${sentence}`);
  process.exit(result.status ?? 1);
}
