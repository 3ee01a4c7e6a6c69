// What an officer may send now: by the platform's limits and what its messaging window still lets through.
import type { ChannelLimits } from '../../channels/channel.js';
import { fileLimits } from '../../channels/file-limits.js';
import { messengerLimits } from '../../channels/messenger/limits.js';
import type { WindowState } from '../../channels/windows.js';
import { zaloLimits } from '../../channels/zalo/limits.js';
import type { ChannelName } from '../../lib/ids.js';
import type { TicketDetail } from '../api.js';

const LIMITS: Readonly<Record<ChannelName, ChannelLimits>> = { zalo: zaloLimits, messenger: messengerLimits };

/** Once the window is closed nothing arrives but templates, which officers do not write. */
export function allowedIn(channel: ChannelName, state: WindowState): TicketDetail['allowed'] {
  if (state === 'closed') return { text: 0, images: false, files: false, maxFileBytes: 0 };
  const { imageBytes, fileBytes } = fileLimits(channel);
  return {
    text: LIMITS[channel].textLength,
    images: imageBytes > 0,
    files: fileBytes > 0,
    maxFileBytes: Math.max(imageBytes, fileBytes),
  };
}
