// Faults of the platform that replies go to: the simulator's own switches.
import type { FaultAction } from '../../../simulators/platform/faults.js';
import { pause } from '../../waiting.js';
import { ALL_HOMES, type Fault, now } from './fault.js';

const SENDS = '/message/cs';
/** Accepted or not: the bot cannot know. `lateAnswer` is later than it waits. */
const OUTCOMES: readonly [FaultAction, ...FaultAction[]] = [
  { kind: 'resetAfter' },
  { kind: 'silentAfter' },
  { kind: 'lateAnswer', ms: 2500 },
  { kind: 'garbage' },
  { kind: 'badGateway' },
  { kind: 'unavailable' },
  { kind: 'disconnect' },
];

export const platformSlow: Fault = {
  name: 'platform slow',
  homes: ALL_HOMES,
  mayRepeat: false,
  async strike({ simulator: { faults } }, chance) {
    faults.add({ action: { kind: 'slow', ms: Math.round(chance.between(200, 900)) }, path: SENDS, times: null });
    await pause(chance.between(800, 2500));
    faults.clear();
    return now();
  },
};

export const platformDown: Fault = {
  name: 'platform down',
  homes: ALL_HOMES,
  // What was on its way when the connections broke.
  mayRepeat: true,
  async strike({ simulator }, chance) {
    await simulator.goDown();
    await pause(chance.between(300, 2500));
    await simulator.comeUp();
    return now();
  },
};

export const platformBusy: Fault = {
  name: 'platform says 429',
  homes: ALL_HOMES,
  mayRepeat: false,
  async strike({ simulator: { faults } }, chance) {
    faults.add({ action: { kind: 'tooMany' }, path: SENDS, times: null });
    await pause(chance.between(300, 2500));
    faults.clear();
    return now();
  },
};

/** Half of the times without the echo that would tell. */
export const unknownOutcome: Fault = {
  name: 'outcome of sends unknown',
  homes: ALL_HOMES,
  mayRepeat: true,
  async strike({ simulator: { faults, behaviour } }, chance) {
    const action = chance.pick(OUTCOMES);
    behaviour.echo = chance.next() < 0.5;
    faults.add({ action, path: SENDS, times: 1 + chance.integer(10) });
    await pause(chance.between(800, 2000));
    faults.clear();
    behaviour.echo = true;
    return now();
  },
};
