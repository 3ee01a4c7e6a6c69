// The handover against kill -9 with Redis and MongoDB: few deaths, because each one costs the lease.
import { clusterServers } from '../e2e/cluster-scene.js';
import { describeWithRedis } from '../storage/redis-server.js';
import { handoverKillingTests } from './handover-killing.js';
import { between } from './handover-talks.js';

jest.setTimeout(400_000);

describeWithRedis('with Redis and MongoDB', () => {
  const settings = clusterServers();

  describe('a bot killed with -9 while citizens and officers talk', () => {
    handoverKillingTests({ citizens: 8, kills: 3, lives: () => between(100, 2000), settings });
  });
});
