// Notices on Redis and MongoDB.
import { describeWithRedis } from '../storage/redis-server.js';
import { clusterServers } from './cluster-scene.js';
import { noticesTests } from './notices.js';

jest.setTimeout(120_000);

describeWithRedis('on the cluster home', () => {
  noticesTests(clusterServers());
});
