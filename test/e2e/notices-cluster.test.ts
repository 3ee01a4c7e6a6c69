// Notices on Redis and MongoDB.
import { randomBytes } from 'node:crypto';
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { dropDatabases, freshDatabase } from '../storage/mongo-server.js';
import { describeWithRedis, RedisServer } from '../storage/redis-server.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import type { Settings } from './bot-process.js';
import { noticesTests } from './notices.js';

jest.setTimeout(120_000);

describeWithRedis('on the cluster home', () => {
  let redis: RedisServer;
  let mongo: TestMongo;
  let settings: Settings;

  beforeAll(async () => {
    [redis, mongo] = await Promise.all([RedisServer.start(), startMongo()]);
    const key = randomBytes(32).toString('base64');
    settings = { REDIS_URL: redis.url, MONGODB_URI: freshDatabase(mongo.uri), DATA_KEY: key };
  });

  afterAll(async () => {
    await dropDatabases();
    await Promise.all([redis.kill(), mongo.stop()]);
    removeTemporaryFolders();
  });

  noticesTests(() => settings);
});
