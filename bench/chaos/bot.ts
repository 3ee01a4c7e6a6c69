// One process of the counting bot, to be killed, stopped, woken, and told a wrong time.
import type { ChildProcess } from 'node:child_process';
import { isAlive, killNow, spawnMortal } from '../ending.js';
import { Stuck } from '../waiting.js';

const READY_WITHIN_MS = 30_000;

export interface BotSettings {
  dataDir: string;
  home:
    | { kind: 'embedded' }
    | { kind: 'cluster'; redisUrl: string; mongoUri: string; leaseMs: number; minReplicas: number };
  port: number;
  simulatorUrl: string;
  zalo: Readonly<Record<string, string>>;
  /** How long a send of unknown outcome waits for its echo. */
  echoWaitMs: number;
  /** A send without an answer is given up after this time. */
  sendTimeoutMs: number;
}

export class Bot {
  private child: ChildProcess | undefined;
  private expectedToEnd = false;
  /** How often it ended although nobody killed it. */
  crashes: string[] = [];

  constructor(
    private readonly program: string,
    private readonly settings: BotSettings,
  ) {}

  get port(): number {
    return this.settings.port;
  }

  get alive(): boolean {
    return isAlive(this.child);
  }

  /** Resolves when it accepts webhooks. */
  async start(): Promise<void> {
    this.expectedToEnd = false;
    const child = spawnMortal(process.execPath, [this.program], {
      env: { ...process.env, COUNTING_BOT: JSON.stringify(this.settings) },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    let complaint = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      complaint = (complaint + bytes.toString()).slice(-1500);
    });
    child.once('exit', (code, signal) => {
      if (!this.expectedToEnd) this.crashes.push(`${code ?? signal} ${complaint}`);
    });
    let late: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', () => reject(new Stuck(`a bot ended at its start: ${complaint}`)));
      late = setTimeout(() => reject(new Stuck(`a bot did not start: ${complaint}`)), READY_WITHIN_MS);
    }).finally(() => clearTimeout(late));
  }

  async kill(): Promise<void> {
    this.expectedToEnd = true;
    await killNow(this.child);
  }

  stop(): void {
    if (this.alive) this.child?.kill('SIGSTOP');
  }

  wake(): void {
    if (this.alive) this.child?.kill('SIGCONT');
  }

  /** Its clock goes wrong by so much from now on; a new process has the right one. */
  setClockOffset(clockOffsetMs: number): void {
    if (this.alive) this.child?.send({ clockOffsetMs }, () => undefined);
  }
}
