// How the check of a number ends without having opened anything.
import type { StepResult, Turn } from '../flow.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import { FORGET_CLAIM } from './claim.js';
import { MINE } from './texts.js';

/** Where a step leads that has no number to go on with. */
export const ASK = { go: 'mine.number' } as const;

export function locked({ services: { texts } }: Turn): StepResult {
  const { province, national } = serviceFacts(texts);
  const text = texts.format(MINE.locked, { province, national });
  return { say: [say(text, [staffChoice(texts, 'staff.ask:flow'), menuChoice(texts)])], ...dropped };
}

/** The number of a check that ended is dropped with it. */
export const dropped = {
  remember: { claim: undefined },
  timers: [{ type: 'cancel' as const, name: FORGET_CLAIM }],
};

export function cancel(): StepResult {
  return { ...dropped, go: 'talk.cancelled' };
}
