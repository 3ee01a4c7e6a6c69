// Managing staff within the agencies that one administers, and being on duty.
import { staffIdOf } from '../../src/desk/staff-ids.js';
import { MINUTE } from '../../src/lib/clock.js';
import { Sealer } from '../../src/lib/sealing.js';
import { DUTY, type Grant, STAFF_MEMBER } from '../../src/records/staff.js';
import { openEmbedded } from '../../src/storage/embedded/open.js';
import type { Home } from '../../src/storage/home.js';
import { removeTemporaryFolders, temporaryFolder } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { type AccessStage, accessStage, type Browser, KEY } from './access-stage.js';

const time = { passed: 0 };
const clock = () => Date.now() + time.passed;
let home: Home;
let stage: AccessStage;
/** Administrates everything; alpha alone. */
let chief: Browser;
let alpha: Browser;
let chiefId: string;
let numbers = 0;

beforeAll(async () => {
  home = await openEmbedded({ dataDir: temporaryFolder(), sealer: new Sealer([KEY]), clock, owner: 'test' });
  stage = await accessStage({ home, clock });
  chiefId = await stage.member('chi.huy', [
    { agency: '*', role: 'administrator' },
    { agency: '*', role: 'supervisor' },
  ]);
  await stage.member('quan.tri.alpha', [{ agency: 'alpha', role: 'administrator' }]);
  chief = stage.browser();
  alpha = stage.browser();
  await chief.signIn('chi.huy');
  await alpha.signIn('quan.tri.alpha');
});

afterAll(async () => {
  await stage.close();
  await home.close();
  removeTemporaryFolders();
});

function newcomer(...grants: Grant[]): Promise<string> {
  numbers += 1;
  return stage.member(`can.bo.${numbers}`, grants);
}

async function stored(id: string) {
  return (await home.documents.get(STAFF_MEMBER, id))?.body;
}

describe('an administrator', () => {
  it('creates members whose password is shown once and must be changed', async () => {
    const wanted = { username: 'Nguoi.Moi', name: 'Người mới', grants: [{ agency: 'alpha', role: 'officer' }] };
    const { status, json } = await alpha.send('POST', '/staff', wanted);
    expect(status).toBe(200);
    expect(json.staff).toMatchObject({ username: 'nguoi.moi', name: 'Người mới', mustChange: true, disabled: false });
    const theirs = stage.browser();
    expect(await theirs.signIn('nguoi.moi', String(json.password))).toMatchObject({
      status: 200,
      json: { mustChange: true },
    });
    expect((await theirs.send('PUT', '/duty', { onDuty: true })).status).toBe(403);
    expect(JSON.stringify(await stored(staffIdOf('nguoi.moi')))).not.toContain(json.password);
    const list = await alpha.get('/staff');
    expect(JSON.stringify(list.json)).not.toMatch(/scrypt|password/);
  });

  it.each([
    ['in another agency', [{ agency: 'beta', role: 'officer' }], 403, 'forbidden'],
    ['in all agencies', [{ agency: '*', role: 'officer' }], 403, 'forbidden'],
    [
      'in one of several',
      [
        { agency: 'alpha', role: 'officer' },
        { agency: 'beta', role: 'officer' },
      ],
      403,
      'forbidden',
    ],
  ])('gives no role %s that is not theirs', async (_where, grants, status, error) => {
    const wanted = { username: 'khong.duoc', name: 'Ai đó', grants };
    expect(await alpha.send('POST', '/staff', wanted)).toMatchObject({ status, json: { error } });
    const id = await newcomer({ agency: 'alpha', role: 'officer' });
    expect(await alpha.send('PATCH', `/staff/${id}`, { grants })).toMatchObject({ status, json: { error } });
    expect((await stored(id))?.grants).toEqual([{ agency: 'alpha', role: 'officer' }]);
  });

  it('gives no role in an agency that is none', async () => {
    const grants = [{ agency: 'gamma', role: 'officer' }];
    const wanted = { username: 'gamma', name: 'Gamma', grants };
    expect(await chief.send('POST', '/staff', wanted)).toMatchObject({
      status: 400,
      json: { error: 'agency.unknown' },
    });
  });

  it('neither sees nor touches who works elsewhere alone', async () => {
    const id = await newcomer({ agency: 'beta', role: 'officer' });
    expect(JSON.stringify((await alpha.get('/staff')).json)).not.toContain(id);
    expect((await alpha.send('PATCH', `/staff/${id}`, { disabled: true })).status).toBe(404);
    expect((await alpha.send('POST', `/staff/${id}/password`)).status).toBe(404);
    expect(JSON.stringify((await chief.get('/staff')).json)).toContain(id);
  });

  it('changes the roles in their own agencies of who works elsewhere too, and nothing else', async () => {
    const id = await newcomer({ agency: 'alpha', role: 'officer' }, { agency: 'beta', role: 'supervisor' });
    const grants = [{ agency: 'alpha', role: 'content-editor' }];
    expect(await alpha.send('PATCH', `/staff/${id}`, { grants })).toMatchObject({ status: 200, json: { grants } });
    expect((await stored(id))?.grants).toEqual([
      { agency: 'beta', role: 'supervisor' },
      { agency: 'alpha', role: 'content-editor' },
    ]);
    for (const change of [{ disabled: true }, { name: 'Tên khác' }])
      expect(await alpha.send('PATCH', `/staff/${id}`, change)).toMatchObject({
        status: 409,
        json: { error: 'staff.elsewhere' },
      });
    expect(await alpha.send('POST', `/staff/${id}/password`)).toMatchObject({
      status: 409,
      json: { error: 'staff.elsewhere' },
    });
  });

  it('gives a new password, which ends what was signed in with the old one', async () => {
    const id = await newcomer({ agency: 'alpha', role: 'officer' });
    const theirs = stage.browser();
    const username = (await stored(id))?.username ?? '';
    await theirs.signIn(username);
    const given = await alpha.send('POST', `/staff/${id}/password`);
    expect(given).toMatchObject({ status: 200, json: { staff: { id, mustChange: true } } });
    expect((await theirs.get('/me')).status).toBe(401);
    expect((await theirs.signIn(username)).status).toBe(403);
    expect((await theirs.signIn(username, String(given.json.password))).status).toBe(200);
  });

  it('lets who was disabled back in', async () => {
    const id = await newcomer({ agency: 'alpha', role: 'officer' });
    const username = (await stored(id))?.username ?? '';
    await alpha.send('PATCH', `/staff/${id}`, { disabled: true });
    expect((await stage.browser().signIn(username)).status).toBe(403);
    expect(await alpha.send('PATCH', `/staff/${id}`, { disabled: false })).toMatchObject({ json: { disabled: false } });
    expect((await stage.browser().signIn(username)).status).toBe(200);
  });

  it('cannot leave the desk without anybody who administers everything', async () => {
    const other = await newcomer({ agency: '*', role: 'administrator' });
    const second = stage.browser();
    await second.signIn((await stored(other))?.username ?? '');
    expect(await chief.send('PATCH', `/staff/${chiefId}`, { disabled: true })).toMatchObject({
      status: 409,
      json: { error: 'staff.self' },
    });
    expect((await chief.send('PATCH', `/staff/${other}`, { disabled: true })).status).toBe(200);
    for (const change of [{ grants: [] }, { grants: [{ agency: 'alpha', role: 'administrator' }] }])
      expect(await chief.send('PATCH', `/staff/${chiefId}`, change)).toMatchObject({
        status: 409,
        json: { error: 'staff.last-administrator' },
      });
  });

  it.each([
    [{ username: 'lê hoa', name: 'Lê Hoa', grants: [] }],
    [{ username: 'le.hoa', name: ' ', grants: [] }],
    [{ username: 'le.hoa', name: 'Lê Hoa', grants: [{ agency: 'alpha', role: 'boss' }] }],
    [{ username: 'le.hoa', name: 'Lê Hoa', grants: [], password: 'x' }],
  ])('is told what does not fit (%#)', async (wanted) => {
    expect(await chief.send('POST', '/staff', wanted)).toMatchObject({ status: 400, json: { error: 'bad-request' } });
  });

  it('leaves a line in the trail of each agency that is touched, with the roles there', async () => {
    const id = await newcomer({ agency: 'alpha', role: 'officer' });
    const grants = [{ agency: 'beta', role: 'officer' }];
    await chief.send('PATCH', `/staff/${id}`, { grants });
    const of = async (agency: string) =>
      (await stage.trail(agency)).filter(({ object, by }) => object === `staff:${id}` && by === chiefId);
    await until(async () => (await of('alpha')).length + (await of('beta')).length === 2, 'both lines');
    expect(await of('alpha')).toMatchObject([{ action: 'staff.change', detail: { roles: '', disabled: false } }]);
    expect(await of('beta')).toMatchObject([{ action: 'staff.change', detail: { roles: 'officer', disabled: false } }]);
  });
});

describe('being on duty', () => {
  it('lasts three minutes from the last word of the page, in the agencies where one works', async () => {
    const id = await newcomer({ agency: 'beta', role: 'officer' });
    const theirs = stage.browser();
    await theirs.signIn((await stored(id))?.username ?? '');
    const duty = async () => (await home.documents.get(DUTY, id))?.body;
    const began = clock();
    expect(await theirs.send('PUT', '/duty', { onDuty: true, room: 3 })).toMatchObject({ json: { duty: { room: 3 } } });
    const first = await duty();
    expect(first).toMatchObject({ agencies: ['beta'], room: 3 });
    expect((first?.until ?? 0) - began).toBeGreaterThanOrEqual(3 * MINUTE);
    time.passed += MINUTE;
    expect((await theirs.send('PUT', '/duty', { onDuty: true })).status).toBe(200);
    expect(await duty()).toMatchObject({ room: 3, since: first?.since });
    expect((await duty())?.until).toBeGreaterThan(first?.until ?? 0);
    expect(await theirs.get('/me')).toMatchObject({ json: { duty: { room: 3 } } });
    time.passed += 4 * MINUTE;
    expect((await theirs.get('/me')).json.duty).toBeUndefined();
    await theirs.send('PUT', '/duty', { onDuty: true });
    expect((await duty())?.since).toBeGreaterThan(first?.since ?? 0);
    expect(await theirs.send('PUT', '/duty', { onDuty: false })).toMatchObject({ status: 200, json: {} });
    expect(await duty()).toBeUndefined();
    const lines = async () => (await stage.trail('beta')).filter(({ by }) => by === id).map(({ action }) => action);
    await until(async () => (await lines()).length === 4, 'its lines');
    expect(await lines()).toEqual(['staff.own-password', 'duty.on', 'duty.on', 'duty.off']);
  });

  it('ends with signing out', async () => {
    const id = await newcomer({ agency: 'alpha', role: 'officer' });
    const theirs = stage.browser();
    await theirs.signIn((await stored(id))?.username ?? '');
    await theirs.send('PUT', '/duty', { onDuty: true });
    await theirs.send('POST', '/sign-out');
    expect(await home.documents.get(DUTY, id)).toBeUndefined();
  });

  it('is not for who answers nobody', async () => {
    const id = await newcomer({ agency: 'alpha', role: 'auditor' });
    const theirs = stage.browser();
    await theirs.signIn((await stored(id))?.username ?? '');
    expect((await theirs.send('PUT', '/duty', { onDuty: true })).status).toBe(403);
  });
});
