// Messenger's limits, as data. Source: the Messenger Platform's pages on the Send API, quick replies, buttons and templates.
import type { ChannelLimits } from '../channel.js';
import type { RateLimit } from '../governor.js';

export const messengerLimits: ChannelLimits = {
  /** "Characters" of an undefined kind; UTF-16 units are the safe reading. */
  textLength: 2000,
  buttons: 3,
  buttonTitle: 20,
  quickReplies: 13,
  quickReplyTitle: 20,
  payload: 1000,
  cards: 10,
  cardTitle: 80,
  cardSubtitle: 80,
  cardButtons: 3,
};

/** Where long texts are split: some vendors saw emoji counted more than once. */
export const MESSENGER_PART_LENGTH = 1900;

/** Text above the buttons of a button template. */
export const BUTTON_TEXT_LENGTH = 640;

/** Per Page: text, links, reactions and stickers. */
export const MESSENGER_RATE: RateLimit = { calls: 300, perMs: 1000 };
