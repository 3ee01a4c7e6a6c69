import { runDeskPassword } from '../../src/desk-password.js';
import { MINUTE } from '../../src/lib/clock.js';
import { Sealer } from '../../src/lib/sealing.js';
import { openEmbedded } from '../../src/storage/embedded/open.js';
import type { Home } from '../../src/storage/home.js';
import { removeTemporaryFolders, temporaryFolder } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { accessContract } from './access-contract.js';
import { type AccessStage, accessStage, KEY, PASSWORD } from './access-stage.js';

const homes: Home[] = [];

async function open(clock: () => number = Date.now): Promise<Home> {
  const home = await openEmbedded({ dataDir: temporaryFolder(), sealer: new Sealer([KEY]), clock, owner: 'test' });
  homes.push(home);
  return home;
}

afterAll(async () => {
  for (const home of homes) await home.close();
  removeTemporaryFolders();
});

describe('access to the desk on the embedded home', () => {
  accessContract(open);
});

describe('a session of the desk', () => {
  const time = { passed: 0 };
  let stage: AccessStage;

  beforeAll(async () => {
    const clock = () => Date.now() + time.passed;
    stage = await accessStage({ home: await open(clock), clock });
    await stage.member('le.hoa', [{ agency: 'alpha', role: 'officer' }]);
    await stage.member('chi.huy', [{ agency: '*', role: 'administrator' }]);
  });
  afterAll(() => stage.close());

  it('ends after half an hour in which nothing was asked, and after twelve hours anyway', async () => {
    const [idle, busy] = [stage.browser(), stage.browser()];
    await idle.signIn('le.hoa');
    await busy.signIn('le.hoa');
    for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
      expect((await busy.get('/me')).status).toBe(200);
      time.passed += 20 * MINUTE;
      if (minutes === 20) expect((await idle.get('/me')).status).toBe(401);
    }
    expect((await busy.get('/me')).status).toBe(401);
  });

  it('has a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await stage.browser().signIn('le.hoa');
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^desk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is over at once when the member is disabled', async () => {
    const id = await stage.member('ra.di', [{ agency: 'alpha', role: 'officer' }]);
    const [theirs, chief] = [stage.browser(), stage.browser()];
    await theirs.signIn('ra.di');
    await chief.signIn('chi.huy');
    expect((await chief.send('PATCH', `/staff/${id}`, { disabled: true })).status).toBe(200);
    expect((await theirs.get('/me')).status).toBe(401);
    expect(await theirs.signIn('ra.di')).toMatchObject({ status: 403, json: { error: 'sign-in.wrong' } });
  });

  it('may no more than the member’s roles allow now', async () => {
    const id = await stage.member('doi.vai', [{ agency: 'alpha', role: 'administrator' }]);
    const [theirs, chief] = [stage.browser(), stage.browser()];
    await theirs.signIn('doi.vai');
    await chief.signIn('chi.huy');
    expect((await theirs.get('/staff')).status).toBe(200);
    const grants = [{ agency: 'alpha', role: 'officer' }];
    expect((await chief.send('PATCH', `/staff/${id}`, { grants })).status).toBe(200);
    expect(await theirs.get('/staff')).toMatchObject({ status: 403, json: { error: 'forbidden' } });
    expect(await theirs.get('/me')).toMatchObject({ json: { agencies: [{ id: 'alpha' }] } });
  });

  it('is nobody’s whose cookie was made up', async () => {
    const browser = stage.browser();
    for (const cookie of [
      'desk=',
      `desk=${'A'.repeat(43)}`,
      'desk=../../x',
      'other=1',
      `__Host-desk=${'A'.repeat(43)}`,
    ]) {
      browser.cookie = cookie;
      expect(await browser.get('/me')).toMatchObject({ status: 401, json: { error: 'session.none' } });
    }
  });
});

describe('signing in', () => {
  let stage: AccessStage;
  beforeAll(async () => {
    stage = await accessStage({ home: await open(), publicUrl: 'https://bot.example.gov.vn' });
    await stage.member('le.hoa', [{ agency: 'alpha', role: 'officer' }]);
  });
  afterAll(() => stage.close());

  it('over https has a cookie that no other host can set', async () => {
    const cookie = (await stage.browser().signIn('le.hoa')).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-desk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure$/);
  });

  it('tells nobody whether there is such a member', async () => {
    const [known, unknown, odd] = await Promise.all([
      stage.browser().signIn('le.hoa', 'sai-mat-khau-roi'),
      stage.browser().signIn('khong.co', 'sai-mat-khau-roi'),
      stage.browser().signIn('\u0000 đây không phải tên', 'sai-mat-khau-roi'),
    ]);
    expect([unknown.status, unknown.json]).toEqual([known.status, known.json]);
    expect([odd.status, odd.json]).toEqual([known.status, known.json]);
  });

  it('is limited by address as well, whatever usernames are tried', async () => {
    const browser = stage.browser({ 'x-forwarded-for': '2001:db8:1:2:3::4' });
    // Each failure for a member costs little here; the limit does not care whose it is.
    const members = ['mot', 'hai', 'ba', 'bon', 'nam'];
    for (const name of members) await stage.member(name, []);
    for (let tries = 0; tries < 50; tries += 1)
      expect((await browser.signIn(members[tries % 5] ?? '', 'sai-mat-khau-roi')).status).toBe(403);
    const neighbour = stage.browser({ 'x-forwarded-for': '2001:db8:1:2:ffff::9' });
    expect((await neighbour.signIn('le.hoa')).status).toBe(429);
    const other = stage.browser({ 'x-forwarded-for': '2001:db8:1:3::9' });
    expect((await other.signIn('le.hoa')).status).toBe(200);
  });

  it.each([
    ['too short', 'ngan', 'password.too-short'],
    ['the username', 'le.hoa.2026', 'password.username'],
    ['among the most used', 'MatKhau@123456', 'password.common'],
    ['the old one', PASSWORD, 'password.same'],
  ])('takes no new password that is %s', async (_what, next, error) => {
    const browser = stage.browser();
    await browser.signIn('le.hoa');
    expect(await browser.send('POST', '/password', { current: PASSWORD, next })).toMatchObject({
      status: 400,
      json: { error },
    });
  });

  it('takes no new password from who does not know the old one', async () => {
    const browser = stage.browser();
    await browser.signIn('le.hoa');
    const change = { current: 'khong-phai-cai-nay', next: 'cai-moi-that-dai-2' };
    expect(await browser.send('POST', '/password', change)).toMatchObject({
      status: 403,
      json: { error: 'password.wrong' },
    });
  });
});

describe('a password given beside the desk', () => {
  async function give(dataDir: string, ...args: string[]) {
    const said: string[] = [];
    const env = { DATA_DIR: dataDir, DATA_KEY: KEY.toString('base64') };
    return { code: await runDeskPassword(args, { env, say: (line) => said.push(line) }), said: said.join('\n') };
  }

  it('counts when the bot runs again, and must be changed', async () => {
    const dataDir = temporaryFolder();
    const openHere = () => openEmbedded({ dataDir, sealer: new Sealer([KEY]), clock: Date.now, owner: 'test' });
    const before = await openHere();
    const first = await accessStage({ home: before });
    await first.member('chi.huy', [{ agency: '*', role: 'administrator' }]);
    expect(await give(dataDir, 'chi.huy')).toMatchObject({ code: 1, said: expect.stringContaining('storage.locked') });
    await first.close();
    await before.close();

    expect((await give(dataDir, 'ai.do')).said).toContain('desk.no-member');
    const { code, said } = await give(dataDir, 'Chi.Huy');
    expect(code).toBe(0);
    const password = /: (\S{19})\n/.exec(said)?.[1] ?? '';

    const home = await openHere();
    homes.push(home);
    const second = await accessStage({ home });
    await until(async () => (await second.trail('*')).some(({ action }) => action === 'staff.password'), 'the turn');
    expect((await second.browser().signIn('chi.huy')).status).toBe(403);
    expect(await second.browser().signIn('chi.huy', password)).toMatchObject({
      status: 200,
      json: { mustChange: true },
    });
    await second.close();
  });

  it('wants a username', async () => {
    const dataDir = temporaryFolder();
    expect((await give(dataDir)).code).toBe(2);
    expect((await give(dataDir, 'có dấu')).code).toBe(2);
    expect(await give(dataDir, '--help')).toMatchObject({ code: 0, said: expect.stringContaining('USERNAME') });
  });
});
