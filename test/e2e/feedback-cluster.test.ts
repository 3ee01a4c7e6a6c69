// Reports, on both platforms, with Redis and MongoDB.
import { describeWithRedis } from '../storage/redis-server.js';
import { clusterStage } from './cluster-scene.js';
import { feedbackTests } from './feedback.js';

jest.setTimeout(120_000);

describeWithRedis('somebody who reports something', () => {
  feedbackTests(clusterStage());
});
