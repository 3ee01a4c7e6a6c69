// Makes the channels that are configured. A platform is a folder here, a line in this file and its settings.
import type { Clock } from '../lib/clock.js';
import type { Log } from '../lib/log.js';
import type { AccountTokenStore } from './account-tokens.js';
import type { Channel } from './channel.js';
import type { Governor, RateLimit } from './governor.js';
import { createMessengerChannel } from './messenger/messenger.js';
import type { OwnFileSource } from './own-files.js';
import type { SendObserver } from './send-observer.js';
import { createZaloChannel } from './zalo/zalo.js';

export interface ZaloSettings {
  appId: string;
  appSecret: string;
  oaId: string;
  /** The current one first. */
  oaSecretKeys: string[];
  accessToken?: string;
  refreshToken?: string;
}

export interface MessengerSettings {
  appId: string;
  /** The current one first. */
  appSecrets: string[];
  pageId: string;
  pageAccessToken: string;
  verifyToken: string;
}

/** A platform without settings is off. */
export interface ChannelSettings {
  zalo?: ZaloSettings;
  zaloUrls: { openApi: string; oauth: string; template: string };
  messenger?: MessengerSettings;
  graph: { url: string; version: string };
}

export interface ChannelParts {
  tokens: AccountTokenStore;
  clock: Clock;
  log: Log;
  /** One for all channels of the process. */
  governor: Governor;
  onSend: SendObserver;
  /** Where pictures and files that staff send are read. */
  files?: OwnFileSource;
  /** In place of Zalo's own limit of calls; for benchmarks, whose platform has none. */
  zaloRate?: RateLimit;
}

export function createChannels(settings: ChannelSettings, parts: ChannelParts): Channel[] {
  const channels: Channel[] = [];
  if (settings.zalo !== undefined) channels.push(zaloChannel(settings.zalo, settings, parts));
  if (settings.messenger !== undefined) channels.push(messengerChannel(settings.messenger, settings, parts));
  return channels;
}

function zaloChannel(zalo: ZaloSettings, { zaloUrls }: ChannelSettings, parts: ChannelParts): Channel {
  const { appId, appSecret, oaId, oaSecretKeys, accessToken = '', refreshToken = '' } = zalo;
  const { tokens, clock, log, governor, onSend, zaloRate, files } = parts;
  return createZaloChannel({
    app: { id: appId, secret: appSecret },
    accounts: [{ oaId, oaSecretKeys }],
    urls: { api: zaloUrls.openApi, oauth: zaloUrls.oauth, template: zaloUrls.template },
    tokens,
    seedTokens: { [oaId]: { accessToken, refreshToken } },
    clock,
    governor,
    ...(zaloRate === undefined ? {} : { rate: zaloRate }),
    ...(files === undefined ? {} : { files }),
    onSend,
    log,
  });
}

function messengerChannel(
  messenger: MessengerSettings,
  { graph }: ChannelSettings,
  { log, governor, onSend, files }: ChannelParts,
): Channel {
  const { appId, appSecrets, pageId, pageAccessToken, verifyToken } = messenger;
  const [secret = '', ...webhookKeys] = appSecrets;
  return createMessengerChannel({
    app: { id: appId, secret, webhookKeys },
    accounts: [{ pageId, accessToken: pageAccessToken }],
    verifyToken,
    urls: { graph: graph.url },
    graphVersion: graph.version,
    ...(files === undefined ? {} : { files }),
    governor,
    onSend,
    log,
  });
}
