// `npm start` as an operator meets it: the settings it refuses, and a clean end.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Started {
  child: ChildProcess;
  /** Everything it wrote so far. */
  output: () => string;
  /** Resolves when it wrote `text`, rejects when it ended without. */
  wrote: (text: string) => Promise<void>;
  ended: Promise<number | null>;
}

function start(settings: Record<string, string>): Started {
  const { PATH = '', HOME = '' } = process.env;
  // Empty, not absent: a developer's own .env must not turn a channel on.
  const off = { ZALO_APP_ID: '', ZALO_APP_SECRET: '', ZALO_OA_ID: '', ZALO_OA_SECRET_KEY: '', PORTAL_URL: '' };
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    cwd: folder,
    env: { PATH, HOME, DATA_DIR: folder, LOG_LEVEL: 'info', PORT: '0', ...off, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      for (const look of watchers) look();
    });
  }
  const wrote = (wanted: string): Promise<void> =>
    new Promise((done, failed) => {
      const look = () => text.includes(wanted) && done();
      watchers.add(look);
      look();
      void ended.then(() => failed(new Error(`it ended without "${wanted}":\n${text}`)));
    });
  return { child, output: () => text, wrote, ended };
}

it('names a wrong setting and what it should be, without its value, and ends with 1', async () => {
  const bot = start({ ZALO_APP_ID: 'secret-looking-value' });
  expect(await bot.ended).toBe(1);
  expect(bot.output()).toMatch(/Một Cửa cannot start\.[\s\S]*ZALO_APP_ID: digits only/);
  expect(bot.output()).not.toContain('secret-looking-value');
});

it('ends cleanly with 0 on Ctrl+C', async () => {
  const bot = start({});
  await bot.wrote('"bot.ready"');
  bot.child.kill('SIGINT');
  expect(await bot.ended).toBe(0);
  expect(bot.output()).toContain('"bot.stopped"');
});

it('refuses a data folder that another process uses, and leaves it free after SIGTERM', async () => {
  const first = start({});
  await first.wrote('"bot.ready"');
  const second = start({});
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain('storage.locked');
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  const third = start({});
  await third.wrote('"bot.ready"');
  third.child.kill('SIGTERM');
  expect(await third.ended).toBe(0);
});
