// Every setting: type, default, meaning. Read once at the start; a wrong or unknown one stops it with a hint.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ChannelSettings, MessengerSettings, ZaloSettings } from './channels/create.js';
import { MESSENGER_MEDIA_HOSTS } from './channels/messenger/limits.js';
import { ZALO_MEDIA_HOSTS } from './channels/zalo/limits.js';
import type { ChannelName } from './lib/ids.js';
import { nearest } from './lib/nearest.js';
import { problemOfBody, type SmsGatewayOptions } from './otp/sms-gateway.js';

const flagless = z.string().trim();
const url = flagless.pipe(z.url({ protocol: /^https?$/ })).transform((text) => text.replace(/\/+$/, ''));
const MEDIA_HOST = /^(https?:\/\/[a-z0-9.:[\]-]+|[a-z0-9-]+(\.[a-z0-9-]+)+)$/;
const idDigits = flagless.regex(/^\d{5,25}$/, 'digits only, as the platform shows it');
/** Domains, or origins for tests and simulators; separated by commas. */
const mediaHosts = flagless
  .transform((text) => text.split(',').map((part) => part.trim().replace(/\/+$/, '').toLowerCase()))
  .refine((hosts) => hosts.every((host) => MEDIA_HOST.test(host)), 'domains such as example.com, separated by commas');
const secret = flagless.min(1).max(4000);
/** During a rotation two secrets are accepted: the new one first, separated by a comma. */
const secretPair = secret
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .refine((parts) => parts.length > 0, 'there is no secret in it');

const settings = {
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_URL: url.optional(),
  DATA_DIR: flagless.min(1).default('data'),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DATA_KEY: flagless.optional(),
  REDIS_URL: flagless
    .regex(/^rediss?(\+sentinel)?:\/\/.+/, 'must start with redis://, rediss:// or redis+sentinel://')
    .optional(),
  REDIS_MIN_REPLICAS: z.coerce.number().int().min(0).max(5).default(0),
  REDIS_MAY_LOSE_MESSAGES: z.enum(['yes', 'no'], 'yes or no').default('no'),
  MONGODB_URI: flagless.regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://').optional(),
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
  OTP_SMS_URL: url.optional(),
  OTP_SMS_TOKEN: secret.optional(),
  OTP_SMS_BODY: flagless
    .superRefine((body, context) => {
      const problem = problemOfBody(body);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .default('{"to":"{phone}","text":"{text}"}'),
  OTP_ZALO_TEMPLATE: idDigits.optional(),
  OTP_ZALO_PARAMETER: flagless.regex(/^\w{1,40}$/, 'a name of letters, digits and _').default('otp'),
  PORTAL_URL: url.optional(),
  PORTAL_API_KEY: secret.optional(),
  PORTAL_WEBHOOK_SECRET: secretPair.optional(),
  PORTAL_POLL_MINUTES: z.coerce.number().int().min(0).max(1440).default(0),
  CATALOGUE_FILE: flagless.min(1).optional(),
  FEEDBACK_CONTACT: z.enum(['required', 'optional'], 'required or optional').default('required'),
  NOTICES_FILE: flagless.min(1).optional(),
  HOLIDAYS_FILE: flagless.min(1).optional(),
  QUESTIONNAIRE_FILE: flagless.min(1).optional(),
  AGENCIES_FILE: flagless.min(1).optional(),
} as const;

type Settings = { [Name in keyof typeof settings]: z.output<(typeof settings)[Name]> };

export type Role = Settings['ROLE'];

/** One machine, or Redis and MongoDB for several processes. */
export type StorageSettings =
  | { home: 'embedded' }
  | { home: 'cluster'; redisUrl: string; minReplicas: number; mayLoseMessages: boolean; mongoUri: string };

export interface Config {
  port: number;
  /** `web` accepts, `worker` takes turns, `all` does both. */
  role: Role;
  storage: StorageSettings;
  publicUrl?: string;
  dataDir: string;
  logLevel: Settings['LOG_LEVEL'];
  /** 32 bytes each, the current one first; undefined: the embedded home keeps one of its own. */
  dataKeys?: Buffer[];
  channels: ChannelSettings;
  /** Where pictures that citizens sent may be fetched from. */
  mediaHosts: Record<ChannelName, string[]>;
  /** How one-time codes reach phones. */
  otpSms?: SmsGatewayOptions;
  otpZalo?: { template: string; parameter: string };
  portal?: { url: string; apiKey?: string };
  portalWebhookSecrets: string[];
  /** 0: the portal tells of changes itself. */
  portalPollMinutes: number;
  catalogueFile?: string;
  /** Whether a citizen may send a report without a name and number. */
  feedbackContact: 'required' | 'optional';
  noticesFile?: string;
  holidaysFile?: string;
  questionnaireFile?: string;
  agenciesFile?: string;
  /** Channels that are off, with what is missing. */
  notes: string[];
}

/** All problems at once, each with the setting's name and a hint. Never contains a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`The settings are not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Families of names that are ours: an unknown one in them is a slip. */
const OURS = /^(ZALO|MESSENGER|PORTAL|OTP|DESK|REDIS_MIN|REDIS_MAY)_/;
const LATER = new Set(['CHANNELS_FILE', 'DESK_ADMIN_USERNAME', 'DESK_ADMIN_PASSWORD', 'SESSION_SECRET']);

export type Environment = Readonly<Record<string, string | undefined>>;

/** `NAME_FILE` points to a file that holds the value of `NAME`. */
export function readConfig(
  env: Environment,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Config {
  const problems = unknownNames(env);
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(settings)) {
    const raw = rawValue(env, name, readFile, problems);
    const parsed = schema.safeParse(raw);
    if (parsed.success) values[name] = parsed.data;
    else problems.push(`${name}: ${parsed.error.issues[0]?.message ?? 'not usable'} (see .env.example)`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const read = values as Settings;
  const config = combine(read, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function rawValue(
  env: Environment,
  name: string,
  readFile: (path: string) => string,
  problems: string[],
): string | undefined {
  const direct = env[name];
  const file = env[`${name}_FILE`];
  // An empty value counts as not given, as env files and container tools leave them.
  if (file === undefined || file === '') return direct === '' ? undefined : direct;
  if (direct !== undefined && direct !== '') {
    problems.push(`${name}: give it directly or as ${name}_FILE, not both`);
    return undefined;
  }
  try {
    return readFile(file).trim();
  } catch {
    problems.push(`${name}_FILE: the file cannot be read`);
    return undefined;
  }
}

function unknownNames(env: Environment): string[] {
  const known = Object.keys(settings);
  const problems: string[] = [];
  for (const name of Object.keys(env)) {
    const base = name.endsWith('_FILE') && !known.includes(name) ? name.slice(0, -'_FILE'.length) : name;
    if (known.includes(name) || known.includes(base) || LATER.has(name)) continue;
    // Short names are near to too much of what stands in an environment.
    const near = nearest(
      name,
      known.filter((candidate) => candidate.length >= 8),
      2,
    );
    if (near !== undefined) problems.push(`${name} is not a setting: did you mean ${near}?`);
    else if (OURS.test(name)) problems.push(`${name} is not a setting (see .env.example)`);
  }
  return problems;
}

function combine(read: Settings, problems: string[]): Config {
  const notes: string[] = [];
  const storage = storageSettings(read, problems);
  const dataKeys = parseDataKeys(read.DATA_KEY, problems);
  if (storage.home === 'cluster' && read.DATA_KEY === undefined) {
    problems.push('DATA_KEY: needed with REDIS_URL: all processes must share one (openssl rand -base64 32)');
  }
  const zalo = zaloSettings(read, problems, notes);
  if (read.OTP_ZALO_TEMPLATE !== undefined && zalo === undefined)
    problems.push('OTP_ZALO_TEMPLATE: needs Zalo to be configured (ZALO_APP_ID and the others)');
  const messenger = messengerSettings(read, problems, notes);
  if (read.PORTAL_URL === undefined)
    notes.push('portal: off (PORTAL_URL is not set); dossier questions are answered with the national portal’s link');
  return {
    port: read.PORT,
    role: read.ROLE,
    storage,
    ...(read.PUBLIC_URL === undefined ? {} : { publicUrl: read.PUBLIC_URL }),
    dataDir: read.DATA_DIR,
    logLevel: read.LOG_LEVEL,
    ...(dataKeys === undefined ? {} : { dataKeys }),
    channels: {
      ...(zalo === undefined ? {} : { zalo }),
      zaloUrls: { openApi: read.ZALO_API_URL, oauth: read.ZALO_OAUTH_URL, template: read.ZALO_TEMPLATE_API_URL },
      ...(messenger === undefined ? {} : { messenger }),
      graph: { url: read.MESSENGER_GRAPH_URL, version: read.MESSENGER_GRAPH_VERSION },
    },
    mediaHosts: { zalo: read.ZALO_MEDIA_HOSTS, messenger: read.MESSENGER_MEDIA_HOSTS },
    ...(read.OTP_ZALO_TEMPLATE === undefined
      ? {}
      : { otpZalo: { template: read.OTP_ZALO_TEMPLATE, parameter: read.OTP_ZALO_PARAMETER } }),
    ...(read.OTP_SMS_URL === undefined
      ? {}
      : {
          otpSms: {
            url: read.OTP_SMS_URL,
            body: read.OTP_SMS_BODY,
            ...(read.OTP_SMS_TOKEN === undefined ? {} : { token: read.OTP_SMS_TOKEN }),
          },
        }),
    ...(read.PORTAL_URL === undefined
      ? {}
      : {
          portal: {
            url: read.PORTAL_URL,
            ...(read.PORTAL_API_KEY === undefined ? {} : { apiKey: read.PORTAL_API_KEY }),
          },
        }),
    portalWebhookSecrets: read.PORTAL_WEBHOOK_SECRET ?? [],
    feedbackContact: read.FEEDBACK_CONTACT,
    portalPollMinutes: read.PORTAL_POLL_MINUTES,
    ...(read.CATALOGUE_FILE === undefined ? {} : { catalogueFile: read.CATALOGUE_FILE }),
    ...(read.NOTICES_FILE === undefined ? {} : { noticesFile: read.NOTICES_FILE }),
    ...(read.HOLIDAYS_FILE === undefined ? {} : { holidaysFile: read.HOLIDAYS_FILE }),
    ...(read.QUESTIONNAIRE_FILE === undefined ? {} : { questionnaireFile: read.QUESTIONNAIRE_FILE }),
    ...(read.AGENCIES_FILE === undefined ? {} : { agenciesFile: read.AGENCIES_FILE }),
    notes,
  };
}

function storageSettings(read: Settings, problems: string[]): StorageSettings {
  const { REDIS_URL: redisUrl, MONGODB_URI: mongoUri } = read;
  if (redisUrl !== undefined && mongoUri !== undefined) {
    const mayLoseMessages = read.REDIS_MAY_LOSE_MESSAGES === 'yes';
    return { home: 'cluster', redisUrl, mongoUri, minReplicas: read.REDIS_MIN_REPLICAS, mayLoseMessages };
  }
  if (redisUrl !== undefined) problems.push('MONGODB_URI: needed beside REDIS_URL; give both or neither');
  if (mongoUri !== undefined) problems.push('REDIS_URL: needed beside MONGODB_URI; give both or neither');
  if (read.ROLE !== 'all') {
    problems.push('ROLE: without REDIS_URL and MONGODB_URI one process does everything; only "all" is possible');
  }
  return { home: 'embedded' };
}

function parseDataKeys(text: string | undefined, problems: string[]): Buffer[] | undefined {
  if (text === undefined) return undefined;
  const keys = text.split(',').map((part) => Buffer.from(part.trim(), 'base64'));
  if (keys.some((key) => key.length !== 32)) {
    problems.push(
      'DATA_KEY: 32 bytes in base64 (for example from: openssl rand -base64 32); older keys may follow after commas',
    );
    return undefined;
  }
  return keys;
}

/** Undefined when the channel is off; a problem when it is only half configured. */
function complete<Name extends keyof Settings>(
  channel: string,
  needed: readonly Name[],
  read: Settings,
  problems: string[],
  notes: string[],
): boolean {
  const missing = needed.filter((name) => read[name] === undefined);
  if (missing.length === 0) return true;
  if (missing.length === needed.length) notes.push(`${channel}: off (${needed[0]} and the others are not set)`);
  else for (const name of missing) problems.push(`${name}: needed, because ${channel} is configured`);
  return false;
}

function zaloSettings(read: Settings, problems: string[], notes: string[]): ZaloSettings | undefined {
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

function messengerSettings(read: Settings, problems: string[], notes: string[]): MessengerSettings | undefined {
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
