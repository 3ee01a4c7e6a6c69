// One's own data, on both platforms, with Redis and MongoDB.
import { Sealer } from '../../src/lib/sealing.js';
import { describeWithRedis } from '../storage/redis-server.js';
import { clusterStage } from './cluster-scene.js';
import { openedServers } from './opened-home.js';
import { privacyTests } from './privacy.js';

jest.setTimeout(120_000);

describeWithRedis('somebody who asks about their data', () => {
  const { stage, settings } = clusterStage();
  privacyTests({
    stage,
    opened: () => {
      const { REDIS_URL, MONGODB_URI, DATA_KEY } = settings();
      return openedServers(REDIS_URL, MONGODB_URI, new Sealer([Buffer.from(DATA_KEY, 'base64')]));
    },
  });
});
