// What stops a start, and that it is said in words an operator can use: which setting, which file and line, and no secret.
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { botSettings } from '../../simulators/accounts.js';
import { removeTemporaryFolders, temporaryFolder } from '../storage/temporary.js';
import { BotProcess, freePort, PROJECT, type Settings } from './bot-process.js';
import { Stage } from './stage.js';

afterAll(removeTemporaryFolders);

/** Settings that would do; nothing listens there. */
const GOOD: Settings = { ...botSettings('http://127.0.0.1:9'), PORT: '0' };

interface Refusal {
  code: number | NodeJS.Signals;
  output: string;
}

async function refusal(changes: Readonly<Record<string, string | undefined>>, project?: string): Promise<Refusal> {
  const settings: Record<string, string> = { DATA_DIR: temporaryFolder(), ...GOOD };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete settings[name];
    else settings[name] = value;
  }
  const bot = new BotProcess('http://127.0.0.1:9', settings, temporaryFolder(), project);
  const code = await bot.ended();
  return { code, output: bot.output };
}

// Every setting's own rules are config.ts's tests; here a few show what the operator sees.
describe('a start with wrong settings', () => {
  const SECRET = 'hidden-value-4711';
  const slips: readonly [what: string, changes: Record<string, string | undefined>, named: string[]][] = [
    ['an id with letters', { ZALO_APP_ID: SECRET }, ['ZALO_APP_ID', 'digits']],
    ['a misspelt name', { ZALO_ACCES_TOKEN: SECRET }, ['ZALO_ACCES_TOKEN', 'ZALO_ACCESS_TOKEN']],
    ['half a channel', { MESSENGER_APP_SECRET: undefined }, ['MESSENGER_APP_SECRET', 'messenger']],
    ['a data key that is too short', { DATA_KEY: SECRET }, ['DATA_KEY', '32 bytes']],
    ['an address of the wrong kind', { PORTAL_URL: `ftp://${SECRET}` }, ['PORTAL_URL']],
    ['one half of the cluster', { REDIS_URL: `redis://:${SECRET}@127.0.0.1:9` }, ['MONGODB_URI', 'REDIS_URL']],
    [
      'a secret file that is not there',
      { ZALO_APP_SECRET: undefined, ZALO_APP_SECRET_FILE: '/nowhere/x' },
      ['ZALO_APP_SECRET_FILE'],
    ],
  ];
  const refusals: Promise<Refusal>[] = [];
  beforeAll(async () => {
    // Two at a time: starts cost processor time.
    for (const [index, [, changes]] of slips.entries()) {
      if (index >= 2) await refusals[index - 2];
      refusals.push(refusal(changes));
    }
    await Promise.all(refusals);
  });

  it.each(slips.map(([what, , named], index) => ({ what, named, index })))(
    'with $what ends with 1 and names it',
    async ({ named, index }) => {
      const { code, output } = (await refusals[index]) as Refusal;
      expect(code).toBe(1);
      for (const name of named) expect(output).toContain(name);
      expect(output).not.toContain(SECRET);
      expect(output).not.toMatch(/demo-(?:zalo|messenger|portal)/);
      // No stack: nothing is broken but the setting.
      expect(output).not.toMatch(/\n\s+at /);
    },
  );
});

describe('a start beside a running bot', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  it('on the same DATA_DIR is refused with storage.locked, and the first goes on', async () => {
    const second = stage.launch({ PORT: String(await freePort()) });
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain('storage.locked');
    expect(second.output).toMatch(/[a-z]+ .*\[storage\.locked\]/i);
    expect(second.output).not.toMatch(/\n\s+at /);
    expect(await stage.citizen('zalo').say('menu')).not.toBe('');
  });

  it('on the same port is refused with the port', async () => {
    const second = stage.launch({ DATA_DIR: temporaryFolder() });
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain('http.port');
    expect(second.output).toContain(String(stage.port));
    expect(await stage.citizen('messenger').say('menu')).not.toBe('');
  });

  it('with another key than the data was sealed with does not lose the data', async () => {
    expect(await stage.bot.stop()).toBe(0);
    const other = stage.launch({ DATA_KEY: Buffer.alloc(32, 7).toString('base64') });
    // Whether it refuses or runs on new state: the old key must find everything again.
    await Promise.race([other.ended(), other.ready()]);
    if (other.running) await other.stop();
    await stage.start();
    expect(await stage.citizen('zalo').say('menu')).not.toBe('');
  });
});

describe('a start from a copy of the project', () => {
  /** What a deployment holds, with one template changed. */
  function copyWith(file: string, change: (content: string) => string): string {
    const copy = temporaryFolder();
    for (const part of ['dist/src', 'dist/intents-model.json', 'templates', 'intents', 'help', 'package.json'])
      cpSync(join(PROJECT, part), join(copy, part), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
    const path = join(copy, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    return copy;
  }
  const HOME = 'templates/vi/home.yaml';
  const lineOf = (key: string): number =>
    readFileSync(join(PROJECT, HOME), 'utf8')
      .split('\n')
      .findIndex((line) => line.startsWith(`${key}:`)) + 1;

  it.each([
    ['an unknown variable', 'welcome', 'Chào {nickname}'],
    ['no YAML at all', 'welcome', 'Chào: bạn: nhé'],
  ])('with %s ends with 1, the file and the line', async (_what, key, words) => {
    const copy = copyWith(HOME, (text) => text.replace(new RegExp(`^${key}: .*`, 'm'), `${key}: ${words}`));
    const { code, output } = await refusal({}, copy);
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`${HOME}:${lineOf(key)}\\b`));
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('with a missing text ends with 1 and names the text', async () => {
    const file = 'templates/vi/home.yaml';
    const { code, output } = await refusal(
      {},
      copyWith(file, (text) => text.replace(/^welcome: .*\n/m, '')),
    );
    expect(code).toBe(1);
    expect(output).toContain(file);
    expect(output).toContain('welcome');
  });
});
