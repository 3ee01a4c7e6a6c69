// A real MongoDB for tests, in this order: the one MONGODB_URI names, `mongod` on the PATH, the packaged engine. Starting,
// stopping and killing it; fetching the packaged one is packaged-engine.mjs.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotHere, packagedEngine } from './packaged-engine.mjs';

const READY_WITHIN_MS = 60_000;

/** No MongoDB can be had; the message says what to install. */
export class NoMongo extends Error {}

/** Fetches what is missing, starts nothing. Throws NoMongo. Returns what would be used, for people to read. */
export function prepareMongo() {
  if (process.env.MONGODB_URI) return 'the MongoDB of MONGODB_URI';
  return command('', 0).says;
}

/**
 * Starts a MongoDB on a free port with its data in a temporary folder under `under`. With `own`, never the one of
 * MONGODB_URI: for tests that kill it.
 */
export async function startMongo({ own = false, under = tmpdir() } = {}) {
  const given = process.env.MONGODB_URI;
  if (given && !own) return { uri: given, ...notOurs };
  const server = new Server(mkdtempSync(join(under, 'mc-mongo-')));
  await server.start();
  return {
    uri: `mongodb://127.0.0.1:${server.port}/?directConnection=true`,
    pid: () => server.pid,
    stop: () => server.stop(),
    kill: () => server.kill(),
    restart: () => server.start(),
  };
}

const refuse = async () => {
  throw new Error('this MongoDB was not started here: ask for one of your own');
};
const notOurs = { pid: () => undefined, stop: async () => {}, kill: refuse, restart: refuse };

class Server {
  #folder;
  #child;
  #gone = Promise.resolve();
  port = 0;

  constructor(folder) {
    this.#folder = folder;
    process.once('exit', this.#end);
  }

  get pid() {
    return this.#child?.pid;
  }

  /** On the same port and data as before, if it ran before. */
  async start() {
    const data = join(this.#folder, 'data');
    mkdirSync(data, { recursive: true });
    if (this.port === 0) this.port = await freePort();
    const { program, args } = command(data, this.port);
    // stdin stays open as long as we live; the engine's own temporary files go where ours go.
    const child = spawn(program, args, {
      stdio: ['pipe', 'ignore', 'pipe'],
      env: { ...process.env, TMPDIR: this.#folder },
    });
    this.#child = child;
    const said = [];
    child.stderr.on('data', (chunk) => said.push(chunk));
    this.#gone = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    let failed;
    void this.#gone.then((code) => {
      failed = code ?? 'killed';
    });
    for (const end = Date.now() + READY_WITHIN_MS; !(await answers(this.port)); await pause(20)) {
      if (failed !== undefined || Date.now() > end)
        throw new NoMongo(
          `MongoDB did not start (${failed ?? 'too slow'}). ${Buffer.concat(said).toString().slice(-2000)}`,
        );
    }
  }

  /** As a power cut would: no time to write anything. */
  async kill() {
    this.#child?.kill('SIGKILL');
    await this.#gone;
  }

  async stop() {
    this.#child?.kill('SIGTERM');
    await this.#gone;
    this.#end();
    process.removeListener('exit', this.#end);
  }

  #end = () => {
    this.#child?.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  };
}

function command(data, port) {
  const mongod = onPath('mongod');
  if (mongod !== undefined) {
    const args = ['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet', '--nounixsocket'];
    return { program: mongod, args, says: `the server ${mongod}` };
  }
  try {
    const { packageFolder, launcher } = packagedEngine();
    const serve = fileURLToPath(new URL('./serve.mjs', import.meta.url));
    const [program, ...args] = [...launcher, process.execPath, serve, packageFolder, data, String(port)];
    return { program, args, says: `the packaged engine in ${packageFolder}` };
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    throw new NoMongo(
      `No MongoDB for the tests. Install MongoDB 7 or newer so that \`mongod\` is on the PATH, or set MONGODB_URI to one for tests. (The packaged engine ${error.message}.)`,
    );
  }
}

function onPath(program) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
