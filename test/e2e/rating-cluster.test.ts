// Rating, on both platforms, with Redis and MongoDB.
import { describeWithRedis } from '../storage/redis-server.js';
import { clusterStage } from './cluster-scene.js';
import { ratingTests } from './rating.js';

jest.setTimeout(120_000);

describeWithRedis('somebody who rates', () => {
  const { stage } = clusterStage();
  ratingTests({
    stage,
    crash: async () => {
      await stage().bot.kill();
      await stage().start();
    },
  });
});
