// Faults of the network between a worker and Redis.

import { pause } from '../../waiting.js';
import type { Chance } from '../chance.js';
import type { Stage } from '../stage.js';
import type { TcpProxy } from '../tcp-proxy.js';
import { type Fault, now, WITH_REDIS } from './fault.js';

/** Half of the times for longer than the lease. */
function awhile(stage: Stage, chance: Chance): Promise<void> {
  const [low, high] = chance.next() < 0.5 ? [200, 1200] : [stage.leaseMs + 200, stage.leaseMs + 1500];
  return pause(chance.between(low, high));
}

export const networkCut: Fault = {
  name: 'network cut between worker and Redis',
  homes: WITH_REDIS,
  mayRepeat: true,
  async strike(stage, chance) {
    const line = oneOf(stage, chance);
    line.cut();
    await awhile(stage, chance);
    line.restore();
    return now();
  },
};

/** What was on its way arrives late, perhaps after another worker took over. */
export const networkStalled: Fault = {
  name: 'network stalled between worker and Redis',
  homes: WITH_REDIS,
  mayRepeat: true,
  async strike(stage, chance) {
    const line = oneOf(stage, chance);
    line.stall();
    await awhile(stage, chance);
    line.restore();
    return now();
  },
};

function oneOf(stage: Stage, chance: Chance): TcpProxy {
  const [first, ...rest] = stage.lines;
  if (first === undefined) throw new Error('a stage without a line to Redis');
  return chance.pick([first, ...rest]);
}
