import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { Sealer } from '../../src/lib/sealing.js';
import { openCluster } from '../../src/storage/cluster/open.js';
import type { Home } from '../../src/storage/home.js';
import { dropDatabases, freshDatabase } from '../storage/mongo-server.js';
import { describeWithRedis, RedisServer } from '../storage/redis-server.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { KEY } from './access-stage.js';
import { auditContract } from './audit-contract.js';

describeWithRedis('the audit trail’s check on the cluster home', () => {
  let home: Home;
  let redis: RedisServer;
  let mongo: TestMongo;

  beforeAll(async () => {
    [redis, mongo] = await Promise.all([RedisServer.start(), startMongo()]);
  }, 120_000);

  afterAll(async () => {
    await home.close();
    await dropDatabases();
    await Promise.all([redis.kill(), mongo.stop()]);
    removeTemporaryFolders();
  });

  auditContract(async () => {
    const mongoUri = freshDatabase(mongo.uri);
    const own = { sealer: new Sealer([KEY]), clock: Date.now, owner: 'test' };
    home = await openCluster({ redisUrl: redis.url, minReplicas: 0, mongoUri, ...own });
    return { settings: { REDIS_URL: redis.url, MONGODB_URI: mongoUri }, home };
  });
});
