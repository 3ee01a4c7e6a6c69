// Small talk and the ways a conversation goes astray. Nothing here is a place to come back to.

import { HOUR } from '../../lib/clock.js';
import type { Choice, Flow, Step } from '../flow.js';
import { nothing } from '../flow.js';
import { menuChoice, menuChoices, staffChoice } from '../home/choices.js';
import { say } from '../message.js';
import type { TextKey, Texts } from '../texts.js';
import { TALK } from './texts.js';
import { MISUNDERSTOOD, notUnderstood } from './unsure.js';

function passing(key: TextKey, choices: (texts: Texts) => Choice[] = menuChoices): Step {
  return {
    passing: true,
    read: nothing,
    show: ({ services: { texts } }) => ({ say: [say(texts.format(key), choices(texts))] }),
  };
}

/** An insult within this time of the last is the second. */
const STILL_ANGRY = HOUR;

/** Said about the bot's last answer, not about a matter. Folded, whole messages. */
const WRONG_ANSWER =
  /^(?:(?:minh|em|toi|e|t|bot|ban|ad) )?(?:(?:khong|ko|k|chua|chang|cha) (?:hieu|dung y|phai vay|lien quan)|noi gi(?: vay| the| v| day)?|(?:tra loi|noi|hieu) (?:sai|nham|linh tinh|lung tung|lac de)|sai(?: roi| bet| r)?|lac de|nham(?: roi| r)?|hoi mot dang (?:tra loi|dap) mot neo)(?: (?:roi|r|a|gi|gi ca|gi het|nha|ban|y|ca|the|vay))*$/;

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
    insult: {
      passing: true,
      read: nothing,
      show: ({ now, facts: { angered }, services: { texts } }) => ({
        say: [
          say(texts.format(angered !== undefined && now - angered <= STILL_ANGRY ? TALK.insultAgain : TALK.insult), [
            staffChoice(texts, 'staff.ask:anger'),
            menuChoice(texts),
          ]),
        ],
        remember: { angered: now },
      }),
    },
    stale: passing(TALK.stale),
    'nothing-open': passing(TALK.nothingOpen),
    cancelled: passing(TALK.cancelled),
    offer: passing(TALK.offer),
    wrong: {
      passing: true,
      read: nothing,
      show: ({ services: { texts } }) => ({
        say: [say(texts.format(TALK.wrongAnswer), [staffChoice(texts, MISUNDERSTOOD), menuChoice(texts)])],
        missed: true,
      }),
    },
    none: {
      passing: true,
      read: nothing,
      show: ({ misses, services: { texts } }) => ({
        say: [
          say(
            texts.format(TALK.noneOfThese),
            misses > 0 ? [staffChoice(texts, MISUNDERSTOOD), menuChoice(texts)] : menuChoices(texts),
          ),
        ],
        missed: true,
      }),
    },
  },
  overhear: (_turn, heard) => (WRONG_ANSWER.test(heard.plain) ? { go: 'talk.wrong' } : undefined),
  intents: {
    thanks: () => ({ go: 'talk.thanks' }),
    goodbye: () => ({ go: 'talk.goodbye' }),
    affirm: () => ({ go: 'talk.affirm' }),
    deny: () => ({ go: 'talk.deny' }),
    insult: () => ({ go: 'talk.insult' }),
    none: (turn) => notUnderstood(turn),
  },
};
