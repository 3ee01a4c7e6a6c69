import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { silentLog } from '../../src/lib/log.js';
import { Sealer } from '../../src/lib/sealing.js';
import { openCluster } from '../../src/storage/cluster/open.js';
import { dropDatabases, freshDatabase } from './mongo-server.js';
import { describeWithRedis, RedisServer } from './redis-server.js';
import { key, retentionContract } from './retention-contract.js';

jest.setTimeout(120_000);

describeWithRedis('retention on the cluster home', () => {
  let redis: RedisServer;
  let mongo: TestMongo;
  beforeAll(async () => {
    [redis, mongo] = await Promise.all([RedisServer.start(), startMongo()]);
  });
  afterAll(async () => {
    await dropDatabases();
    await Promise.all([redis.kill(), mongo.stop()]);
  });

  retentionContract(async () => {
    const mongoUri = freshDatabase(mongo.uri);
    return {
      settings: { REDIS_URL: redis.url, MONGODB_URI: mongoUri },
      open: () =>
        openCluster({
          redisUrl: redis.url,
          mongoUri,
          minReplicas: 0,
          mayLoseMessages: true,
          sealer: new Sealer([key]),
          clock: Date.now,
          owner: 'test',
          log: silentLog,
        }),
    };
  });
});
