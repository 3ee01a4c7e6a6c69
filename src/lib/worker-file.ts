// Where a worker thread's entry file lies. Worker threads run compiled files only, also when the caller runs as TypeScript
// under the tests; nothing about the workers themselves lives here.
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The path to give to `new Worker`. `entry` is relative to the caller, with its compiled name: `workerFile(import.meta.url,
 * './index-worker.js')`. A caller that is itself a `.ts` file gets the file that `tsc -p tsconfig.json` wrote to `dist/`.
 */
export function workerFile(importMetaUrl: string, entry: string): string {
  const caller = fileURLToPath(importMetaUrl);
  const beside = join(dirname(caller), entry);
  if (!caller.endsWith('.ts')) return beside;
  const root = projectRoot(caller);
  const compiled = join(root, 'dist', relative(root, beside));
  if (!existsSync(compiled))
    throw new Error(`${relative(root, compiled)} is missing: run "npx tsc -p tsconfig.json" first`);
  return compiled;
}

function projectRoot(file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${file}`);
    folder = parent;
  }
  return folder;
}
