// What of our own may be sent as a picture or a file, per platform. The figures are each platform's, in its limits.
import type { ChannelName } from '../lib/ids.js';
import { MESSENGER_FILES } from './messenger/limits.js';
import { ZALO_FILES } from './zalo/limits.js';

export interface FileLimits {
  imageBytes: number;
  /** PDF. */
  fileBytes: number;
}

const FILES: Readonly<Record<ChannelName, FileLimits>> = { zalo: ZALO_FILES, messenger: MESSENGER_FILES };

export function fileLimits(channel: ChannelName): FileLimits {
  return FILES[channel];
}
