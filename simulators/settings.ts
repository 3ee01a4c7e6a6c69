// The simulators' environment variables: name, meaning, default. A wrong or unknown one stops the start with a sentence.
import { z } from 'zod';
import { demoAccounts, type SimulatorAccounts } from './accounts.js';

const { zalo, messenger, portal, sms } = demoAccounts;
const word = z.string().max(500);
const digits = z.string().regex(/^\d{1,20}$/, 'must be 1 to 20 digits, as ids are on the platforms');

const variables = z.strictObject({
  /** One port for the phone page and everything simulated; 0 takes a free one. */
  SIM_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number, 0 to 65535')
    .default(4000),
  /** The bot that the webhooks go to. */
  BOT_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:3000' })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('http://127.0.0.1:3000'),
  SIM_ZALO_APP_ID: digits.default(zalo.appId),
  SIM_ZALO_APP_SECRET: word.default(zalo.appSecret),
  SIM_ZALO_OA_ID: digits.default(zalo.oaId),
  SIM_ZALO_OA_NAME: word.default(zalo.oaName),
  SIM_ZALO_OA_SECRET_KEY: word.default(zalo.oaSecretKey),
  SIM_ZALO_ACCESS_TOKEN: word.default(zalo.accessToken),
  SIM_ZALO_REFRESH_TOKEN: word.default(zalo.refreshToken),
  SIM_MESSENGER_APP_ID: digits.default(messenger.appId),
  SIM_MESSENGER_APP_SECRET: word.default(messenger.appSecret),
  SIM_MESSENGER_PAGE_ID: digits.default(messenger.pageId),
  SIM_MESSENGER_PAGE_NAME: word.default(messenger.pageName),
  SIM_MESSENGER_PAGE_ACCESS_TOKEN: word.default(messenger.pageAccessToken),
  SIM_MESSENGER_VERIFY_TOKEN: word.default(messenger.verifyToken),
  SIM_PORTAL_API_KEY: word.default(portal.apiKey),
  SIM_PORTAL_WEBHOOK_SECRET: word.default(portal.webhookSecret),
  SIM_SMS_TOKEN: word.default(sms.token),
});

export interface SimulatorSettings {
  port: number;
  botUrl: string;
  accounts: SimulatorAccounts;
}

/** Its message names the variable and what it should be, for the terminal. */
export class WrongSetting extends Error {}

/** Reads `SIM_…` and `BOT_URL`; an empty variable counts as not set. Throws WrongSetting. */
export function readSimulatorSettings(environment: NodeJS.ProcessEnv): SimulatorSettings {
  const given = Object.entries(environment).filter(
    ([name, value]) => (name.startsWith('SIM_') || name === 'BOT_URL') && value !== undefined && value !== '',
  );
  const read = variables.safeParse(Object.fromEntries(given));
  if (!read.success) throw new WrongSetting(read.error.issues.map(sentence).join('\n'));
  const v = read.data;
  return {
    port: v.SIM_PORT,
    botUrl: v.BOT_URL,
    accounts: {
      zalo: {
        appId: v.SIM_ZALO_APP_ID,
        appSecret: v.SIM_ZALO_APP_SECRET,
        oaId: v.SIM_ZALO_OA_ID,
        oaName: v.SIM_ZALO_OA_NAME,
        oaSecretKey: v.SIM_ZALO_OA_SECRET_KEY,
        accessToken: v.SIM_ZALO_ACCESS_TOKEN,
        refreshToken: v.SIM_ZALO_REFRESH_TOKEN,
      },
      messenger: {
        appId: v.SIM_MESSENGER_APP_ID,
        appSecret: v.SIM_MESSENGER_APP_SECRET,
        pageId: v.SIM_MESSENGER_PAGE_ID,
        pageName: v.SIM_MESSENGER_PAGE_NAME,
        pageAccessToken: v.SIM_MESSENGER_PAGE_ACCESS_TOKEN,
        verifyToken: v.SIM_MESSENGER_VERIFY_TOKEN,
      },
      portal: { apiKey: v.SIM_PORTAL_API_KEY, webhookSecret: v.SIM_PORTAL_WEBHOOK_SECRET },
      sms: { token: v.SIM_SMS_TOKEN },
    },
  };
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return `${issue.path.join('.')} ${issue.message}`;
  const known = Object.keys(variables.shape).join(' ');
  return `${issue.keys.join(', ')}: no such setting. Known are ${known}`;
}
