// REDIS_URL, plain or Sentinel, and how every connection behaves. No connection is made here.
import type { RedisOptions } from 'ioredis';
import { CodedError } from '../../../lib/errors.js';

const SENTINEL_PORT = 26_379;
const REDIS_PORT = 6379;
const SENTINEL_FORM = /^(rediss?)\+sentinel:\/\/(?:([^@/]*)@)?([^/?#]+)\/([^/?#]+)(?:\/(\d+))?(?:\?([^#]*))?$/;

/**
 * `redis://[user:password@]host[:port][/database]`, with TLS `rediss://…`; through Sentinel
 * `redis+sentinel://[user:password@]host[:port],host[:port],…/group[/database][?sentinel-user=…&sentinel-password=…]`,
 * with TLS `rediss+sentinel://…`. Throws CodedError `redis.url`, which never holds the URL itself.
 */
export function redisOptions(url: string, connectionName: string): Omit<RedisOptions, 'replyMapping'> {
  const address = url.includes('+sentinel:') ? sentinelAddress(url) : plainAddress(url);
  return {
    ...address,
    connectionName,
    // Nothing is sent behind a caller's back: what was in flight when a connection broke is the caller's to repeat.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    autoResubscribe: false,
    protocol: 2,
    connectTimeout: 2000,
    disconnectTimeout: 500,
    maxLoadingRetryTime: 500,
    keepAlive: 10_000,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 5), 1000) * (0.75 + Math.random() / 2),
  };
}

function plainAddress(text: string): RedisOptions {
  if (!URL.canParse(text)) throw unusable();
  const url = new URL(text);
  const database = /^\/?(\d*)$/.exec(url.pathname)?.[1];
  if (!/^rediss?:$/.test(url.protocol) || url.hostname === '' || database === undefined) throw unusable();
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? REDIS_PORT : Number(url.port),
    db: Number(database),
    ...credentials(url.username, url.password),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

function sentinelAddress(text: string): RedisOptions {
  const found = SENTINEL_FORM.exec(text);
  if (found === null) throw unusable();
  const [, scheme, login = '', hosts = '', group = '', database = '0', query = ''] = found;
  const [user = '', password = ''] = login.split(':');
  const settings = new URLSearchParams(query);
  const sentinelUser = settings.get('sentinel-user');
  const sentinelPassword = settings.get('sentinel-password');
  return {
    sentinels: hosts.split(',').map(hostAndPort),
    name: decoded(group),
    db: Number(database),
    ...credentials(user, password),
    ...(sentinelUser === null ? {} : { sentinelUsername: sentinelUser }),
    ...(sentinelPassword === null ? {} : { sentinelPassword }),
    ...(scheme === 'rediss' ? { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true } : {}),
    sentinelRetryStrategy: () => 250,
    // A sentinel that tells of a failover ends connections to the old primary at once.
    failoverDetector: true,
  };
}

function hostAndPort(text: string): { host: string; port: number } {
  const [, bracketed, plain, port = String(SENTINEL_PORT)] =
    /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) throw unusable();
  return { host, port: Number(port) };
}

function credentials(user: string, password: string): RedisOptions {
  return {
    ...(user === '' ? {} : { username: decoded(user) }),
    ...(password === '' ? {} : { password: decoded(password) }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unusable();
  }
}

function unusable(): CodedError {
  return new CodedError(
    'redis.url',
    'REDIS_URL: redis://[user:password@]host[:port][/database] or redis+sentinel://host:port,host:port/group; rediss for TLS',
  );
}
