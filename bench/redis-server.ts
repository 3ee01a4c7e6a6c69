// A real redis-server to be killed, frozen, restarted and made the primary: on a free port, its data in a folder of its own.
import type { ChildProcess } from 'node:child_process';
import { Redis } from 'ioredis';
import { freePort, isAlive, killNow, removeFolder, spawnMortal, temporaryFolder } from './ending.js';
import { until } from './waiting.js';

const DURABLE = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction', save: '' };
/** Replicas are there at once; without it a primary waits for more of them to come. */
const QUICK_REPLICAS = { 'repl-diskless-sync-delay': '0' };

export class RedisServer {
  private child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly primaryPort: number | undefined,
  ) {}

  /** `folder` for its data, a temporary one when left out; with `primaryPort` a replica of the server that is reached there. */
  static async start({ folder, primaryPort }: { folder?: string; primaryPort?: number } = {}): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), folder ?? temporaryFolder(), primaryPort);
    await server.restart();
    return server;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Resolves when it answers; its data is what it was. */
  async restart(): Promise<void> {
    const settings = Object.entries({ ...DURABLE, ...QUICK_REPLICAS }).flatMap(([name, value]) => [`--${name}`, value]);
    const replica = this.primaryPort === undefined ? [] : ['--replicaof', '127.0.0.1', String(this.primaryPort)];
    const place = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder];
    const child = spawnMortal('redis-server', [...place, ...settings, ...replica], { stdio: 'ignore' });
    child.once('error', () => undefined);
    this.child = child;
    await until(() => this.ask(async (redis) => (await redis.ping()) === 'PONG'), 'redis-server to answer', 20_000);
  }

  /** A replica that has everything and follows. */
  inSync(): Promise<boolean> {
    return this.ask(async (redis) => (await redis.info('replication')).includes('master_link_status:up'));
  }

  async becomePrimary(): Promise<void> {
    const promoted = () => this.ask(async (redis) => (await redis.replicaof('NO', 'ONE')) === 'OK');
    await until(promoted, 'the replica to become the primary', 20_000);
  }

  freeze(): void {
    if (isAlive(this.child)) this.child.kill('SIGSTOP');
  }

  thaw(): void {
    if (isAlive(this.child)) this.child.kill('SIGCONT');
  }

  kill(): Promise<void> {
    return killNow(this.child);
  }

  async end(): Promise<void> {
    await this.kill();
    await removeFolder(this.folder);
  }

  private async ask(question: (redis: Redis) => Promise<boolean>): Promise<boolean> {
    const redis = new Redis(this.port, '127.0.0.1', {
      lazyConnect: true,
      // Asked again at once while it loads its data.
      enableReadyCheck: false,
      retryStrategy: () => null,
      disconnectTimeout: 100,
      connectTimeout: 1000,
      commandTimeout: 1000,
    });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await question(redis);
    } catch {
      return false;
    } finally {
      redis.disconnect();
    }
  }
}
