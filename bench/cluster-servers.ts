// Real servers for the cluster home in the bench: one MongoDB for all, a Redis for each deployment. Their data lies on the disk
// that the embedded home writes to as well.
import { randomBytes } from 'node:crypto';
import { RedisServer } from './redis-server.js';
import { folderOnDisk } from './temporary.js';

export interface MongoServer {
  readonly uri: string;
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** Programs that the scripts around the bench find, fetch and start. */
export interface Surroundings {
  /** Undefined when Redis and MongoDB can be had; otherwise a sentence that says what is missing and how to get it. */
  missingServers(): Promise<string | undefined>;
  /** With its data in a folder of its own under the given one. */
  startMongo(under: string): Promise<MongoServer>;
}

/** The cluster home cannot be measured here; the message says what to install. */
export class NoServers extends Error {}

/** Redis and MongoDB with nothing in them. */
export interface Deployment {
  /** Settings that lead a bot to it. */
  readonly env: Readonly<Record<string, string>>;
  readonly redis: RedisServer;
  readonly mongo: MongoServer;
  end(): Promise<void>;
}

export class ClusterServers {
  private mongo: Promise<MongoServer> | undefined;
  private deployments = 0;

  constructor(private readonly surroundings: Surroundings) {}

  /** Throws NoServers. */
  async deploy(): Promise<Deployment> {
    this.mongo ??= this.startMongo();
    const mongo = await this.mongo;
    const redis = await RedisServer.start({ folder: folderOnDisk() });
    this.deployments += 1;
    const env = {
      REDIS_URL: redis.url,
      MONGODB_URI: mongo.uri.replace('/?', `/bench-${this.deployments}?`),
      DATA_KEY: randomBytes(32).toString('base64'),
    };
    return { env, redis, mongo, end: () => redis.end() };
  }

  async stop(): Promise<void> {
    await (await this.mongo?.catch(() => undefined))?.stop();
  }

  private async startMongo(): Promise<MongoServer> {
    const missing = await this.surroundings.missingServers();
    if (missing !== undefined) throw new NoServers(missing);
    try {
      return await this.surroundings.startMongo(folderOnDisk());
    } catch (cause) {
      throw new NoServers(cause instanceof Error ? cause.message : String(cause), { cause });
    }
  }
}
