// Programs beside Node that some tests need. On Debian as root they are installed; elsewhere a sentence says which command does it.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runToEnd } from './run.mjs';

const chromium = { program: 'chromium', package: 'chromium', path: '/usr/bin/chromium' };
const redis = { program: 'redis-server', package: 'redis-server' };

/** Part of the tests → what it needs. MongoDB is in no Debian package: scripts/mongo-engine/ finds or fetches one. */
const ENGINES = {
  browser: [(say) => readyPackage(chromium, say)],
  cluster: [(say) => readyPackage(redis, say), readyMongo],
};

/** Undefined when the part can run; otherwise a sentence that says what is missing and how to get it. `say` tells people what goes on. */
export async function readyEngine(part, say = console.log) {
  for (const ready of ENGINES[part] ?? []) {
    const missing = await ready(say);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function readyPackage(engine, say) {
  if (isThere(engine)) return undefined;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${engine.package}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !onPath('apt-get'))
    return `It needs ${engine.program}. Get it, then run the command again: sudo sh -c "${command}"`;
  say(`\nInstalling ${engine.program} with apt …`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  // A program that prints JSON may need the package.
  const toStderr = { stdio: ['inherit', 2, 2] };
  const status =
    runToEnd('apt-get', ['update', '-qq'], quiet, toStderr) ||
    runToEnd('apt-get', ['install', '-y', '-qq', '--no-install-recommends', engine.package], quiet, toStderr);
  return status === 0 && isThere(engine) ? undefined : `${engine.program} could not be installed with: ${command}`;
}

async function readyMongo(say) {
  const { NoMongo, prepareMongo } = await import('./mongo-engine/engine.mjs');
  try {
    say(`\nMongoDB for the tests: ${prepareMongo()}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof NoMongo)) throw error;
    return error.message;
  }
}

function isThere({ path, program }) {
  return path === undefined ? onPath(program) : existsSync(path);
}

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
}
