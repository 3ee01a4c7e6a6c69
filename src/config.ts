// Every setting: type, default, meaning. Read once at the start; a wrong or unknown one stops it with a hint.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ChannelSettings } from './channels/create.js';
import { channelAccounts, channelSettings } from './config/channel-accounts.js';
import { flagless, idDigits, secret, secretPair, url } from './config/shapes.js';
import { LONGEST, SHORTEST } from './desk/passwords.js';
import { usernameSchema } from './desk/staff-ids.js';
import type { ChannelName } from './lib/ids.js';
import { nearest } from './lib/nearest.js';
import { problemOfBody, type SmsGatewayOptions } from './otp/sms-gateway.js';

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
  ...channelAccounts,
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
  DESK_ADMIN_USERNAME: usernameSchema.optional(),
  DESK_ADMIN_PASSWORD: z.string().min(SHORTEST).max(LONGEST).optional(),
  SESSION_SECRET: secretPair
    .refine((parts) => parts.every((part) => part.length >= 32), 'at least 32 characters (openssl rand -base64 32)')
    .optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  AGENCIES_FILE: flagless.min(1).optional(),
} as const;

/** As they stand in the environment, each once. */
export const SETTING_NAMES: readonly string[] = Object.keys(settings);

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
  /** Created at the start while nobody may sign in at the desk. */
  deskAdmin?: { username: string; password: string };
  /** The current one first; undefined: made from DATA_KEY. */
  sessionSecrets?: Buffer[];
  /** Proxies before this server, whose word about a client's address counts. */
  trustProxy: number;
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
const LATER = new Set(['CHANNELS_FILE']);

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
  const known = SETTING_NAMES;
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
  const channels = channelSettings(read, problems, notes);
  if (read.OTP_ZALO_TEMPLATE !== undefined && channels.zalo === undefined)
    problems.push('OTP_ZALO_TEMPLATE: needs Zalo to be configured (ZALO_APP_ID and the others)');
  if (read.DESK_ADMIN_USERNAME !== undefined && read.PUBLIC_URL?.startsWith('https:') && read.TRUST_PROXY === 0)
    notes.push(
      'desk: TRUST_PROXY is 0: if a proxy stands before this server, wrong passwords of one close the desk for all',
    );
  const deskAdmin = deskAdminIn(read, problems);
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
    channels,
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
    ...(deskAdmin === undefined ? {} : { deskAdmin }),
    ...(read.SESSION_SECRET === undefined
      ? {}
      : { sessionSecrets: read.SESSION_SECRET.map((part) => Buffer.from(part)) }),
    trustProxy: read.TRUST_PROXY,
    notes,
  };
}

function deskAdminIn(read: Settings, problems: string[]): Config['deskAdmin'] {
  const { DESK_ADMIN_USERNAME: username, DESK_ADMIN_PASSWORD: password } = read;
  if (username !== undefined && password !== undefined) return { username, password };
  if (username !== undefined) problems.push('DESK_ADMIN_PASSWORD: needed beside DESK_ADMIN_USERNAME');
  if (password !== undefined) problems.push('DESK_ADMIN_USERNAME: needed beside DESK_ADMIN_PASSWORD');
  return undefined;
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
