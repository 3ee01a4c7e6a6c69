// Programs beside Node that some tests need. On Debian as root they are installed; elsewhere a sentence says which command does it.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runToEnd } from './run.mjs';

/** Part of the tests → what it needs. */
const ENGINES = {
  browser: { program: 'chromium', package: 'chromium', path: '/usr/bin/chromium' },
};

/** Undefined when the part can run; otherwise a sentence that says what is missing and how to get it. */
export function readyEngine(part) {
  const engine = ENGINES[part];
  if (engine === undefined || isThere(engine)) return undefined;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${engine.package}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !onPath('apt-get'))
    return `It needs ${engine.program}. Get it, then run npm test again: sudo sh -c "${command}"`;
  console.log(`\nInstalling ${engine.program} with apt, for the ${part} tests …`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  const status =
    runToEnd('apt-get', ['update', '-qq'], quiet) ||
    runToEnd('apt-get', ['install', '-y', '-qq', '--no-install-recommends', engine.package], quiet);
  return status === 0 && isThere(engine) ? undefined : `${engine.program} could not be installed with: ${command}`;
}

function isThere({ path, program }) {
  return path === undefined ? onPath(program) : existsSync(path);
}

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
}
