// Zalo OA's limits, as data. Source: the OA API's consultation messages; where sources differ, the smaller figure.
import { DAY, HOUR } from '../../lib/clock.js';
import type { ChannelLimits } from '../channel.js';
import type { FileLimits } from '../file-limits.js';
import type { RateLimit } from '../governor.js';
import type { MessagingWindow } from '../windows.js';

export const zaloLimits: ChannelLimits = {
  textLength: 2000,
  /** 5 is the reported limit, an older SDK says 4: what is refused leaves once more as a numbered text (fallback.ts). */
  buttons: 5,
  /** 35 is what fits on a phone; up to 100 is accepted. */
  buttonTitle: 100,
  /** Zalo has no chips apart from the buttons. */
  quickReplies: 5,
  quickReplyTitle: 100,
  payload: 1000,
  /** Several cards become a numbered list. */
  cards: 1,
  cardTitle: 100,
  cardSubtitle: 500,
  cardButtons: 5,
};

/** Where long texts are split: a margin below the limit, which is counted in an undocumented unit. */
export const ZALO_PART_LENGTH = 1900;

/** Where Zalo keeps what people send: names of no documented list, seen in use. */
export const ZALO_MEDIA_HOSTS: readonly string[] = ['zdn.vn', 'zadn.vn'];

/** Uploads: pictures of 1 MB, files of 5 MB. */
export const ZALO_FILES: FileLimits = { imageBytes: 1024 * 1024, fileBytes: 5 * 1024 * 1024 };

/** Per app, over all its OAs. */
export const ZALO_RATE: RateLimit = { calls: 4000, perMs: 60_000 };

/** Consultation messages after the citizen's last interaction; later ones are refused with -230. */
export const ZALO_WINDOWS: readonly MessagingWindow[] = [
  { state: 'open', untilMs: 48 * HOUR },
  { state: 'billed', untilMs: 7 * DAY },
];
