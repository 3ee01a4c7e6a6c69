// The platforms on a bad day: what is asked must be answered, once, and one person's trouble must not become another's.
import type { FaultAction } from '../../simulators/platform/faults.js';
import { HOME } from '../../src/flows/home/texts.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { APPS, type App, type Citizen, Stage } from './stage.js';
import { texts } from './wording.js';

const MENU = texts.format(HOME.menu);
const answers = (citizen: Citizen) => citizen.heard.filter(({ text }) => text === MENU).length;

/** Answered before: what follows is about one reply, without the notice. */
async function regular(stage: Stage, app: App): Promise<Citizen> {
  const citizen = stage.citizen(app);
  await citizen.say('xin chào');
  return citizen;
}

afterAll(removeTemporaryFolders);

describe('a fault of one send', () => {
  const faults: readonly [name: string, app: App, action: FaultAction][] = [
    ['the connection breaks after the message was taken', 'zalo', { kind: 'resetAfter' }],
    ['the connection breaks after the message was taken', 'messenger', { kind: 'resetAfter' }],
    ['a gateway answers 502 with HTML', 'zalo', { kind: 'badGateway' }],
    ['a gateway answers 502 with HTML', 'messenger', { kind: 'badGateway' }],
    ['the connection breaks before anything was taken', 'zalo', { kind: 'disconnect' }],
    ['the connection breaks before anything was taken', 'messenger', { kind: 'disconnect' }],
    ['the answer is cut in its middle', 'zalo', { kind: 'garbage' }],
    ['the answer is cut in its middle', 'messenger', { kind: 'garbage' }],
    ['the platform takes 2 s to do it', 'zalo', { kind: 'slow', ms: 2000 }],
    ['the platform takes 2 s to answer', 'messenger', { kind: 'lateAnswer', ms: 2000 }],
    ['the platform is busy (-200)', 'zalo', { kind: 'refuse', code: -200 }],
    ['the platform has a passing error (2)', 'messenger', { kind: 'refuse', code: 2 }],
    [
      'the platform says it failed and may have sent (1/1357046)',
      'messenger',
      { kind: 'refuse', code: 1, subcode: 1357046 },
    ],
  ];
  let stage: Stage;
  const citizens: Citizen[] = [];
  beforeAll(async () => {
    stage = await Stage.open();
    for (const [, app, action] of faults) {
      const citizen = await regular(stage, app);
      citizens.push(citizen);
      stage.simulators[app].faults.add({ action, bodyIncludes: citizen.id, path: '/message' });
    }
    // All at once: each waits for its own trouble to pass.
    for (const citizen of citizens) citizen.write('menu');
  });
  afterAll(() => stage.close());

  it.each(faults.map(([name, app], index) => ({ name, app, index })))(
    '$app: $name: the answer arrives once',
    async ({ index }) => {
      const citizen = citizens[index] as Citizen;
      await citizen.hears(MENU);
      await stage.quiet();
      expect(answers(citizen)).toBe(1);
    },
  );

  it('leaves no dead letter and no fault behind', async () => {
    for (const app of APPS) expect(stage.simulators[app].faults.list()).toEqual([]);
    expect(await stage.bot.metric('mot_cua_dead_letters_total')).toBe(0);
  });

  it('keeps the order of a person’s replies', async () => {
    const citizen = await regular(stage, 'zalo');
    stage.simulators.zalo.faults.add({ action: { kind: 'slow', ms: 400 }, bodyIncludes: citizen.id });
    citizen.write('menu');
    citizen.write('cảm ơn');
    citizen.write('tạm biệt');
    await stage.quiet();
    expect(citizen.heard.slice(-3).map(({ text }) => text?.slice(0, 12))).toEqual([
      MENU.slice(0, 12),
      expect.anything(),
      expect.anything(),
    ]);
    expect(answers(citizen)).toBe(1);
  });

  it('without echoes an unknown outcome costs at most one repeat', async () => {
    const people = await Promise.all(APPS.map((app) => regular(stage, app)));
    for (const { app, id } of people) {
      stage.simulators[app].behaviour.echo = false;
      stage.simulators[app].faults.add({ action: { kind: 'resetAfter' }, bodyIncludes: id, path: '/message' });
    }
    for (const person of people) person.write('menu');
    for (const person of people) await person.hears(MENU);
    await stage.quiet();
    for (const app of APPS) stage.simulators[app].behaviour.echo = true;
    for (const person of people) {
      expect(answers(person)).toBeGreaterThanOrEqual(1);
      expect(answers(person)).toBeLessThanOrEqual(2);
    }
  });

  it.each([
    ['zalo', 'zalo.-244'],
    ['messenger', 'messenger.551.1545041'],
  ] as const)('%s: a person who blocked us ends in the dead letters, the next one is served', async (app, reason) => {
    const citizen = await regular(stage, app);
    const other = await regular(stage, app);
    stage.simulators[app].acts.block(citizen.id, {});
    citizen.write('menu');
    expect(await other.say('menu')).toBe(MENU);
    await stage.quiet();
    expect(answers(citizen)).toBe(0);
    expect(await stage.bot.metric('mot_cua_dead_letters_total', { source: 'reply' })).toBeGreaterThan(0);
    expect((await stage.bot.logs('reply.dead-letter')).map((line) => line.reason)).toContain(reason);
    stage.simulators[app].acts.unblock(citizen.id, {});
    expect(await citizen.say('menu')).toBe(MENU);
  });

  it('a closed window ends in the dead letters', async () => {
    const citizen = await regular(stage, 'messenger');
    stage.simulators.messenger.faults.add({
      action: { kind: 'refuse', code: 10, subcode: 2018278 },
      bodyIncludes: citizen.id,
      path: '/messages',
    });
    citizen.write('menu');
    await stage.quiet();
    expect((await stage.bot.logs('reply.dead-letter')).map((line) => line.reason)).toContain('messenger.10.2018278');
    expect(await stage.bot.metric('mot_cua_accounts_paused')).toBe(0);
  });

  it('a shape that Zalo refuses is sent as plain text', async () => {
    const citizen = await regular(stage, 'zalo');
    stage.simulators.zalo.faults.add({ action: { kind: 'refuse', code: -201 }, bodyIncludes: citizen.id });
    const text = await citizen.say('menu');
    expect(text).toContain(MENU);
    expect(text).toContain(`1. ${texts.format(HOME.find)}`);
    expect(await citizen.say('2')).not.toContain(MENU);
  });

  it('a rate limit of Zalo delays, and loses nothing', async () => {
    const people = await Promise.all([regular(stage, 'zalo'), regular(stage, 'zalo'), regular(stage, 'zalo')]);
    stage.simulators.zalo.faults.add({ action: { kind: 'rateLimited' } });
    for (const person of people) person.write('menu');
    for (const person of people) await person.hears(MENU);
    await stage.quiet();
    expect(people.map(answers)).toEqual([1, 1, 1]);
  });
});

describe('Zalo’s tokens', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());
  const tokens = () => stage.simulators.zalo.state.tokens;

  it('an expired access token is renewed once, however many wait for it', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => regular(stage, 'zalo')));
    tokens().expireAccess();
    for (const person of people) person.write('menu');
    await stage.quiet();
    expect(people.map(answers)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(tokens().refreshes).toBe(1);
  });

  it('the new pair outlives a restart with the old tokens in the settings', async () => {
    const citizen = await regular(stage, 'zalo');
    expect(await stage.bot.stop()).toBe(0);
    await stage.start();
    expect(await citizen.say('menu')).toBe(MENU);
    expect(tokens().refreshes).toBe(1);
    tokens().expireAccess();
    expect(await citizen.say('menu')).toBe(MENU);
    expect(tokens().refreshes).toBe(2);
  });

  it('a token that is refused although it was good is renewed and the message sent once', async () => {
    const citizen = await regular(stage, 'zalo');
    const before = tokens().refreshes;
    stage.simulators.zalo.faults.add({ action: { kind: 'tokenExpired' } });
    expect(await citizen.say('menu')).toBe(MENU);
    expect(tokens().refreshes).toBe(before + 1);
  });

  it('a refresh whose answer is lost, because the token was spent meanwhile, stops this account and nothing else', async () => {
    const citizen = await regular(stage, 'zalo');
    const other = await regular(stage, 'messenger');
    // Another program used the refresh token.
    tokens().refresh(tokens().current.refresh);
    citizen.write('menu');
    const [paused] = await stage.bot.logs('account.paused');
    expect(paused).toMatchObject({ reason: 'zalo.oauth.-14014' });
    expect(stage.bot.logged('zalo.token.refresh-failed')).not.toEqual([]);
    expect(await stage.bot.metric('mot_cua_accounts_paused')).toBe(1);
    other.write('menu');
    await other.hears(MENU);
    expect(answers(citizen)).toBe(0);
    expect(await stage.bot.metric('mot_cua_outbox_stored')).toBeGreaterThanOrEqual(1);
    expect(await stage.bot.status('/readyz')).toBe(200);
  });

  it('a new consent in the settings brings the account back, and what waited is sent', async () => {
    expect(await stage.bot.stop()).toBe(0);
    const { access, refresh } = tokens().current;
    await stage.start({ ZALO_ACCESS_TOKEN: access, ZALO_REFRESH_TOKEN: refresh });
    await until(
      () => stage.simulators.zalo.outbox.some(({ body }) => JSON.stringify(body).includes(MENU.slice(0, 10))),
      'the waiting answer',
    );
    await stage.quiet();
    expect(await stage.bot.metric('mot_cua_accounts_paused')).toBe(0);
    expect(await (await regular(stage, 'zalo')).say('menu')).toBe(MENU);
  });
});

describe('trouble of a whole Page', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  it('rests it while its token has ended (190); Zalo goes on, and after a restart the answer arrives once', async () => {
    const citizen = await regular(stage, 'messenger');
    const other = await regular(stage, 'zalo');
    stage.simulators.messenger.faults.add({ action: { kind: 'tokenExpired' }, path: '/messages' });
    citizen.write('menu');
    const [paused] = await stage.bot.logs('account.paused');
    expect(paused?.reason).toMatch(/^messenger\.190/);
    other.write('menu');
    await other.hears(MENU);
    expect(answers(citizen)).toBe(0);
    await stage.bot.kill();
    await stage.start();
    await citizen.hears(MENU);
    await stage.quiet();
    expect(answers(citizen)).toBe(1);
  });

  it('rests it when it sends too fast (613), and keeps the answer', async () => {
    const citizen = await regular(stage, 'messenger');
    stage.simulators.messenger.faults.add({ action: { kind: 'rateLimited' }, path: '/messages' });
    citizen.write('menu');
    const [paused] = await stage.bot.logs('account.paused');
    expect(paused?.reason).toMatch(/^messenger\.613/);
    expect(await stage.bot.metric('mot_cua_outbox_stored')).toBe(1);
    expect(await stage.bot.metric('mot_cua_dead_letters_total')).toBe(0);
  });
});
