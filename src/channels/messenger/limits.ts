// Messenger's limits, as data. Source: the Messenger Platform's pages on the Send API, quick replies, buttons and templates.
import { HOUR } from '../../lib/clock.js';
import type { ChannelLimits } from '../channel.js';
import type { FileLimits } from '../file-limits.js';
import type { RateLimit } from '../governor.js';
import type { MessagingWindow } from '../windows.js';

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

/** Meta's networks for what people send: names of no documented list, seen in use. */
export const MESSENGER_MEDIA_HOSTS: readonly string[] = ['fbcdn.net', 'fbsbx.com'];

/** Messenger takes 25 MB of either; more than this is no message in a chat, and each of them is kept here as well. */
export const MESSENGER_FILES: FileLimits = { imageBytes: 5 * 1024 * 1024, fileBytes: 10 * 1024 * 1024 };

/** Per Page: text, links, reactions and stickers. */
export const MESSENGER_RATE: RateLimit = { calls: 300, perMs: 1000 };

/**
 * The standard window. Outside it the tag HUMAN_AGENT (7 days) is for what a person writes, CUSTOMER_FEEDBACK for Meta's own
 * rating template; the tags for updates are refused since 27 April 2026. What the bot has to say then goes by utility templates.
 */
export const MESSENGER_WINDOWS: readonly MessagingWindow[] = [{ state: 'open', untilMs: 24 * HOUR }];
