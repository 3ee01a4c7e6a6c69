// Starts the bench's processes and asks them questions; none of them outlives the bench (ending.ts).
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromChild } from './child.js';
import { keepTrackOf } from './ending.js';

export type ProgramName = 'bot' | 'bare' | 'sink' | 'load' | 'simulated' | 'idle' | 'understanding';

const ANSWER_WITHIN_MS = 60_000;
const END_WITHIN_MS = 5_000;

export class BenchProcess<Ready> {
  private readonly open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  private asked = 0;

  private constructor(
    private readonly child: ChildProcess,
    readonly ready: Ready,
    readonly pid: number,
  ) {
    child.on('message', (message: FromChild) => this.hear(message));
    child.on('exit', (code) => {
      for (const { reject } of this.open.values()) reject(new Error(`a bench process ended with ${code}`));
      this.open.clear();
    });
  }

  static async start<Ready>(
    name: ProgramName,
    options: { args?: string[]; env?: Record<string, string>; execArgv?: string[] } = {},
  ): Promise<BenchProcess<Ready>> {
    const child = fork(fileURLToPath(new URL(`./${name}.js`, import.meta.url)), options.args ?? [], {
      env: { ...cleanEnvironment(), ...options.env },
      execArgv: options.execArgv ?? [],
      // What a bot logs in production goes to a pipe or a file; here it goes nowhere.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    keepTrackOf(child);
    const ready = await new Promise<Ready>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`bench process ${name} ended with ${code} before it was ready`)));
      child.once('message', (message: FromChild) => {
        if ('ready' in message) resolve(message.ready as Ready);
      });
    });
    return new BenchProcess(child, ready, child.pid ?? 0);
  }

  ask<Answer>(ask: string, argument?: unknown): Promise<Answer> {
    const id = ++this.asked;
    return new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${ask} in time`)), ANSWER_WITHIN_MS);
      const settle = () => {
        clearTimeout(timer);
        this.open.delete(id);
      };
      this.open.set(id, {
        resolve: (value) => {
          settle();
          resolve(value as Answer);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      this.child.send({ id, ask, with: argument });
    });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    // It ends by itself when its parent lets go (a profile is then written); one that hangs is killed.
    this.child.disconnect();
    const hanging = setTimeout(() => this.child.kill('SIGKILL'), END_WITHIN_MS);
    await ended;
    clearTimeout(hanging);
  }

  private hear(message: FromChild): void {
    if (!('id' in message)) return;
    const waiting = this.open.get(message.id);
    if ('failed' in message) waiting?.reject(new Error(message.failed));
    else waiting?.resolve(message.answer);
  }
}

/** The settings of the shell that started the bench must not change what is measured. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(ZALO|MESSENGER|PORTAL|DESK|REDIS|MONGODB|SIM)_|^(PORT|PUBLIC_URL|DATA_DIR|DATA_KEY|ROLE|LOG_LEVEL|CATALOGUE_FILE|CHANNELS_FILE)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
