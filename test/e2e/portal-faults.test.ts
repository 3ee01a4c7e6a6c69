// The portal on a bad day: a true sentence within the time of a turn, nobody locked out by it, and all well afterwards.
import type { DossierHint } from '../../simulators/portal/hints.js';
import { DOSSIER } from '../../src/flows/dossier-tracking/texts.js';
import { HOME } from '../../src/flows/home/texts.js';
import { OFFICE } from '../../src/flows/office-contact/texts.js';
import { PROC } from '../../src/flows/procedure-lookup/texts.js';
import { STAFF } from '../../src/flows/staff-request/texts.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { Stage } from './stage.js';
import { facts, texts } from './wording.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  await stage.close();
  removeTemporaryFolders();
});
afterEach(() => stage.simulators.portal.setFault({ kind: 'none' }));

const UNAVAILABLE = texts.format(DOSSIER.unavailable, facts);
const SINGLE = '1.004873';
const portal = () => stage.simulators.portal;

function dossier(situation: string): DossierHint {
  const hint = portal()
    .hints()
    .dossiers.find((one) => one.situation === situation);
  if (hint === undefined) throw new Error(`the portal has no dossier that is ${situation}`);
  return hint;
}

const card = (hint: DossierHint) => `Hồ sơ ${hint.code}`;

async function control(path: string, body: object): Promise<number> {
  const response = await fetch(`${stage.simulators.url}/portal/__sim/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status;
}

// In this order: what opens the circuit comes last.
it.each([
  ['one broken connection', { kind: 'reset' as const, times: 1 }, 'overdue'],
  ['one failure of the portal', { kind: 'error500' as const, times: 1 }, 'due-soon'],
  ['one lost answer', { kind: 'lost-answer' as const, times: 1 }, 'in-progress'],
  ['a portal that takes 2 s', { kind: 'slow' as const, delayMs: 2000, times: 1 }, 'waiting'],
])('the citizen notices nothing of %s', async (_name, fault, situation) => {
  const hint = dossier(situation);
  portal().setFault({ ...fault, path: '/dossiers' });
  expect(await stage.citizen('zalo').say(hint.code)).toContain(card(hint));
});

it.each([
  ['answers garbage', { kind: 'garbage' as const }, 'supplement'],
  ['is asked too much', { kind: 'rate-limited' as const }, 'payment'],
])('says that it cannot look when the portal %s', async (_name, fault, situation) => {
  const hint = dossier(situation);
  portal().setFault({ ...fault, path: '/dossiers' });
  const citizen = stage.citizen('messenger');
  expect(await citizen.say(hint.code)).toContain(UNAVAILABLE);
  portal().setFault({ kind: 'none' });
  expect(await citizen.say(hint.code)).toContain(card(hint));
});

it('counts no proof against the citizen that the portal could not check', async () => {
  const citizen = stage.citizen('zalo');
  const { code, proof } = dossier('supplement');
  await citizen.say(code);
  await citizen.tap(texts.format(DOSSIER.detail));
  portal().setFault({ kind: 'garbage', path: '/dossiers' });
  for (let time = 0; time < 6; time += 1) {
    expect(await citizen.say(proof)).toContain(UNAVAILABLE);
    await citizen.say(code);
    if (time < 5) await citizen.tap(texts.format(DOSSIER.detail)).catch(() => undefined);
  }
  portal().setFault({ kind: 'none' });
  await citizen.say(code);
  await citizen.tap(texts.format(DOSSIER.detail));
  expect(await citizen.say(proof)).toContain(texts.format(DOSSIER.proven, { code }));
});

it('tells a new state at once when the portal announces it', async () => {
  const citizen = stage.citizen('zalo');
  const { code } = dossier('accepted');
  expect(await citizen.say(code)).toContain(texts.format(DOSSIER.state2));
  const { delivery } = await portal().changeDossier(code, { status: 9 });
  expect(delivery?.lastStatus).toBe(200);
  await stage.quiet();
  expect(await citizen.say(code)).toContain(texts.format(DOSSIER.state9));
  // The same event again, and older ones after it, change nothing that the portal does not say.
  expect(await control('webhook', { duplicate: true, times: 3 })).toBe(200);
  expect(await control('webhook', { reorder: true, code, statuses: [9, 10] })).toBe(200);
  await stage.quiet();
  expect(await citizen.say(code)).toContain(texts.format(DOSSIER.state10));
  await portal().webhooksSettled();
  expect(
    portal()
      .state()
      .webhooks.every(({ state }) => state === 'delivered'),
  ).toBe(true);
});

it('takes no event that another key has signed', async () => {
  expect(await control('webhook', { badSignature: true })).toBe(200);
  await portal().webhooksSettled();
  expect(portal().state().webhooks.at(-1)).toMatchObject({ lastStatus: 401 });
});

it('follows a procedure that is changed, and one that is removed', async () => {
  const citizen = stage.citizen('messenger');
  const name = 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân (mới)';
  expect(await citizen.say(SINGLE)).toContain(SINGLE);
  expect(await control(`procedures/${SINGLE}`, { name })).toBe(200);
  const asked = async () => (await citizen.say(SINGLE)).includes(name);
  await until(asked, 'the new name');
  expect(await control(`procedures/${SINGLE}`, { remove: true })).toBe(200);
  const unknown = texts.format(PROC.unknownCode, { code: SINGLE, ...facts });
  await until(async () => (await citizen.say(SINGLE)) === unknown, 'the procedure to be gone');
});

it('gives hotlines and links where offices and news cannot be read', async () => {
  // From here on everything fails, and the circuit opens.
  portal().setFault({ kind: 'down' });
  await stage.bot.kill();
  await stage.start();
  const citizen = stage.citizen('zalo');
  expect(await citizen.say('gặp cán bộ')).toContain(texts.format(STAFF.contact, facts));
  expect(await citizen.say('tin mới')).toContain(facts.portal);
  expect(await citizen.say('địa chỉ công an xã An Biên ở đâu')).toContain(texts.format(OFFICE.unavailable, facts));
  expect(await citizen.say('giấy độc thân')).not.toContain(texts.format(PROC.nothing, facts));
  expect(await citizen.say(dossier('overdue').code)).toContain(UNAVAILABLE);
  expect(citizen.buttons).toContain(texts.format(HOME.menuButton));
});

it('stops asking a portal that is down, and asks again when it is back', async () => {
  const citizen = stage.citizen('messenger');
  const hint = dossier('overdue');
  portal().setFault({ kind: 'down' });
  const open = { outcome: 'circuit-open' };
  const isOpen = async () => {
    await citizen.say(hint.code);
    return (await stage.bot.metric('mot_cua_portal_calls_total', open)) > 0;
  };
  await until(isOpen, 'the circuit to open');
  const asked = portal().state().counts.requests;
  for (let time = 0; time < 5; time += 1) expect(await citizen.say(hint.code)).toContain(UNAVAILABLE);
  expect(portal().state().counts.requests).toBe(asked);
  portal().setFault({ kind: 'none' });
  await until(async () => (await citizen.say(hint.code)).includes(card(hint)), 'the portal to be asked again', 20_000);
});

it('answers within a turn’s share when the portal takes 3 s or 8 s, and is not confused by what comes late', async () => {
  const slow = [dossier('ready'), dossier('returned')];
  portal().setFault({ kind: 'slow', delayMs: 3500, path: `/dossiers/${slow[0]?.code}`, times: 2 });
  portal().setFault({ kind: 'slow', delayMs: 8000, path: `/dossiers/${slow[1]?.code}`, times: 2 });
  const people = slow.map((hint) => ({ hint, citizen: stage.citizen('zalo') }));
  for (const { hint, citizen } of people) citizen.write(hint.code);
  for (const { citizen } of people) await citizen.hears(UNAVAILABLE);
  await stage.quiet();
  portal().setFault({ kind: 'none' });
  for (const { hint, citizen } of people) {
    await until(async () => (await citizen.say(hint.code)).includes(card(hint)), 'the dossier', 20_000);
  }
});

it('fills the catalogue of a new deployment as soon as the portal can be read', async () => {
  const fresh = await Stage.prepare();
  try {
    fresh.simulators.portal.setFault({ kind: 'garbage', path: '/procedures', times: 1 });
    await fresh.start();
    const citizen = fresh.citizen('zalo');
    await until(async () => (await citizen.say('giấy độc thân')).includes(SINGLE), 'the catalogue');
  } finally {
    await fresh.close();
  }
});

it('left no dead letter and no turn that threw', async () => {
  expect(await stage.bot.metric('mot_cua_dead_letters_total')).toBe(0);
  expect(stage.output).not.toContain('"action":"turn.threw"');
});
