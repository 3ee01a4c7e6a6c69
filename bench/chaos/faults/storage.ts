// Faults of the cluster home's servers.
import { pause } from '../../waiting.js';
import { type Fault, now } from './fault.js';

export const redisKilled: Fault = {
  name: 'Redis killed -9 and restarted',
  homes: ['cluster'],
  // Leases may run out meanwhile, and echoes find nobody to note them: the next owner cannot know what left.
  mayRepeat: true,
  async strike(stage, chance) {
    await stage.redis.kill();
    await pause(chance.between(0, 1500));
    const orderedAt = now();
    await stage.redis.restart();
    return orderedAt;
  },
};

export const redisFrozen: Fault = {
  name: 'Redis stopped and woken',
  homes: ['cluster'],
  mayRepeat: true,
  async strike(stage, chance) {
    stage.redis.freeze();
    await pause(chance.between(300, stage.leaseMs + 1500));
    stage.redis.thaw();
    return now();
  },
};

export const mongoKilled: Fault = {
  name: 'MongoDB killed -9 and restarted',
  homes: ['cluster'],
  mayRepeat: false,
  async strike(stage, chance) {
    await stage.mongo.kill();
    await pause(chance.between(0, 1500));
    const orderedAt = now();
    await stage.mongo.restart();
    return orderedAt;
  },
};

/** Only what a replica has confirmed may have been answered 200: the rest dies with the primary. */
export const primaryLost: Fault = {
  name: 'Redis primary lost behind a stalled replica',
  homes: ['replicated'],
  mayRepeat: true,
  async strike(stage, chance) {
    // Either the replica stands still, with what the kernel keeps for it, or the network holds everything back.
    const frozen = chance.next() < 0.5;
    if (frozen) stage.replica.freeze();
    else stage.replicaLine?.stall();
    await pause(chance.between(400, 2000));
    await stage.redis.kill();
    stage.replicaLine?.cut();
    if (frozen) stage.replica.thaw();
    const { replicated } = await stage.failOver();
    // Until it has a replica of its own, the new primary may acknowledge nothing.
    await replicated;
    return now();
  },
};

export const replicaStalled: Fault = {
  name: 'Redis replica stalled and woken',
  homes: ['replicated'],
  mayRepeat: true,
  async strike(stage, chance) {
    stage.replica.freeze();
    await pause(chance.between(300, 1500));
    stage.replica.thaw();
    return now();
  },
};
