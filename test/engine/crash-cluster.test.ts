// Invariants 1 to 6 against kill -9, on Redis and MongoDB.
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { dropDatabases, freshDatabase } from '../storage/mongo-server.js';
import { describeWithRedis, RedisServer } from '../storage/redis-server.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { killingTests } from './killing.js';

jest.setTimeout(400_000);

describeWithRedis('a bot on the cluster home, killed with -9 at 24 random moments', () => {
  let redis: RedisServer;
  let mongo: TestMongo;

  beforeAll(async () => {
    [redis, mongo] = await Promise.all([RedisServer.start(), startMongo()]);
  });

  afterAll(async () => {
    await dropDatabases();
    await Promise.all([redis.kill(), mongo.stop()]);
    removeTemporaryFolders();
  });

  killingTests({
    arenas: 2,
    kills: 12,
    home: (index) => ({
      kind: 'cluster',
      redisUrl: `${redis.url}/${index + 1}`,
      mongoUri: freshDatabase(mongo.uri),
      leaseMs: 700,
    }),
  });
});
