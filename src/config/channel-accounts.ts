// The settings of the platforms and their accounts: which there are, and what they make of a channel.
import type { z } from 'zod';
import type { ChannelSettings, MessengerSettings, ZaloSettings } from '../channels/create.js';
import { MESSENGER_MEDIA_HOSTS } from '../channels/messenger/limits.js';
import { ZALO_MEDIA_HOSTS } from '../channels/zalo/limits.js';
import { flagless, idDigits, mediaHosts, secret, secretPair, url } from './shapes.js';

export const channelAccounts = {
  ZALO_APP_ID: idDigits.optional(),
  ZALO_APP_SECRET: secret.optional(),
  ZALO_OA_ID: idDigits.optional(),
  ZALO_OA_SECRET_KEY: secretPair.optional(),
  ZALO_ACCESS_TOKEN: secret.optional(),
  ZALO_REFRESH_TOKEN: secret.optional(),
  ZALO_API_URL: url.default('https://openapi.zalo.me'),
  ZALO_OAUTH_URL: url.default('https://oauth.zaloapp.com'),
  ZALO_TEMPLATE_API_URL: url.default('https://business.openapi.zalo.me'),
  ZALO_MEDIA_HOSTS: mediaHosts.default([...ZALO_MEDIA_HOSTS]),
  MESSENGER_APP_ID: idDigits.optional(),
  MESSENGER_APP_SECRET: secretPair.optional(),
  MESSENGER_PAGE_ID: idDigits.optional(),
  MESSENGER_PAGE_ACCESS_TOKEN: secret.optional(),
  MESSENGER_VERIFY_TOKEN: secret.optional(),
  MESSENGER_GRAPH_URL: url.default('https://graph.facebook.com'),
  MESSENGER_GRAPH_VERSION: flagless.regex(/^v\d{1,3}\.\d$/, 'such as v25.0').default('v25.0'),
  MESSENGER_MEDIA_HOSTS: mediaHosts.default([...MESSENGER_MEDIA_HOSTS]),
} as const;

type Accounts = { [Name in keyof typeof channelAccounts]: z.output<(typeof channelAccounts)[Name]> };

/** `problems` and `notes` grow by what is wrong and what is off. */
export function channelSettings(read: Accounts, problems: string[], notes: string[]): ChannelSettings {
  const zalo = zaloSettings(read, problems, notes);
  const messenger = messengerSettings(read, problems, notes);
  return {
    ...(zalo === undefined ? {} : { zalo }),
    zaloUrls: { openApi: read.ZALO_API_URL, oauth: read.ZALO_OAUTH_URL, template: read.ZALO_TEMPLATE_API_URL },
    ...(messenger === undefined ? {} : { messenger }),
    graph: { url: read.MESSENGER_GRAPH_URL, version: read.MESSENGER_GRAPH_VERSION },
  };
}

/** Undefined when the channel is off; a problem when it is only half configured. */
function complete<Name extends keyof Accounts>(
  channel: string,
  needed: readonly Name[],
  read: Accounts,
  problems: string[],
  notes: string[],
): boolean {
  const missing = needed.filter((name) => read[name] === undefined);
  if (missing.length === 0) return true;
  if (missing.length === needed.length) notes.push(`${channel}: off (${needed[0]} and the others are not set)`);
  else for (const name of missing) problems.push(`${name}: needed, because ${channel} is configured`);
  return false;
}

function zaloSettings(read: Accounts, problems: string[], notes: string[]): ZaloSettings | undefined {
  if (!complete('zalo', ['ZALO_APP_ID', 'ZALO_APP_SECRET', 'ZALO_OA_ID', 'ZALO_OA_SECRET_KEY'], read, problems, notes))
    return undefined;
  if (read.ZALO_REFRESH_TOKEN === undefined && read.ZALO_ACCESS_TOKEN !== undefined) {
    notes.push('zalo: ZALO_REFRESH_TOKEN is not set; sending stops when the access token ends (25 hours)');
  }
  return {
    appId: read.ZALO_APP_ID ?? '',
    appSecret: read.ZALO_APP_SECRET ?? '',
    oaId: read.ZALO_OA_ID ?? '',
    oaSecretKeys: read.ZALO_OA_SECRET_KEY ?? [],
    ...(read.ZALO_ACCESS_TOKEN === undefined ? {} : { accessToken: read.ZALO_ACCESS_TOKEN }),
    ...(read.ZALO_REFRESH_TOKEN === undefined ? {} : { refreshToken: read.ZALO_REFRESH_TOKEN }),
  };
}

function messengerSettings(read: Accounts, problems: string[], notes: string[]): MessengerSettings | undefined {
  const needed = [
    'MESSENGER_APP_SECRET',
    'MESSENGER_PAGE_ID',
    'MESSENGER_PAGE_ACCESS_TOKEN',
    'MESSENGER_VERIFY_TOKEN',
  ] as const;
  if (!complete('messenger', needed, read, problems, notes)) return undefined;
  if (read.MESSENGER_APP_ID === undefined)
    notes.push('messenger: MESSENGER_APP_ID is not set; our own echoes are known by their mark only');
  return {
    appId: read.MESSENGER_APP_ID ?? '',
    appSecrets: read.MESSENGER_APP_SECRET ?? [],
    pageId: read.MESSENGER_PAGE_ID ?? '',
    pageAccessToken: read.MESSENGER_PAGE_ACCESS_TOKEN ?? '',
    verifyToken: read.MESSENGER_VERIFY_TOKEN ?? '',
  };
}
