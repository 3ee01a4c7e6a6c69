// What is kept about a citizen and how to ask for its deletion: an honest page in one message.
import type { Flow, Step } from '../flow.js';
import { nothing } from '../flow.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { say } from '../message.js';
import { declareTexts, text } from '../texts.js';

const PRIVACY = declareTexts('privacy', { about: text('privacyUrl') });

const about: Step = {
  read: nothing,
  show: ({ services: { texts, privacyUrl } }) => ({
    say: [say(texts.format(PRIVACY.about, { privacyUrl }), [staffChoice(texts), menuChoice(texts)])],
  }),
};

export const privacyFlow: Flow = {
  name: 'privacy',
  version: 1,
  texts: { name: 'privacy', keys: PRIVACY },
  start: 'about',
  steps: { about },
  intents: { 'privacy.request': () => ({ go: 'privacy.about' }) },
};
