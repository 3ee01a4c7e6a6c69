// Welcome, menu, and what the bot says about itself.

import type { Flow, Step, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import { choice, say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import { menuChoices } from './choices.js';
import { HOME } from './texts.js';

function withMenu(word: (turn: Turn) => string): Step {
  return {
    read: nothing,
    show: (turn) => ({ say: [say(word(turn), menuChoices(turn.services.texts))] }),
  };
}

const more: Step = {
  read: nothing,
  show: ({ services: { texts } }) => ({
    say: [
      say(texts.format(HOME.more), [
        choice(texts.format(HOME.office), 'office.ask'),
        choice(texts.format(HOME.feedback), 'feedback.ask'),
        choice(texts.format(HOME.help), 'help.list'),
        choice(texts.format(HOME.about), 'privacy.about'),
      ]),
    ],
  }),
};

export const homeFlow: Flow = {
  name: 'home',
  version: 1,
  texts: { name: 'home', keys: HOME },
  start: 'menu',
  steps: {
    welcome: withMenu(({ services }) => services.texts.format(HOME.welcome)),
    hello: withMenu(({ services }) => services.texts.format(HOME.hello)),
    menu: withMenu(({ services }) => services.texts.format(HOME.menu)),
    more,
    capabilities: withMenu(({ services }) => services.texts.format(HOME.capabilities)),
    identity: withMenu(({ services }) =>
      services.texts.format(HOME.identity, { province: serviceFacts(services.texts).province }),
    ),
  },
  intents: {
    greet: () => ({ go: 'home.hello' }),
    'bot.capabilities': () => ({ go: 'home.capabilities' }),
    'bot.identity': () => ({ go: 'home.identity' }),
  },
};
