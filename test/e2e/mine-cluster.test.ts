// My dossiers by phone, on both platforms, with Redis and MongoDB.
import { describeWithRedis } from '../storage/redis-server.js';
import { clusterStage } from './cluster-scene.js';
import { myDossiersTests } from './mine.js';

jest.setTimeout(90_000);

describeWithRedis('somebody who wants all their dossiers', () => {
  myDossiersTests(clusterStage());
});
