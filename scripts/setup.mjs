// What every command needs before it can do its own work: a fitting Node, the packages, the compiled code. Each step says
// what it does, and does nothing when there is nothing to do.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { digestOf, filesUnder } from './digest.mjs';
import { root, run, runNpm } from './run.mjs';
import { buildWeb, webFiles } from './web.mjs';

const STAMP = join(root, 'dist', '.built-from');
const COMPILED_FOLDERS = ['src', 'simulators', 'bench'];

/** Ends the process with a sentence on a Node that the packages do not support. */
export function requireNode(version = process.versions.node) {
  if (nodeFits(version)) return;
  console.error(
    `Một Cửa needs Node 20.19, 22.12, 24 or newer. This is Node ${version}: get a newer one from https://nodejs.org`,
  );
  process.exit(1);
}

/** The same range as "engines" in package.json. */
export function nodeFits(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 20) return minor >= 19;
  if (major === 22) return minor >= 12;
  return major >= 24;
}

/** Runs `npm ci` when the packages on the disk are not those of the lock file. */
export function install() {
  const missing = missingPackages(readJson('package-lock.json'), readJson(join('node_modules', '.package-lock.json')));
  if (missing.length === 0) return;
  console.log(`Installing the packages of package-lock.json (${missing.length} to fetch; this takes a minute) …`);
  if (runNpm(['ci', '--no-fund', '--no-audit', '--loglevel=error']) === 0) return;
  console.error(
    '\nnpm ci failed: the messages above say why. It needs the npm registry, or a mirror set in your .npmrc.',
  );
  process.exit(1);
}

/**
 * Packages of the lock file that are not installed in that version. npm leaves a lock file of its own in node_modules when it is
 * done; a half finished installation has none. Optional packages are for some machines only and may be left out.
 */
export function missingPackages(lock, installed) {
  const there = installed?.packages ?? {};
  return Object.entries(lock?.packages ?? {})
    .filter(([path, { version, optional }]) => path !== '' && !optional && there[path]?.version !== version)
    .map(([path]) => path);
}

/** Compiles and trains when a source file changed since the last time. Ends the process when that fails. */
export function build() {
  if (!isBuildCurrent()) buildNow();
}

export function isBuildCurrent() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourceDigest();
}

export function buildNow() {
  console.log(
    'Compiling TypeScript, training the language model and building the desk into dist/ (up to half a minute) …',
  );
  const digest = sourceDigest();
  rmSync(STAMP, { force: true });
  run(
    'node',
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
    'The build failed: the messages above say where.',
  );
  dropOrphans();
  run('node', ['scripts/train-restoration.mjs'], 'The restoration of diacritics could not be trained.');
  run('node', ['scripts/train-intents.mjs'], 'The language model could not be trained.');
  buildWeb();
  writeFileSync(STAMP, digest);
}

function sourceDigest() {
  return digestOf([
    join(root, 'tsconfig.json'),
    join(root, 'package-lock.json'),
    ...COMPILED_FOLDERS.flatMap((folder) => filesUnder(join(root, folder), '.ts')),
    ...filesUnder(join(root, 'intents'), '.yaml'),
    ...webFiles(),
  ]);
}

/** Compiled files whose source was renamed or removed: nothing may go on importing them. */
function dropOrphans() {
  for (const folder of COMPILED_FOLDERS) {
    for (const file of filesUnder(join(root, 'dist', folder), '.js')) {
      const source = join(root, relative(join(root, 'dist'), file)).replace(/\.js$/, '.ts');
      if (existsSync(source)) continue;
      rmSync(file);
      rmSync(`${file}.map`, { force: true });
    }
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'));
  } catch {
    return undefined;
  }
}
