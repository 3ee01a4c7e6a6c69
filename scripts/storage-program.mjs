// Runs one of the programs that look at the storage, of dist/src, with the settings of the environment and of .env, as npm start
// reads them. It runs in this very process: signals reach it, and its exit code is ours.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';
import { build, install, requireNode } from './setup.mjs';

/** `command`: backup, restore, rekey or retention. */
export async function runStorageProgram(command) {
  const { runBackup } = await programOf('backup.js');
  await runBackup([command, ...process.argv.slice(2)]);
}

/** The module of dist/src, built when nothing is; the settings are in the environment then. */
export async function programOf(file) {
  requireNode();
  const entry = join(root, 'dist', 'src', file);
  // As npm start: what was built elsewhere is not compared.
  if (!existsSync(entry)) {
    install();
    build();
  }
  const settings = join(root, '.env');
  // What the environment says wins over the file.
  if (existsSync(settings)) process.loadEnvFile(settings);
  return import(pathToFileURL(entry).href);
}
