// Small talk and the ways a conversation goes astray. Nothing here is a place to come back to.

import type { Choice, Flow, Step } from '../flow.js';
import { nothing } from '../flow.js';
import { menuChoice, menuChoices, staffChoice } from '../home/choices.js';
import { say } from '../message.js';
import type { TextKey, Texts } from '../texts.js';
import { TALK } from './texts.js';
import { notUnderstood } from './unsure.js';

function passing(key: TextKey, choices: (texts: Texts) => Choice[] = menuChoices): Step {
  return {
    passing: true,
    read: nothing,
    show: ({ services: { texts } }) => ({ say: [say(texts.format(key), choices(texts))] }),
  };
}

export const talkFlow: Flow = {
  name: 'talk',
  version: 1,
  texts: { name: 'talk', keys: TALK },
  start: 'offer',
  steps: {
    thanks: passing(TALK.thanks),
    goodbye: passing(TALK.goodbye, () => []),
    affirm: passing(TALK.affirm),
    deny: passing(TALK.deny),
    insult: passing(TALK.insult, (texts) => [staffChoice(texts), menuChoice(texts)]),
    stale: passing(TALK.stale),
    'nothing-open': passing(TALK.nothingOpen),
    cancelled: passing(TALK.cancelled),
    offer: passing(TALK.offer),
    none: {
      passing: true,
      read: nothing,
      show: ({ misses, services: { texts } }) => ({
        say: [
          say(
            texts.format(TALK.noneOfThese),
            misses > 0 ? [staffChoice(texts), menuChoice(texts)] : menuChoices(texts),
          ),
        ],
        missed: true,
      }),
    },
  },
  intents: {
    thanks: () => ({ go: 'talk.thanks' }),
    goodbye: () => ({ go: 'talk.goodbye' }),
    affirm: () => ({ go: 'talk.affirm' }),
    deny: () => ({ go: 'talk.deny' }),
    insult: () => ({ go: 'talk.insult' }),
    none: (turn) => notUnderstood(turn),
  },
};
