// Runs one of the storage programs of dist/src/backup.js with the settings of the environment and of .env, as npm start
// reads them. It runs in this very process: signals reach it, and its exit code is ours.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';
import { build, install, requireNode } from './setup.mjs';

/** `command`: backup, restore, rekey or retention. */
export async function runStorageProgram(command) {
  requireNode();
  const entry = join(root, 'dist', 'src', 'backup.js');
  // As npm start: what was built elsewhere is not compared.
  if (!existsSync(entry)) {
    install();
    build();
  }
  const settings = join(root, '.env');
  // What the environment says wins over the file.
  if (existsSync(settings)) process.loadEnvFile(settings);
  const { runBackup } = await import(pathToFileURL(entry).href);
  await runBackup([command, ...process.argv.slice(2)]);
}
