// Stopping notices while staff hold the conversation: the wish is carried out all the same, with one line. Everything else the
// citizen does then is for staff.
import type { CitizenBody, StepResult, Turn } from '../flow.js';
import { Heard } from '../heard.js';
import { say } from '../message.js';
import { globalWord } from '../picking.js';
import { consent, ending, subscriptionsOf } from './subscriptions.js';
import { NOTIFY } from './texts.js';

/** Of the buttons below a notice: `notify.off:<code>`. */
const STOPS = /^notify\.(?:off:|stop)/;

/**
 * Ends all subscriptions when the citizen asks for nothing but that, in words or by a notice's button; undefined for anything else.
 * Nothing is asked back: which one was meant can be told afterwards, a message too many cannot be taken back.
 */
export async function stoppedUnderStaff(turn: Turn, body: CitizenBody): Promise<StepResult | undefined> {
  if (!asksToStop(turn, body)) return undefined;
  const effects = [...ending(await subscriptionsOf(turn)), ...(await consent(turn, false))];
  return { say: [say(turn.services.texts.format(NOTIFY.stoppedUnderStaff))], effects };
}

function asksToStop({ services }: Turn, body: CitizenBody): boolean {
  if (body.kind === 'tap') return STOPS.test(body.payload);
  if (body.kind !== 'text') return false;
  const { plain, meaning } = new Heard(body.text, services.language);
  return globalWord(plain) === 'quiet' || (meaning.certain && meaning.intent === 'notify.unsubscribe');
}
