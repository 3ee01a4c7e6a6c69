// Where a row of faults is played: bots over one home, a simulated Zalo, and the lines between them that can be cut.
import { createZaloSimulator, type ZaloSimulator } from '../../simulators/zalo/server.js';
import { freePort, removeFolder, temporaryFolder } from '../ending.js';
import { RedisServer } from '../redis-server.js';
import { pause, until } from '../waiting.js';
import { Bot, type BotSettings } from './bot.js';
import { TcpProxy } from './tcp-proxy.js';

/** `replicated` is the cluster home with REDIS_MIN_REPLICAS=1. */
export type HomeKind = 'embedded' | 'cluster' | 'replicated';

/** What scripts/mongo-engine/ starts. */
export interface MongoServer {
  readonly uri: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

export interface StageOptions {
  home: HomeKind;
  /** The counting bot's file. */
  botProgram: string;
  /** Needed for every home but the embedded one. */
  mongo?: MongoServer;
  /** Of its own in that MongoDB. */
  database: string;
}

export interface Heard {
  user: string;
  text: string;
  /** `performance.now()`. */
  at: number;
}

export interface Letter {
  id: string;
  reason: string;
}

const ZALO = {
  appId: '1000200030004000500',
  appSecret: 'app-secret',
  oaId: '2000300040005000600',
  oaSecretKey: 'oa-secret',
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
};
/** Long enough that a busy machine does not end it by itself. */
const LEASE_MS = 2500;
const ECHO_WAIT_MS = 400;
const SEND_TIMEOUT_MS = 1500;
/** Zalo waits that long for the answer to a webhook. */
const WEBHOOK_DEADLINE_MS = 2000;

export class Stage {
  readonly bots: Bot[] = [];
  /** From each bot to Redis. */
  readonly lines: TcpProxy[] = [];
  /** Everything the platform accepted for a citizen, in order. */
  readonly heard: Heard[] = [];
  readonly leaseMs = LEASE_MS;
  readonly zalo = ZALO;
  /** Of the network between primary and replica. */
  replicaLine: TcpProxy | undefined;
  private primary: RedisServer | undefined;
  private follower: RedisServer | undefined;
  private front: TcpProxy | undefined;
  private platform: ZaloSimulator | undefined;
  private readonly dataDir = temporaryFolder();

  private constructor(readonly options: StageOptions) {}

  static async open(options: StageOptions): Promise<Stage> {
    const stage = new Stage(options);
    try {
      await stage.build();
    } catch (error) {
      await stage.close();
      throw error;
    }
    return stage;
  }

  get home(): HomeKind {
    return this.options.home;
  }

  get simulator(): ZaloSimulator {
    return there(this.platform, 'a simulator');
  }

  get redis(): RedisServer {
    return there(this.primary, 'a Redis');
  }

  get replica(): RedisServer {
    return there(this.follower, 'a replica');
  }

  get mongo(): MongoServer {
    return there(this.options.mongo, 'a MongoDB');
  }

  get webhookUrl(): string {
    return `http://127.0.0.1:${there(this.front, 'a front').port}/webhooks/zalo`;
  }

  private async build(): Promise<void> {
    const { home } = this.options;
    this.front = await TcpProxy.open(() => this.bots.filter(({ alive }) => alive).map(({ port }) => port));
    this.platform = await createZaloSimulator({
      ...ZALO,
      lean: true,
      webhookUrl: this.webhookUrl,
      behaviour: { echo: true, webhookDeadlineMs: WEBHOOK_DEADLINE_MS },
      onSend: ({ to, body }) => void this.heard.push({ user: to, text: textIn(body), at: performance.now() }),
    });
    if (home !== 'embedded') this.primary = await RedisServer.start();
    if (home === 'replicated') await this.addReplica();
    for (let index = 0; index < (home === 'embedded' ? 1 : 2); index += 1) {
      this.bots.push(new Bot(this.options.botProgram, await this.settingsOf()));
    }
    await Promise.all(this.bots.map((bot) => bot.start()));
  }

  private async settingsOf(): Promise<BotSettings> {
    return {
      dataDir: this.dataDir,
      home: await this.homeSettings(),
      port: await freePort(),
      simulatorUrl: this.simulator.urls.openApi.replace(/\/openapi$/, ''),
      zalo: ZALO,
      echoWaitMs: ECHO_WAIT_MS,
      sendTimeoutMs: SEND_TIMEOUT_MS,
    };
  }

  private async homeSettings(): Promise<BotSettings['home']> {
    const { home, database } = this.options;
    if (home === 'embedded') return { kind: 'embedded' };
    const { port } = this.redis;
    const line = await TcpProxy.open(() => [port]);
    this.lines.push(line);
    return {
      kind: 'cluster',
      redisUrl: `redis://127.0.0.1:${line.port}`,
      mongoUri: this.mongo.uri.replace('/?', `/${database}?`),
      leaseMs: LEASE_MS,
      minReplicas: home === 'replicated' ? 1 : 0,
    };
  }

  private async addReplica(): Promise<void> {
    const { port } = this.redis;
    await this.replicaLine?.close();
    this.replicaLine = await TcpProxy.open(() => [port]);
    const replica = await RedisServer.start({ primaryPort: this.replicaLine.port });
    this.follower = replica;
    await until(() => replica.inSync(), 'the replica to follow', 30_000);
  }

  /** The primary is gone for ever: the replica takes its place and gets a replica of its own. Resolves when it is in charge. */
  async failOver(): Promise<{ replicated: Promise<void> }> {
    const gone = this.redis;
    const heir = this.replica;
    await heir.becomePrimary();
    this.primary = heir;
    // What Sentinel, or the name of a managed service, does for the workers.
    for (const line of this.lines) line.layTo(heir.port);
    await gone.end();
    return { replicated: this.addReplica() };
  }

  /** Asks a bot that answers; undefined when none does. */
  async ask<Answer>(path: string): Promise<Answer | undefined> {
    for (const bot of this.bots.filter(({ alive }) => alive)) {
      try {
        const answer = await fetch(`http://127.0.0.1:${bot.port}${path}`, { signal: AbortSignal.timeout(5000) });
        const body = await answer.text();
        if (answer.ok) return JSON.parse(body) as Answer;
      } catch {
        // The next one may.
      }
    }
    return undefined;
  }

  /** Nothing waits any more: no event, no reply, no effect, no timer. */
  async settled(): Promise<void> {
    let backlog: { events: number; outbox: number; timers: number } | undefined;
    const idle = async () => {
      backlog = await this.ask('/backlog');
      return backlog !== undefined && backlog.events === 0 && backlog.outbox === 0 && backlog.timers === 0;
    };
    await until(idle, () => `everything to be settled; left is ${JSON.stringify(backlog)}`, 90_000, 40);
    // A send that ended with its turn's settlement was heard; its echo is on its way for a moment yet.
    await pause(60);
  }

  async letters(): Promise<Letter[]> {
    return (await this.insist<{ dead: Letter[] }>('/')).dead;
  }

  /** How many turns of each citizen the effects have put on record. */
  turnsOnRecord(users: readonly string[]): Promise<number[]> {
    const query = users.map((user) => `user=${user}`).join('&');
    return this.insist<number[]>(`/turns?${query}`);
  }

  private async insist<Answer>(path: string): Promise<Answer> {
    let answer: Answer | undefined;
    const asked = async () => {
      answer = await this.ask<Answer>(path);
      return answer !== undefined;
    };
    await until(asked, `an answer to ${path}`);
    return there(answer, 'an answer');
  }

  async close(): Promise<void> {
    await Promise.all(this.bots.map((bot) => bot.kill()));
    await this.platform?.close();
    await Promise.all([this.front, this.replicaLine, ...this.lines].map((line) => line?.close()));
    await Promise.all([this.primary?.end(), this.follower?.end()]);
    await removeFolder(this.dataDir);
  }
}

function there<T>(part: T | undefined, what: string): T {
  if (part === undefined) throw new Error(`this stage has not got ${what}`);
  return part;
}

function textIn(body: object): string {
  const { message } = body as { message?: { text?: string } };
  return message?.text ?? '';
}
