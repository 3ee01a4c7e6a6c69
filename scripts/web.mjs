// The desk's pages: built by Vite into dist/web when their sources changed, and what a browser fetches before the first one stands.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { digestOf, filesUnder } from './digest.mjs';
import { root, run } from './run.mjs';

const WEB = join(root, 'dist', 'web');
const STAMP = join(WEB, '.built-from');

/** Sources of the pages, the API's types that they share included. */
export function webFiles() {
  return [
    join(root, 'package-lock.json'),
    join(root, 'src', 'desk', 'api.ts'),
    join(root, 'src', 'desk', 'permissions.ts'),
    ...filesUnder(join(root, 'web')),
  ];
}

/** Ends the process when the build fails. */
export function buildWeb() {
  const digest = digestOf(webFiles());
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return;
  rmSync(STAMP, { force: true });
  run(
    'node',
    ['node_modules/vite/bin/vite.js', 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'],
    "The desk's pages could not be built: the messages above say where.",
  );
  const { bytes, files } = firstLoad();
  console.log(`The desk's first load: ${Math.round(bytes / 1000)} kB compressed, in ${files.length} files.`);
  writeFileSync(STAMP, digest);
}

/** The page itself, its script with all that it imports at once, and their styles. Lazily loaded pages are not among them. */
export function firstLoad(folder = WEB) {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));
  const files = new Set(['index.html']);
  const follow = (name) => {
    const chunk = manifest[name];
    if (chunk === undefined || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const imported of chunk.imports ?? []) follow(imported);
  };
  for (const [name, chunk] of Object.entries(manifest)) if (chunk.isEntry) follow(name);
  const sizes = [...files].map((file) => gzipSync(readFileSync(join(folder, file))).length);
  return { files: [...files], bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
