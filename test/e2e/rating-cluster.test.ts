// Rating, on both platforms, with Redis and MongoDB.
import { randomBytes } from 'node:crypto';
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { dropDatabases, freshDatabase } from '../storage/mongo-server.js';
import { describeWithRedis, RedisServer } from '../storage/redis-server.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { ratingTests } from './rating.js';
import { Stage } from './stage.js';

jest.setTimeout(120_000);

describeWithRedis('somebody who rates', () => {
  let redis: RedisServer;
  let mongo: TestMongo;
  let stage: Stage;
  beforeAll(async () => {
    [redis, mongo] = await Promise.all([RedisServer.start(), startMongo()]);
    const settings = {
      REDIS_URL: redis.url,
      MONGODB_URI: freshDatabase(mongo.uri),
      DATA_KEY: randomBytes(32).toString('base64'),
    };
    stage = await Stage.open({}, settings);
  });
  afterAll(async () => {
    await stage.close();
    await dropDatabases();
    await Promise.all([redis.kill(), mongo.stop()]);
    removeTemporaryFolders();
  });

  ratingTests({
    stage: () => stage,
    crash: async () => {
      await stage.bot.kill();
      await stage.start();
    },
  });
});
