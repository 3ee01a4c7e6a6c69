// What access to the desk must do on any home.

import { staffIdOf, staffLane } from '../../src/desk/staff-ids.js';
import { auditHash } from '../../src/records/audit.js';
import { STAFF_MEMBER } from '../../src/records/staff.js';
import type { Home } from '../../src/storage/home.js';
import { until } from '../storage/until.js';
import { type AccessStage, accessStage, PASSWORD } from './access-stage.js';

const SYSTEM = { user: 'system', name: '' };

export function accessContract(open: () => Promise<Home>): void {
  let home: Home;
  let stage: AccessStage;
  beforeAll(async () => {
    home = await open();
    stage = await accessStage({ home });
  }, 60_000);
  afterAll(() => stage.close());

  it('has one first administrator, however many processes make one at once, who must change the password first', async () => {
    await Promise.all([stage.firstAdmin('quan.tri'), stage.firstAdmin('quan.tri'), stage.firstAdmin('quan.tri')]);
    await stage.firstAdmin('somebody.else');
    expect(await home.documents.count(STAFF_MEMBER, { index: 'username' }, 10)).toBe(1);
    const browser = stage.browser();
    const signedIn = await browser.signIn('Quan.Tri');
    expect(signedIn).toMatchObject({ status: 200, json: { username: 'quan.tri', mustChange: true } });
    expect(await browser.get('/staff')).toMatchObject({ status: 403, json: { error: 'password.must-change' } });
    const next = 'mot-mat-khau-khac-han';
    expect(await browser.send('POST', '/password', { current: PASSWORD, next })).toMatchObject({
      status: 200,
      json: { mustChange: false },
    });
    expect(await browser.get('/staff')).toMatchObject({ status: 200, json: { items: [{ username: 'quan.tri' }] } });
    expect((await browser.signIn('quan.tri', PASSWORD)).status).toBe(403);
    expect((await browser.signIn('quan.tri', next)).status).toBe(200);
  });

  it('creates a member once when two administrators do so at once', async () => {
    await stage.member('chi.huy', [{ agency: '*', role: 'administrator' }]);
    const [one, two] = [stage.browser(), stage.browser()];
    await Promise.all([one.signIn('chi.huy'), two.signIn('chi.huy')]);
    const wanted = { username: 'Can.Bo.Moi', name: 'Cán bộ mới', grants: [{ agency: 'alpha', role: 'officer' }] };
    const answers = await Promise.all([one.send('POST', '/staff', wanted), two.send('POST', '/staff', wanted)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.json).toEqual({ error: 'staff.taken' });
  });

  it('ends other sessions when the password changes, and keeps the one that changed it', async () => {
    await stage.member('hai.may', [{ agency: 'alpha', role: 'officer' }]);
    const [desk, phone] = [stage.browser(), stage.browser()];
    await desk.signIn('hai.may');
    await phone.signIn('hai.may');
    expect((await phone.get('/me')).status).toBe(200);
    const change = { current: PASSWORD, next: 'cai-moi-that-dai-2' };
    expect((await desk.send('POST', '/password', change)).status).toBe(200);
    expect((await desk.get('/me')).status).toBe(200);
    expect(await phone.get('/me')).toMatchObject({ status: 401, json: { error: 'session.none' } });
  });

  it('limits failed sign-ins by username, and says when to try again', async () => {
    await stage.member('kien.nhan', [{ agency: 'alpha', role: 'officer' }]);
    const browser = stage.browser({ 'x-forwarded-for': '198.51.100.1' });
    for (let tries = 0; tries < 10; tries += 1) {
      const answer = await browser.signIn('kien.nhan', 'sai-mat-khau-roi');
      expect(answer).toMatchObject({ status: 403, json: { error: 'sign-in.wrong' } });
    }
    const refused = await browser.signIn('kien.nhan');
    expect(refused).toMatchObject({ status: 429, json: { error: 'sign-in.too-often' } });
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(15 * 60);
    // Somebody else at the same place still gets in.
    await stage.member('dong.nghiep', [{ agency: 'alpha', role: 'officer' }]);
    expect((await browser.signIn('dong.nghiep')).status).toBe(200);
  }, 60_000);

  it('chains what staff do, one agency at a time, without a gap', async () => {
    const before = await stage.trail('beta');
    const ids = Array.from({ length: 12 }, (_, i) => `nhan.vien.${i}`);
    const grants = [{ agency: 'beta', role: 'officer' }];
    const password = 'scrypt$1$1$1$x$x';
    await Promise.all(
      ids.map((username) =>
        stage.actions.perform(staffLane(staffIdOf(username)), 'staff.create', SYSTEM, {
          ...{ username, name: username, grants, password },
        }),
      ),
    );
    const lines = await stage.trail('beta', before.length + ids.length);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, i) => i + 1));
    for (const [i, { hash, ...line }] of lines.entries()) {
      expect(auditHash(line)).toBe(hash);
      expect(line.before).toBe(i === 0 ? '' : lines[i - 1]?.hash);
    }
    const created = new Set(lines.map(({ object }) => object));
    for (const username of ids) expect(created).toContain(`staff:${staffIdOf(username)}`);
    expect(JSON.stringify(lines)).not.toContain('nhan.vien');
  });

  it('writes down sign-ins, failed ones and sign-outs, without what was typed', async () => {
    const id = await stage.member('ghi.chep', [{ agency: 'alpha', role: 'officer' }]);
    const browser = stage.browser();
    await browser.signIn('ghi.chep', 'go-nham-mat-khau');
    await browser.signIn('mat-khau-bi-mat-cua-toi', 'ghi.chep');
    await browser.signIn('ghi.chep');
    expect((await browser.send('POST', '/sign-out')).status).toBe(200);
    expect(await browser.get('/me')).toMatchObject({ status: 401 });
    const object = `staff:${id}`;
    const ours = async () => (await stage.trail('*')).filter((line) => line.object === object && line.by !== 'system');
    await until(async () => (await ours()).length === 2, 'the lines');
    expect((await ours()).map(({ action }) => action)).toEqual(['sign-in', 'sign-out']);
    const trail = await stage.trail('*');
    const failed = trail.filter(({ action }) => action === 'sign-in.failed').map((line) => line.object);
    expect(failed).toEqual(expect.arrayContaining([object, 'staff:unknown']));
    expect(JSON.stringify(trail)).not.toMatch(/mat-khau|go-nham/);
  });
}
