// Opens the home that the settings choose.
import type { Clock } from '../lib/clock.js';
import type { Log } from '../lib/log.js';
import type { Sealer } from '../lib/sealing.js';
import { openEmbedded } from './embedded/open.js';
import type { Home } from './home.js';

export interface HomeSettings {
  dataDir: string;
  storage:
    | { home: 'embedded' }
    | { home: 'cluster'; redisUrl: string; minReplicas: number; mayLoseMessages: boolean; mongoUri: string };
}

export interface HomeParts {
  sealer: Sealer;
  clock: Clock;
  owner: string;
  log: Log;
  maxPages: number | undefined;
}

export async function openHome(
  { storage, dataDir }: HomeSettings,
  { maxPages, log, ...parts }: HomeParts,
): Promise<Home> {
  if (storage.home === 'embedded') {
    return openEmbedded({ dataDir, ...parts, ...(maxPages === undefined ? {} : { maxPages }) });
  }
  // Loaded only when chosen: the drivers take their time.
  const { openCluster } = await import('./cluster/open.js');
  return openCluster({ ...storage, ...parts, log });
}
