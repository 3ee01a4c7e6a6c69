// What REDIS_URL may look like, and which servers are refused at the start.
import { redisOptions } from '../../src/storage/cluster/redis/address.js';
import { checkRedisDurability } from '../../src/storage/cluster/redis/durability.js';
import { describeWithRedis, RedisServer } from './redis-server.js';
import { closeHomes, openHome } from './redis-stage.js';
import { removeTemporaryFolders } from './temporary.js';

describe('the address of Redis', () => {
  it.each([
    ['redis://redis', { host: 'redis', port: 6379, db: 0 }],
    ['redis://10.0.0.5:6380/3', { host: '10.0.0.5', port: 6380, db: 3 }],
    ['redis://:p%40ss@redis:6379', { host: 'redis', password: 'p@ss' }],
    ['rediss://user:secret@redis/', { host: 'redis', username: 'user', password: 'secret', tls: {} }],
    ['redis://[::1]:7000', { host: '::1', port: 7000 }],
    [
      'redis+sentinel://one,two:26380/shop',
      {
        sentinels: [
          { host: 'one', port: 26379 },
          { host: 'two', port: 26380 },
        ],
        name: 'shop',
        db: 0,
      },
    ],
    [
      'redis+sentinel://u:p%3A@[::1]:1/my%20shop/2?sentinel-user=s&sentinel-password=t',
      {
        sentinels: [{ host: '::1', port: 1 }],
        name: 'my shop',
        db: 2,
        username: 'u',
        password: 'p:',
        sentinelUsername: 's',
        sentinelPassword: 't',
      },
    ],
    ['rediss+sentinel://one/shop', { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true }],
  ])('understands %s', (url, expected) => {
    expect(redisOptions(url, 'test')).toMatchObject(expected);
  });

  it.each([
    'redis:///',
    'http://redis',
    'redis://redis/x',
    'redis+sentinel://one',
    'redis+sentinel:///shop',
    'redis+sentinel://one:port/shop',
    'redis://user:%ZZsecret@redis',
    'nonsense',
  ])('refuses %s without repeating it', (url) => {
    expect(() => redisOptions(url, 'test')).toThrow(expect.objectContaining({ code: 'redis.url' }));
    expect(() => redisOptions(url, 'test')).not.toThrow(url);
  });
});

describe('the check of what Redis may forget', () => {
  const server = (more: Record<string, string> = {}, config: () => Promise<string[]> = async () => []) => {
    const facts = { redis_version: '7.2.1', aof_enabled: '1', maxmemory_policy: 'noeviction', ...more };
    const info = Object.entries(facts).map(([name, value]) => `${name}:${value}`);
    return { info: async () => `# Server\r\n${info.join('\r\n')}\r\n`, config } as Parameters<
      typeof checkRedisDurability
    >[0];
  };
  const always = async () => ['appendfsync', 'always'];
  const strict = { allowLossy: false, minReplicas: 0 };

  it.each([
    ['a durable one', server({}, always), strict, undefined],
    ['an old one', server({ redis_version: '6.2.14' }, always), { allowLossy: true, minReplicas: 0 }, 'redis.version'],
    ['one without a log', server({ aof_enabled: '0' }, always), strict, 'redis.appendonly'],
    ['one that drops keys', server({ maxmemory_policy: 'allkeys-lru' }, always), strict, 'redis.maxmemory-policy'],
    ['one that syncs now and then', server({}, async () => ['appendfsync', 'everysec']), strict, 'redis.appendfsync'],
    ['one that hides how it syncs', server({}, () => Promise.reject(new Error('NOPERM'))), strict, 'redis.appendfsync'],
    [
      'one that syncs now and then beside a replica',
      server({}, async () => ['appendfsync', 'everysec']),
      { allowLossy: false, minReplicas: 1 },
      undefined,
    ],
    [
      'one that may lose everything, if that is wanted',
      server({ aof_enabled: '0', maxmemory_policy: 'allkeys-lru' }),
      { allowLossy: true, minReplicas: 0 },
      undefined,
    ],
  ])('of %s', async (_, redis, options, code) => {
    const verdict = await checkRedisDurability(redis, options).then(
      () => undefined,
      (error: { code: string }) => error.code,
    );
    expect(verdict).toBe(code);
  });
});

describeWithRedis('a real server', () => {
  afterAll(() => {
    closeHomes();
    removeTemporaryFolders();
  });

  it('that forgets is refused with the name of the setting, unless it is allowed to', async () => {
    const server = await RedisServer.start({ appendonly: 'no' });
    try {
      await expect(openHome(server.url)).rejects.toMatchObject({
        code: 'redis.appendonly',
        message: expect.stringContaining('REDIS_MAY_LOSE_MESSAGES=yes'),
      });
      await (await openHome(server.url, { allowLossy: true })).turns.ping();
    } finally {
      await server.kill();
    }
  });

  it('that wants another password says so', async () => {
    const server = await RedisServer.start();
    const client = server.client();
    try {
      await client.config('SET', 'requirepass', 'right');
      const wrong = server.url.replace('redis://', 'redis://:wrong@');
      await expect(openHome(wrong, { connectWithinMs: 300 })).rejects.toMatchObject({
        name: 'StorageUnavailable',
        code: 'redis.wrongpass',
      });
      await (await openHome(server.url.replace('redis://', 'redis://:right@'))).turns.ping();
    } finally {
      client.disconnect();
      await server.kill();
    }
  });
});
