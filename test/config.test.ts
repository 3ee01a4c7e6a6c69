import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Environment, readConfig, SETTING_NAMES } from '../src/config.js';

const SECRET = 'do-not-print-me';
const KEY = Buffer.alloc(32, 7).toString('base64');

const zalo = {
  ZALO_APP_ID: '1000200030004000500',
  ZALO_APP_SECRET: SECRET,
  ZALO_OA_ID: '2000300040005000600',
  ZALO_OA_SECRET_KEY: SECRET,
};
const messenger = {
  MESSENGER_APP_SECRET: SECRET,
  MESSENGER_PAGE_ID: '1111111111000001',
  MESSENGER_PAGE_ACCESS_TOKEN: SECRET,
  MESSENGER_VERIFY_TOKEN: SECRET,
};

/** The problems that `env` is refused for; none when it is taken. */
function problems(env: Environment, files: Record<string, string> = {}): readonly string[] {
  try {
    readConfig(env, (path) => {
      const text = files[path];
      if (text === undefined) throw new Error('no such file');
      return text;
    });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/** `env` without one of its names. */
function without(env: Environment, name: string): Environment {
  return Object.fromEntries(Object.entries(env).filter(([key]) => key !== name));
}

describe('with no settings', () => {
  const config = readConfig({});

  it('starts on the usual port with embedded storage in data/', () => {
    expect(config).toMatchObject({ port: 3000, dataDir: 'data', logLevel: 'info', portalWebhookSecrets: [] });
    expect(config.dataKeys).toBeUndefined();
  });

  it('has both channels and the portal off, and says so', () => {
    expect(config.channels.zalo).toBeUndefined();
    expect(config.channels.messenger).toBeUndefined();
    expect(config.portal).toBeUndefined();
    expect(config.notes.map((note) => note.slice(0, note.indexOf(' (')))).toEqual([
      'zalo: off',
      'messenger: off',
      'portal: off',
    ]);
  });

  it('talks to the real platforms', () => {
    expect(config.channels.zaloUrls).toEqual({
      openApi: 'https://openapi.zalo.me',
      oauth: 'https://oauth.zaloapp.com',
      template: 'https://business.openapi.zalo.me',
    });
    expect(config.channels.graph).toEqual({ url: 'https://graph.facebook.com', version: 'v25.0' });
  });
});

describe('a wrong value', () => {
  it.each([
    ['PORT', 'three thousand'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PUBLIC_URL', 'bot.example.gov.vn'],
    ['PUBLIC_URL', 'ftp://bot.example.gov.vn'],
    ['ROLE', 'boss'],
    ['LOG_LEVEL', 'loud'],
    ['DATA_KEY', 'c2hvcnQ='],
    ['DATA_KEY', `${KEY},c2hvcnQ=`],
    ['REDIS_URL', 'http://127.0.0.1:6379'],
    ['REDIS_MIN_REPLICAS', '9'],
    ['REDIS_MAY_LOSE_MESSAGES', 'perhaps'],
    ['MONGODB_URI', 'postgres://127.0.0.1/db'],
    ['ZALO_APP_ID', 'my-app-named-x'],
    ['ZALO_OA_ID', '123'],
    ['ZALO_API_URL', 'openapi zalo me'],
    ['MESSENGER_PAGE_ID', '1111-2222-3333'],
    ['MESSENGER_GRAPH_VERSION', 'latest'],
    ['PORTAL_URL', 'portal/path'],
    ['DESK_ADMIN_USERNAME', 'Quản trị'],
    ['DESK_ADMIN_PASSWORD', 'too-short'],
    ['SESSION_SECRET', 'not-thirty-two-characters-long'],
    ['TRUST_PROXY', 'everybody'],
  ])('of %s (%j) is refused by name with a hint and is not repeated', (name, value) => {
    const found = problems({ [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name}: .{8,}`));
    expect(found[0]).not.toContain(value);
  });

  it('does not hide the others: all are named at once', () => {
    expect(problems({ PORT: 'x', LOG_LEVEL: 'x', ROLE: 'x' }).map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'ROLE',
      'LOG_LEVEL',
    ]);
  });

  it('is never part of the message, whatever is wrong beside it', () => {
    const env = {
      ...zalo,
      ...messenger,
      ZALO_OA_ID: '',
      MESSENGER_PAGE_ID: SECRET,
      DATA_KEY: SECRET,
      ZALO_APP_SECRETS: SECRET,
    };
    const found = problems(env);
    expect(found.length).toBeGreaterThan(0);
    expect(new ConfigError(found).message).not.toContain(SECRET);
  });
});

describe('an unknown name', () => {
  it.each([
    ['MESSENGER_PAGEID', 'MESSENGER_PAGE_ID'],
    ['ZALO_REFRESH_TOKENS', 'ZALO_REFRESH_TOKEN'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['PUBLIC_URI', 'PUBLIC_URL'],
    ['MONGODB_URL', 'MONGODB_URI'],
    ['CATALOG_FILE', 'CATALOGUE_FILE'],
  ])('close to a known one (%s) is answered with %s', (name, meant) => {
    expect(problems({ [name]: 'x' })).toEqual([`${name} is not a setting: did you mean ${meant}?`]);
  });

  it.each(['ZALO_WEBHOOK', 'MESSENGER_THREAD_COLOUR', 'PORTAL_TIMEOUT', 'DESK_LANGUAGE', 'REDIS_MAY_FORGET'])(
    'in one of our families (%s) is refused',
    (name) => {
      expect(problems({ [name]: 'x' })).toEqual([`${name} is not a setting (see .env.example)`]);
    },
  );

  it.each(['PATH', 'HOME', 'NODE_OPTIONS', 'npm_config_registry', 'TZ', 'HOSTNAME', 'REPORT', 'MONGODB'])(
    'that is none of ours (%s) is left alone',
    (name) => {
      expect(problems({ [name]: 'x' })).toEqual([]);
    },
  );

  it('of a later version (CHANNELS_FILE) does not stop the start', () => {
    expect(problems({ CHANNELS_FILE: 'x' })).toEqual([]);
  });
});

describe('the desk', () => {
  it('has no first administrator, one secret from DATA_KEY and trusts no proxy, unless told', () => {
    const config = readConfig({});
    expect(config.deskAdmin).toBeUndefined();
    expect(config.sessionSecrets).toBeUndefined();
    expect(config.trustProxy).toBe(0);
  });

  it('takes a first administrator, whose username has no capitals', () => {
    const config = readConfig({ DESK_ADMIN_USERNAME: ' Quan.Tri ', DESK_ADMIN_PASSWORD: SECRET });
    expect(config.deskAdmin).toEqual({ username: 'quan.tri', password: SECRET });
  });

  it('wants both of a first administrator’s settings or none', () => {
    expect(problems({ DESK_ADMIN_USERNAME: 'quan.tri' })).toEqual([
      'DESK_ADMIN_PASSWORD: needed beside DESK_ADMIN_USERNAME',
    ]);
    expect(problems({ DESK_ADMIN_PASSWORD: SECRET })).toEqual([
      'DESK_ADMIN_USERNAME: needed beside DESK_ADMIN_PASSWORD',
    ]);
  });

  it('accepts two secrets of sessions during a rotation', () => {
    const [fresh, old] = ['n'.repeat(32), 'o'.repeat(40)];
    expect(readConfig({ SESSION_SECRET: `${fresh},${old}` }).sessionSecrets?.map(String)).toEqual([fresh, old]);
  });
});

describe('an empty value', () => {
  it('counts as not set, as env files leave it', () => {
    expect(readConfig({ PORT: '', ZALO_APP_ID: '', DATA_KEY: '', LOG_LEVEL: '' })).toEqual(readConfig({}));
  });

  it('leaves room for the value in a file', () => {
    expect(
      problems({ ...zalo, ZALO_APP_SECRET: '', ZALO_APP_SECRET_FILE: '/run/secret' }, { '/run/secret': SECRET }),
    ).toEqual([]);
  });
});

describe('Zalo', () => {
  it('is on when app, secret, account and webhook secret are there', () => {
    expect(readConfig(zalo).channels.zalo).toEqual({
      appId: '1000200030004000500',
      appSecret: SECRET,
      oaId: '2000300040005000600',
      oaSecretKeys: [SECRET],
    });
  });

  it.each(Object.keys(zalo))('half configured, without %s, names just that', (name) => {
    expect(problems(without(zalo, name))).toEqual([`${name}: needed, because zalo is configured`]);
  });

  it('says that an access token alone ends after a day', () => {
    const config = readConfig({ ...zalo, ZALO_ACCESS_TOKEN: SECRET });
    expect(config.notes.some((note) => note.includes('ZALO_REFRESH_TOKEN is not set'))).toBe(true);
  });

  it('keeps ids as text: they are longer than a number holds', () => {
    expect(readConfig({ ...zalo, ZALO_OA_ID: '98765432109876543210' }).channels.zalo?.oaId).toBe(
      '98765432109876543210',
    );
  });
});

describe('Messenger', () => {
  it.each(Object.keys(messenger))('half configured, without %s, names just that', (name) => {
    expect(problems(without(messenger, name))).toEqual([`${name}: needed, because messenger is configured`]);
  });

  it('works without the id of the app and says what is lost', () => {
    const config = readConfig(messenger);
    expect(config.channels.messenger?.appId).toBe('');
    expect(config.notes.some((note) => note.includes('MESSENGER_APP_ID is not set'))).toBe(true);
  });
});

describe('secrets', () => {
  it('come in pairs during a rotation, the new one first', () => {
    const config = readConfig({
      ...zalo,
      ...messenger,
      ZALO_OA_SECRET_KEY: 'new-oa, old-oa',
      MESSENGER_APP_SECRET: 'new-app,old-app',
      PORTAL_WEBHOOK_SECRET: 'new-portal,old-portal',
    });
    expect(config.channels.zalo?.oaSecretKeys).toEqual(['new-oa', 'old-oa']);
    expect(config.channels.messenger?.appSecrets).toEqual(['new-app', 'old-app']);
    expect(config.portalWebhookSecrets).toEqual(['new-portal', 'old-portal']);
  });

  it('are one when a comma was left behind', () => {
    expect(readConfig({ PORTAL_WEBHOOK_SECRET: 'only,' }).portalWebhookSecrets).toEqual(['only']);
  });

  it.each(['ZALO_OA_SECRET_KEY', 'MESSENGER_APP_SECRET', 'PORTAL_WEBHOOK_SECRET'])(
    'of commas alone are none: %s would accept what anybody signed',
    (name) => {
      expect(problems({ [name]: ' , ' })).toEqual([`${name}: there is no secret in it (see .env.example)`]);
    },
  );

  it('can stand in files, whose last line break does not count', () => {
    const files = { '/run/secret': `${SECRET}\n` };
    const config = readConfig({ ...without(zalo, 'ZALO_APP_SECRET'), ZALO_APP_SECRET_FILE: '/run/secret' }, (path) => {
      return files[path as keyof typeof files];
    });
    expect(config.channels.zalo?.appSecret).toBe(SECRET);
  });

  it('are not given twice', () => {
    expect(problems({ ...zalo, ZALO_APP_SECRET_FILE: '/run/secret' }, { '/run/secret': SECRET })).toContain(
      'ZALO_APP_SECRET: give it directly or as ZALO_APP_SECRET_FILE, not both',
    );
  });

  it('in a file that cannot be read are named, without the path', () => {
    const [first] = problems({ ...without(zalo, 'ZALO_APP_SECRET'), ZALO_APP_SECRET_FILE: '/run/missing' });
    expect(first).toBe('ZALO_APP_SECRET_FILE: the file cannot be read');
  });

  it('CATALOGUE_FILE is a setting of its own, not the file of a secret', () => {
    expect(readConfig({ CATALOGUE_FILE: 'procedures.jsonl' }).catalogueFile).toBe('procedures.jsonl');
  });
});

describe('DATA_KEY', () => {
  it('is 32 bytes in base64, older keys after commas', () => {
    const older = Buffer.alloc(32, 9).toString('base64');
    expect(readConfig({ DATA_KEY: `${KEY}, ${older}` }).dataKeys).toEqual([Buffer.alloc(32, 7), Buffer.alloc(32, 9)]);
  });
});

describe('storage for several machines', () => {
  const redis = { REDIS_URL: 'redis://127.0.0.1:6379' };
  const mongo = { MONGODB_URI: 'mongodb://127.0.0.1:27017/mot-cua' };

  it.each([
    ['MONGODB_URI', redis],
    ['REDIS_URL', mongo],
  ])('needs both or neither: %s is missing', (missing, env) => {
    const found = problems(env);
    expect(found[0]).toMatch(new RegExp(`^${missing}: needed beside .*both or neither$`));
  });

  it('needs one DATA_KEY for all processes', () => {
    expect(problems({ ...redis, ...mongo })).toEqual([
      expect.stringMatching(/^DATA_KEY: needed with REDIS_URL: all processes must share one/),
    ]);
  });

  it('is strict about what Redis may lose unless told otherwise', () => {
    const env = { ...redis, ...mongo, DATA_KEY: KEY };
    const strict = { home: 'cluster', redisUrl: redis.REDIS_URL, mongoUri: mongo.MONGODB_URI, minReplicas: 0 };
    expect(readConfig(env).storage).toEqual({ ...strict, mayLoseMessages: false });
    expect(readConfig({ ...env, REDIS_MAY_LOSE_MESSAGES: 'yes', REDIS_MIN_REPLICAS: '1' }).storage).toEqual({
      ...strict,
      minReplicas: 1,
      mayLoseMessages: true,
    });
  });

  it.each(['web', 'worker', 'all'] as const)('knows the role %s', (ROLE) => {
    expect(readConfig({ ...redis, ...mongo, DATA_KEY: KEY, ROLE }).role).toBe(ROLE);
  });

  it.each(['web', 'worker'])('is what the role %s alone is for', (ROLE) => {
    expect(problems({ ROLE })[0]).toMatch(/^ROLE: .*only "all"/);
  });
});

describe('addresses', () => {
  it('lose the slash at their end', () => {
    const config = readConfig({ PUBLIC_URL: 'https://bot.example.gov.vn//', PORTAL_URL: 'http://127.0.0.1:8080/api/' });
    expect(config.publicUrl).toBe('https://bot.example.gov.vn');
    expect(config.portal?.url).toBe('http://127.0.0.1:8080/api');
  });
});

describe('.env.example', () => {
  const root = join(__dirname, '..');
  const example = readFileSync(join(root, '.env.example'), 'utf8');
  const listed = [...example.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)];

  it('lists every setting once, and none that does not exist', () => {
    expect(listed.map(([, name]) => name).sort()).toEqual([...SETTING_NAMES].sort());
  });

  it('can be used as it stands: it holds the defaults and no secret', () => {
    const env = Object.fromEntries(listed.map(([, name = '', value]) => [name, value]));
    expect(readConfig(env)).toEqual(readConfig({}));
  });

  it('explains each setting above it', () => {
    const lines = example.split('\n');
    // A pair or a family may share the comment above its first line.
    const unexplained = lines.filter(
      (line, index) => /^[A-Z]/.test(line) && !/^(#|[A-Z])/.test(lines[index - 1] ?? ''),
    );
    expect(unexplained).toEqual([]);
  });
});
