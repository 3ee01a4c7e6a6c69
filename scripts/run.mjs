// Running other programs of the project: in the foreground, and npm itself. No decisions about what to run live here.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** `command` 'node' means this very Node. Throws nothing: a failure ends the process with the program's code. */
export function run(command, args, sentence, env = {}) {
  const status = runToEnd(command, args, env);
  if (status === 0) return;
  console.error(`\n${sentence}`);
  process.exit(status);
}

/** The program's exit code; 1 when it could not be started or was killed. Its output goes where ours goes. */
export function runToEnd(command, args, env = {}, options = {}) {
  const program = command === 'node' ? process.execPath : command;
  const result = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, ...options });
  if (result.error !== undefined && result.error.code !== 'ETIMEDOUT')
    console.error(`${command}: ${result.error.message}`);
  return result.status ?? 1;
}

/** The npm that started us when there is one, so that no second version gets involved. Takes the place of 'npm' on Windows too. */
export function runNpm(args) {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js') && existsSync(npm)) return runToEnd('node', [npm, ...args]);
  return runToEnd('npm', args, {}, { shell: process.platform === 'win32' });
}
