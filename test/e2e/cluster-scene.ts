// Redis and MongoDB for the tests of one `describe`, and a stage on them. Where no Redis can be had is the caller's business
// (describeWithRedis).
import { randomBytes } from 'node:crypto';
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { dropDatabases, freshDatabase } from '../storage/mongo-server.js';
import { RedisServer } from '../storage/redis-server.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { Stage } from './stage.js';

export type ClusterSettings = Record<'REDIS_URL' | 'MONGODB_URI' | 'DATA_KEY', string>;

/** Registers the hooks; the settings of a bot on these servers are there once the tests run. `closing` runs before they end. */
export function clusterServers(closing?: () => Promise<void>): () => ClusterSettings {
  let redis: RedisServer;
  let mongo: TestMongo;
  let settings: ClusterSettings;
  beforeAll(async () => {
    [redis, mongo] = await Promise.all([RedisServer.start(), startMongo()]);
    settings = {
      REDIS_URL: redis.url,
      MONGODB_URI: freshDatabase(mongo.uri),
      DATA_KEY: randomBytes(32).toString('base64'),
    };
  });
  afterAll(async () => {
    await closing?.();
    await dropDatabases();
    await Promise.all([redis.kill(), mongo.stop()]);
    removeTemporaryFolders();
  });
  return () => settings;
}

export function clusterStage(): { stage: () => Stage; settings: () => ClusterSettings } {
  let stage: Stage;
  const settings = clusterServers(() => stage.close());
  beforeAll(async () => {
    stage = await Stage.open({}, settings());
  });
  return { stage: () => stage, settings };
}
