// The Redis half of the cluster home runs the contract suites against a real server, and shows what is its own.
import { HOUR } from '../../src/lib/clock.js';
import { eventId, type LaneId } from '../../src/lib/ids.js';
import { silentLog } from '../../src/lib/log.js';
import { openRedis, type RedisHome, type RedisHomeOptions } from '../../src/storage/cluster/redis/open.js';
import { countersContract } from './records-contract.js';
import { describeWithRedis, RedisServer } from './redis-server.js';
import { removeTemporaryFolders } from './temporary.js';
import { turnStoreContract } from './turn-store-contract.js';
import { until } from './until.js';

let server: RedisServer;
const homes: RedisHome[] = [];

async function open(more: Partial<RedisHomeOptions> = {}): Promise<RedisHome> {
  const home = await openRedis({
    url: server.url,
    minReplicas: 0,
    allowLossy: false,
    partitions: 1,
    clock: Date.now,
    log: silentLog,
    ...more,
  });
  homes.push(home);
  return home;
}

describeWithRedis('on Redis', () => {
  beforeAll(async () => {
    server = await RedisServer.start();
  });

  afterAll(async () => {
    for (const home of homes) home.close();
    await server.kill();
    removeTemporaryFolders();
  });

  describe('the turn store', () => {
    turnStoreContract(async () => (await open()).turns);
  });

  describe('the counters', () => {
    countersContract(
      async () => (await open()).counters,
      async (ms) => {
        const end = Date.now() + ms;
        await until(() => Date.now() > end);
      },
    );
  });
});
