// Faults of the bot's own processes: killed, stopped without their knowing, told a wrong time.

import { pause } from '../../waiting.js';
import type { Bot } from '../bot.js';
import type { Chance } from '../chance.js';
import type { Stage } from '../stage.js';
import { ALL_HOMES, type Fault, now, WITH_REDIS } from './fault.js';

const HOUR_MS = 3_600_000;

export const workerKilled: Fault = {
  name: 'worker killed -9',
  homes: ALL_HOMES,
  mayRepeat: true,
  async strike(stage, chance) {
    const bot = oneOf(stage, chance);
    await bot.kill();
    await pause(chance.between(0, 400));
    const orderedAt = now();
    await bot.start();
    return orderedAt;
  },
};

export const allWorkersKilled: Fault = {
  name: 'all workers killed -9',
  homes: WITH_REDIS,
  mayRepeat: true,
  async strike(stage, chance) {
    await Promise.all(stage.bots.map((bot) => bot.kill()));
    await pause(chance.between(0, 800));
    const orderedAt = now();
    await Promise.all(stage.bots.map((bot) => bot.start()));
    return orderedAt;
  },
};

/** On the embedded home there is no lease to lose: it only stands still. */
export const workerStopped: Fault = {
  name: 'worker stopped beyond its lease',
  homes: ALL_HOMES,
  mayRepeat: true,
  async strike(stage, chance) {
    const bot = oneOf(stage, chance);
    bot.stop();
    await pause(stage.leaseMs + chance.between(500, 2000));
    bot.wake();
    return now();
  },
};

export const clockJumped: Fault = {
  name: 'clock jumped an hour and back',
  homes: ALL_HOMES,
  mayRepeat: false,
  async strike(stage, chance) {
    const bot = oneOf(stage, chance);
    bot.setClockOffset(chance.pick([HOUR_MS, HOUR_MS, -HOUR_MS]));
    await pause(chance.between(300, 1500));
    bot.setClockOffset(0);
    return now();
  },
};

export const killedWithWrongClock: Fault = {
  name: 'clock an hour ahead, killed there',
  homes: ALL_HOMES,
  mayRepeat: true,
  async strike(stage, chance) {
    const bot = oneOf(stage, chance);
    bot.setClockOffset(HOUR_MS);
    await pause(chance.between(300, 1000));
    await bot.kill();
    const orderedAt = now();
    await bot.start();
    return orderedAt;
  },
};

/** Replies wait for their echoes, or for the end of a pause, while the clock goes back: no wait may grow by the hour. */
export const clockSetBackAmidWaits: Fault = {
  name: 'clock set back while replies wait',
  homes: ALL_HOMES,
  mayRepeat: true,
  async strike(stage, chance) {
    const { faults, behaviour } = stage.simulator;
    const bot = oneOf(stage, chance);
    bot.setClockOffset(HOUR_MS);
    behaviour.echo = false;
    faults.add({ action: { kind: chance.next() < 0.5 ? 'resetAfter' : 'tooMany' }, path: '/message/cs', times: null });
    await pause(chance.between(400, 1200));
    bot.setClockOffset(0);
    faults.clear();
    behaviour.echo = true;
    return now();
  },
};

function oneOf(stage: Stage, chance: Chance): Bot {
  const [first, ...rest] = stage.bots;
  if (first === undefined) throw new Error('a stage without a bot');
  return chance.pick([first, ...rest]);
}
