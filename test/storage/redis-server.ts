// A real redis-server for tests: on a free port, with its data in a folder of its own, to be killed, frozen and restarted.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import { temporaryFolder } from './temporary.js';
import { until } from './until.js';

const program = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => folder !== '')
  .map((folder) => join(folder, 'redis-server'))
  .find((path) => existsSync(path));

/** Without a redis-server the suites are skipped; `npm test` says so, or installs it first. */
export const describeWithRedis = program === undefined ? describe.skip : describe;

const DURABLE = {
  appendonly: 'yes',
  appendfsync: 'always',
  'maxmemory-policy': 'noeviction',
  save: '',
  'repl-diskless-sync-delay': '0',
};

export class RedisServer {
  private child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** As durable as it can be unless the settings (of redis.conf) say otherwise. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), temporaryFolder(), settings);
    await server.restart();
    return server;
  }

  /** Watches the primary under the name `shop` and promotes its replica soon after it is gone. */
  static async sentinel(primary: RedisServer): Promise<RedisServer> {
    const folder = temporaryFolder();
    const lines = [
      `sentinel monitor shop 127.0.0.1 ${primary.port} 1`,
      'sentinel down-after-milliseconds shop 300',
      'sentinel failover-timeout shop 3000',
    ];
    // It keeps what it learns in its own configuration file.
    const file = join(folder, 'sentinel.conf');
    writeFileSync(file, `${lines.join('\n')}\n`);
    const sentinel = new RedisServer(await freePort(), folder, {});
    await sentinel.launch([file, '--sentinel']);
    const client = sentinel.client();
    const replicas = async () => (await client.call('SENTINEL', 'REPLICAS', 'shop')) as unknown[];
    await until(async () => (await replicas()).length > 0, 'the sentinel to find the replica');
    client.disconnect();
    return sentinel;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Resolves when it answers; its data is what it was. */
  async restart(): Promise<void> {
    const settings = Object.entries({ ...DURABLE, ...this.settings });
    await this.launch(
      settings.flatMap(([name, value]) => [`--${name}`, ...(name === 'replicaof' ? value.split(' ') : [value])]),
    );
  }

  /** A connection beside the store's, for looking and for mischief. Close it with `disconnect`. */
  client(database = 0): Redis {
    const redis = new Redis(this.port, '127.0.0.1', { db: database, disconnectTimeout: 100 });
    redis.on('error', () => undefined);
    return redis;
  }

  /** Stands still with all its connections open. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGCONT');
    child.kill(signal);
    await ended;
  }

  private async launch(args: readonly string[]): Promise<void> {
    const place = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder];
    const [first = '', ...rest] = args;
    // A configuration file stands first.
    const ordered = first.startsWith('--') ? [...place, ...args] : [first, ...place, ...rest];
    this.child = spawn(program ?? 'redis-server', ordered, { stdio: 'ignore' });
    await until(() => this.answers(), 'redis-server to start');
  }

  private async answers(): Promise<boolean> {
    const redis = new Redis(this.port, '127.0.0.1', {
      lazyConnect: true,
      retryStrategy: () => null,
      disconnectTimeout: 100,
    });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return (await redis.ping()) === 'PONG';
    } catch {
      return false;
    } finally {
      redis.disconnect();
    }
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
