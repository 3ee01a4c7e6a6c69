// What the bot cannot do itself yet: it says so and names the right door. Each step gives way to a conversation of its own.
import type { Address, Flow, Step } from '../flow.js';
import { nothing } from '../flow.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import type { ServiceFacts } from '../service/texts.js';
import { serviceFacts } from '../service/texts.js';
import type { TextKey } from '../texts.js';
import { declareTexts, text, title } from '../texts.js';

const DOORS = declareTexts('doors', {
  appointment: text('portal', 'province', 'national'),
  findOffice: title(),
});

function door(key: TextKey<keyof ServiceFacts>): Step {
  return {
    read: nothing,
    show({ services: { texts } }) {
      const choices = [choice(texts.format(DOORS.findOffice), 'office.ask'), staffChoice(texts), menuChoice(texts)];
      return { say: [say(texts.format(key, serviceFacts(texts)), choices)] };
    },
  };
}

/** Where a door was that buttons sent long ago still lead to. */
function leadsTo(address: Address): Step {
  return { passing: true, read: nothing, show: () => ({ go: address }) };
}

export const doorsFlow: Flow = {
  name: 'door',
  version: 1,
  texts: { name: 'doors', keys: DOORS },
  start: 'appointment',
  steps: {
    feedback: leadsTo('feedback.ask'),
    'feedback-track': leadsTo('feedback.mine'),
    appointment: door(DOORS.appointment),
  },
  intents: {
    'appointment.book': () => ({ go: 'door.appointment' }),
  },
};
