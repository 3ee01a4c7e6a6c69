import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import { Sealer } from '../../src/lib/sealing.js';
import { openCluster } from '../../src/storage/cluster/open.js';
import type { Home } from '../../src/storage/home.js';
import { dropDatabases, freshDatabase } from '../storage/mongo-server.js';
import { describeWithRedis, RedisServer } from '../storage/redis-server.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { accessContract } from './access-contract.js';
import { KEY } from './access-stage.js';

describeWithRedis('access to the desk on the cluster home', () => {
  const homes: Home[] = [];
  let redis: RedisServer;
  let mongo: TestMongo;

  beforeAll(async () => {
    [redis, mongo] = await Promise.all([RedisServer.start(), startMongo()]);
  }, 120_000);

  afterAll(async () => {
    for (const home of homes) await home.close();
    await dropDatabases();
    await Promise.all([redis.kill(), mongo.stop()]);
    removeTemporaryFolders();
  });

  accessContract(async () => {
    const home = await openCluster({
      redisUrl: redis.url,
      minReplicas: 0,
      mongoUri: freshDatabase(mongo.uri),
      sealer: new Sealer([KEY]),
      clock: Date.now,
      owner: 'test',
    });
    homes.push(home);
    return home;
  });
});
