// The bot as operators run it: a process of its own, its settings in the environment, all it prints kept for the tests.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { until } from '../storage/until.js';

/** Where the compiled project stands. */
export const PROJECT = join(__dirname, '..', '..');
/** Starts compete with other tests for two cores. */
const START_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 15_000;
/** Longer, and the bot stands still. */
const ANSWER_WITHIN_MS = 8_000;

export type Settings = Readonly<Record<string, string>>;

/** Nothing of the test's own environment but what a program needs to run. */
const BARE = Object.fromEntries(
  ['PATH', 'HOME', 'TMPDIR', 'SystemRoot'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

export class BotProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | NodeJS.Signals>;
  #output = '';
  #isRunning = true;

  constructor(
    readonly url: string,
    settings: Settings,
    cwd: string,
    project = PROJECT,
    program = join(project, 'dist', 'src', 'main.js'),
  ) {
    this.#child = spawn(process.execPath, [program], {
      cwd,
      env: { ...BARE, LOG_LEVEL: 'debug', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        this.#output += text;
      });
    }
    this.#ended = new Promise((resolve) => {
      // 'close' comes after the last output, 'exit' may not.
      this.#child.once('close', (code, signal) => {
        this.#isRunning = false;
        resolve(code ?? signal ?? 'SIGKILL');
      });
    });
  }

  /** Everything printed so far, both streams. */
  get output(): string {
    return this.#output;
  }

  get running(): boolean {
    return this.#isRunning;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async ready(): Promise<void> {
    const isReady = async () => {
      if (!this.#isRunning) throw new Error(`the bot ended instead of starting:\n${this.#output}`);
      return (await this.status('/readyz')) === 200;
    };
    await this.#until(isReady, 'the bot to be ready', START_WITHIN_MS);
  }

  /** Exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals> {
    return this.#ended;
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<number | NodeJS.Signals> {
    this.#child.kill('SIGTERM');
    await this.#until(() => !this.#isRunning, 'the bot to stop', STOP_WITHIN_MS);
    return this.#ended;
  }

  async #until(condition: () => boolean | Promise<boolean>, what: string, withinMs: number): Promise<void> {
    try {
      await until(condition, what, withinMs);
    } catch (cause) {
      throw new Error(`${String(cause)}; the bot said at the end:\n${this.#output.slice(-2000)}`, { cause });
    }
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** 0 when nothing answers. */
  async status(path: string, init?: RequestInit): Promise<number> {
    try {
      const response = await fetch(this.url + path, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), ...init });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  async text(path: string): Promise<string> {
    return (await fetch(this.url + path, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })).text();
  }

  /** Waits for lines with this action; the pipe brings them a moment after they were written. */
  async logs(action: string, count = 1): Promise<Record<string, unknown>[]> {
    await until(() => this.logged(action).length >= count, `${count} × ${action} in the log`);
    return this.logged(action);
  }

  /** Lines of the log with this action. */
  logged(action: string): Record<string, unknown>[] {
    return this.#output
      .split('\n')
      .filter((line) => line.includes(`"action":"${action}"`))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The sum of a metric over the label sets that hold all of `labels`; 0 when there is none. */
  async metric(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
    return metricIn(await this.text('/metrics'), name, labels);
  }
}

export function metricIn(exposition: string, name: string, labels: Readonly<Record<string, string>> = {}): number {
  let sum = 0;
  for (const line of exposition.split('\n')) {
    if (!line.startsWith(name) || !/[{ ]/.test(line.charAt(name.length))) continue;
    if (Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)))
      sum += Number(line.slice(line.lastIndexOf(' ') + 1));
  }
  return sum;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
