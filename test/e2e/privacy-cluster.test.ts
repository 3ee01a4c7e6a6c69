// One's own data, on both platforms, with Redis and MongoDB.
import { randomBytes } from 'node:crypto';
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { Sealer } from '../../src/lib/sealing.js';
import { dropDatabases, freshDatabase } from '../storage/mongo-server.js';
import { describeWithRedis, RedisServer } from '../storage/redis-server.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { openedServers } from './opened-home.js';
import { privacyTests } from './privacy.js';
import { Stage } from './stage.js';

jest.setTimeout(120_000);

describeWithRedis('somebody who asks about their data', () => {
  const key = randomBytes(32);
  let redis: RedisServer;
  let mongo: TestMongo;
  let mongoUri: string;
  let stage: Stage;
  beforeAll(async () => {
    [redis, mongo] = await Promise.all([RedisServer.start(), startMongo()]);
    mongoUri = freshDatabase(mongo.uri);
    const settings = { REDIS_URL: redis.url, MONGODB_URI: mongoUri, DATA_KEY: key.toString('base64') };
    stage = await Stage.open({}, settings);
  });
  afterAll(async () => {
    await stage.close();
    await dropDatabases();
    await Promise.all([redis.kill(), mongo.stop()]);
    removeTemporaryFolders();
  });

  privacyTests({ stage: () => stage, opened: () => openedServers(redis.url, mongoUri, new Sealer([key])) });
});
