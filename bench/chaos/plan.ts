// How often each fault is injected, and on which stage. Stages are played side by side, the faults of one after the other.
import type { Fault } from './faults/fault.js';
import { networkCut, networkStalled } from './faults/network.js';
import { platformBusy, platformDown, platformSlow, unknownOutcome } from './faults/platform.js';
import {
  allWorkersKilled,
  clockJumped,
  clockSetBackAmidWaits,
  killedWithWrongClock,
  workerKilled,
  workerStopped,
} from './faults/processes.js';
import { mongoKilled, primaryLost, redisFrozen, redisKilled, replicaStalled } from './faults/storage.js';
import type { HomeKind } from './stage.js';

export interface StagePlan {
  home: HomeKind;
  /** The stage kills its MongoDB: it gets one of its own. */
  ownMongo: boolean;
  faults: readonly (readonly [Fault | 'outage', number])[];
}

/** At least 300 faults. */
export const FULL: readonly StagePlan[] = [
  {
    home: 'embedded',
    ownMongo: false,
    faults: [
      [workerKilled, 62],
      [workerStopped, 8],
      [clockJumped, 8],
      [clockSetBackAmidWaits, 4],
      [killedWithWrongClock, 6],
      [platformSlow, 8],
      [platformDown, 8],
      [platformBusy, 8],
      [unknownOutcome, 20],
      ['outage', 4],
    ],
  },
  {
    home: 'cluster',
    ownMongo: false,
    faults: [
      [workerKilled, 22],
      [allWorkersKilled, 8],
      [workerStopped, 14],
      [networkCut, 16],
      [networkStalled, 16],
      [clockJumped, 6],
      [clockSetBackAmidWaits, 4],
      [killedWithWrongClock, 4],
    ],
  },
  {
    home: 'cluster',
    ownMongo: true,
    faults: [
      [redisKilled, 34],
      [redisFrozen, 10],
      [mongoKilled, 16],
      [platformSlow, 4],
      [platformDown, 4],
      [platformBusy, 4],
      [unknownOutcome, 8],
      ['outage', 4],
    ],
  },
  {
    home: 'replicated',
    ownMongo: false,
    faults: [
      [primaryLost, 24],
      [replicaStalled, 6],
      [workerKilled, 6],
      [networkStalled, 6],
    ],
  },
];

/** For trying: about 30 faults. */
export const QUICK: readonly StagePlan[] = [
  {
    home: 'embedded',
    ownMongo: false,
    faults: [
      [workerKilled, 4],
      [workerStopped, 1],
      [clockJumped, 1],
      [clockSetBackAmidWaits, 1],
      [killedWithWrongClock, 1],
      [platformSlow, 1],
      [platformDown, 1],
      [platformBusy, 1],
      [unknownOutcome, 2],
      ['outage', 1],
    ],
  },
  {
    home: 'cluster',
    ownMongo: true,
    faults: [
      [workerKilled, 2],
      [allWorkersKilled, 1],
      [workerStopped, 1],
      [networkCut, 1],
      [networkStalled, 2],
      [clockJumped, 1],
      [redisKilled, 2],
      [redisFrozen, 1],
      [mongoKilled, 1],
      [unknownOutcome, 1],
      ['outage', 1],
    ],
  },
  {
    home: 'replicated',
    ownMongo: false,
    faults: [
      [primaryLost, 3],
      [replicaStalled, 1],
    ],
  },
];

/** The short form in the tests: what a change of the engine or of a home breaks first. */
export const SHORT: readonly StagePlan[] = [
  {
    home: 'embedded',
    ownMongo: false,
    faults: [
      [workerKilled, 2],
      [clockJumped, 1],
      [unknownOutcome, 1],
      ['outage', 1],
    ],
  },
  {
    home: 'cluster',
    ownMongo: true,
    faults: [
      [workerKilled, 1],
      [networkStalled, 1],
      [redisKilled, 1],
      [mongoKilled, 1],
    ],
  },
  { home: 'replicated', ownMongo: false, faults: [[primaryLost, 1]] },
];

export function faultsIn(plans: readonly StagePlan[]): number {
  return plans.reduce((sum, { faults }) => sum + faults.reduce((inner, [, times]) => inner + times, 0), 0);
}
