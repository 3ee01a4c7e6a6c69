// "Ngừng nhận tin" while staff hold the conversation: the wish is carried out all the same, with one line. Everything else the
// citizen writes then is for staff.
import type { StepResult, Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import { say } from '../message.js';
import { globalWord } from '../picking.js';
import { consent, ending, subscriptionsOf } from './subscriptions.js';
import { NOTIFY } from './texts.js';

/**
 * Ends all subscriptions when a message asks for nothing but that; undefined for any other, which stays between the citizen and
 * staff. Nothing is asked back: which one was meant can be told afterwards, a message too many cannot be taken back.
 */
export async function stoppedUnderStaff(turn: Turn, heard: Heard): Promise<StepResult | undefined> {
  if (globalWord(heard.plain) !== 'quiet' && !asksToStop(heard)) return undefined;
  const effects = [...ending(await subscriptionsOf(turn)), ...(await consent(turn, false))];
  return { say: [say(turn.services.texts.format(NOTIFY.stoppedUnderStaff))], effects };
}

function asksToStop({ meaning: { intent, certain } }: Heard): boolean {
  return certain && intent === 'notify.unsubscribe';
}
