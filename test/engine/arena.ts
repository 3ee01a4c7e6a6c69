// Bot processes that may be killed at any moment, a simulated Zalo behind them, and citizens who write to them as the
// platform would: signed, and again until the answer is 200.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createZaloSimulator, type ZaloSimulator } from '../../simulators/zalo/server.js';
import { temporaryFolder } from '../storage/temporary.js';
import { until } from '../storage/until.js';

const ZALO = {
  appId: '1000200030004000500',
  appSecret: 'app-secret',
  oaId: '2000300040005000600',
  oaSecretKey: 'oa-secret',
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
};
const BOT = join(__dirname, 'counting-bot.mjs');

export interface Accounts {
  backlog: { events: number; outbox: number; timers: number };
  dead: { id: string; reason: string }[];
}

/** Where the bot keeps its lanes; a folder of its own unless told. */
export type ArenaHome = { kind: 'embedded' } | { kind: 'cluster'; redisUrl: string; mongoUri: string; leaseMs: number };

export interface StartOptions {
  /** Which of the processes. */
  index?: number;
  /** Bytes a file of the process may reach. */
  fileLimitBytes?: number;
}

export class Arena {
  private readonly children: (ChildProcess | undefined)[] = [];
  private turn = 0;
  private timestamp = Date.now();
  /** How often the process was started. */
  starts = 0;

  private constructor(
    readonly simulator: ZaloSimulator,
    private readonly ports: readonly number[],
    private readonly home: ArenaHome,
    private readonly dataDir: string,
  ) {}

  static async open(home: ArenaHome = { kind: 'embedded' }, processes = 1): Promise<Arena> {
    const ports = await Promise.all(Array.from({ length: processes }, freePort));
    const port = ports[0];
    const simulator = await createZaloSimulator({
      ...ZALO,
      webhookUrl: `http://127.0.0.1:${port}/webhooks/zalo`,
      behaviour: { anyUser: true, rpm: null, received: false },
      outboxLimit: 1_000_000,
    });
    return new Arena(simulator, ports, home, temporaryFolder());
  }

  isAlive(index = 0): boolean {
    const child = this.children[index];
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** Resolves when the bot accepts webhooks. */
  async start({ index = 0, fileLimitBytes }: StartOptions = {}): Promise<void> {
    const simulatorUrl = this.simulator.urls.openApi.replace(/\/openapi$/, '');
    const { dataDir, home } = this;
    const settings = { dataDir, home, port: this.ports[index], simulatorUrl, zalo: ZALO, echoWaitMs: 150 };
    const limit = fileLimitBytes === undefined ? '' : `ulimit -f ${Math.floor(fileLimitBytes / 1024)}; `;
    // The shell only sets the limit and becomes the bot.
    const child = spawn('bash', ['-c', `${limit}exec "${process.execPath}" "${BOT}"`], {
      env: { ...process.env, COUNTING_BOT: JSON.stringify(settings) },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.children[index] = child;
    this.starts += 1;
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2000);
    });
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code, signal) =>
        reject(new Error(`the bot ended at its start: ${code ?? signal} ${complaint}`)),
      );
    });
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL', index = 0): Promise<void> {
    const child = this.children[index];
    if (child === undefined || !this.isAlive(index)) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** Stops the process for a while without its knowing, or wakes it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT', index: number): void {
    this.children[index]?.kill(signal);
  }

  async ended(): Promise<void> {
    await until(() => !this.isAlive(), 'the process to end');
  }

  /** One try; the status, or undefined when nobody answered. */
  async post(user: string, text: string, messageId: string): Promise<number | undefined> {
    this.timestamp += 1;
    const body = JSON.stringify({
      app_id: ZALO.appId,
      sender: { id: user },
      user_id_by_app: user,
      recipient: { id: ZALO.oaId },
      event_name: 'user_send_text',
      message: { text, msg_id: messageId },
      timestamp: String(this.timestamp),
    });
    const mac = createHash('sha256').update(`${ZALO.appId}${body}${this.timestamp}${ZALO.oaSecretKey}`).digest('hex');
    try {
      const headers = { 'Content-Type': 'application/json', 'X-ZEvent-Signature': `mac=${mac}` };
      const answer = await fetch(`${this.nextUrl()}/webhooks/zalo`, {
        method: 'POST',
        body,
        headers,
        signal: AbortSignal.timeout(3000),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return undefined;
    }
  }

  /** Until the bot has answered 200, as the platform repeats a webhook. */
  async deliver(user: string, text: string, giveUp: () => boolean = () => false): Promise<boolean> {
    for (;;) {
      if ((await this.post(user, text, `${user}-${text}`)) === 200) return true;
      if (giveUp()) return false;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async accounts(): Promise<Accounts> {
    return (await (await fetch(`${this.nextUrl()}/`)).json()) as Accounts;
  }

  /** Waits until nothing is left to do, and returns the dead letters. */
  async settled(): Promise<Accounts> {
    let accounts: Accounts | undefined;
    await until(
      async () => {
        accounts = await this.accounts().catch(() => undefined);
        const backlog = accounts?.backlog;
        return backlog !== undefined && backlog.events === 0 && backlog.outbox === 0 && backlog.timers === 0;
      },
      'everything to be settled',
      60_000,
    );
    return accounts as Accounts;
  }

  /** The processes in turn, as a load balancer would: those that live. */
  private nextUrl(): string {
    for (let tries = 0; tries < this.ports.length; tries += 1) {
      this.turn = (this.turn + 1) % this.ports.length;
      if (this.isAlive(this.turn)) break;
    }
    return `http://127.0.0.1:${this.ports[this.turn]}`;
  }

  /** Every text the platform accepted for a citizen, in order. */
  heard(user: string): string[] {
    return this.simulator.outbox.filter(({ to }) => to === user).map(({ body }) => textIn(body));
  }

  async close(): Promise<void> {
    for (let index = 0; index < this.ports.length; index += 1) {
      this.signal('SIGCONT', index);
      await this.kill('SIGKILL', index);
    }
    await this.simulator.close();
  }
}

function textIn(body: object): string {
  const { message } = body as { message?: { text?: string } };
  return message?.text ?? '';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
