// What reaches the webhooks besides good messages: forgeries, probes, repeats, odd spellings, broken and huge bodies.
import { request } from 'node:http';
import { demoAccounts } from '../../simulators/accounts.js';
import { NO_TWISTS, type TwistOptions, twistsSchema } from '../../simulators/platform/twists.js';
import { HOME } from '../../src/flows/home/texts.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { APPS, type App, type Citizen, Stage } from './stage.js';
import { post, signature } from './webhook.js';
import { texts } from './wording.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  await stage.close();
  removeTemporaryFolders();
});
afterEach(() => {
  for (const app of APPS) stage.simulators[app].webhooks.twists = NO_TWISTS;
});

const SOURCES = [...APPS, 'portal'] as const;
const MENU = () => texts.format(HOME.menu);
const twist = (app: App, twists: TwistOptions) => {
  stage.simulators[app].webhooks.twists = twistsSchema.parse(twists);
};
const deadLetters = (labels: Record<string, string> = {}) => stage.bot.metric('mot_cua_dead_letters_total', labels);
/** Text messages of this citizen at the platform, typing and the like left out. */
const sent = (citizen: Citizen) => citizen.heard.length;

function textEvent(app: App, user: string, text: string, id: string): string {
  const { zalo, messenger } = demoAccounts;
  const now = Date.now();
  return app === 'zalo'
    ? `{"app_id":"${zalo.appId}","sender":{"id":"${user}"},"recipient":{"id":"${zalo.oaId}"},"event_name":"user_send_text",` +
        `"message":{"text":"${text}","msg_id":"${id}"},"timestamp":"${now}"}`
    : `{"object":"page","entry":[{"id":"${messenger.pageId}","time":${now},"messaging":[{"sender":{"id":"${user}"},` +
        `"recipient":{"id":"${messenger.pageId}"},"timestamp":${now},"message":{"mid":"${id}","text":"${text}"}}]}]}`;
}

describe.each(SOURCES)('the webhook of %s', (source) => {
  it('refuses what is not signed, signed with another key, or signed for other bytes', async () => {
    const body = Buffer.from('{"event":"x","timestamp":"1767225600123"}');
    expect(await post(stage, source, body, {})).toBe(401);
    expect(await post(stage, source, body, signature(source, Buffer.from('{"timestamp":"1767225600123"}')))).toBe(401);
    const other = Object.fromEntries(
      Object.entries(signature(source, body)).map(([name, value]) => [name, value.replace(/[0-9a-f]{8}$/, '00000000')]),
    );
    expect(await post(stage, source, body, other)).toBe(401);
    for (const odd of ['', 'mac=', 'sha256=', 'sha256=zz', 'x'.repeat(5000)])
      expect(await post(stage, source, body, Object.fromEntries(Object.keys(other).map((name) => [name, odd])))).toBe(
        401,
      );
  });

  it('takes signed bytes that are no JSON with 200 and leaves a dead letter', async () => {
    const before = await deadLetters({ source: 'webhook' });
    expect(await post(stage, source, 'not json "timestamp":"1767225600123"')).toBe(200);
    expect(await post(stage, source, Buffer.from([0xff, 0xfe, 0x00, 0x7b]))).toBe(200);
    expect(await deadLetters({ source: 'webhook' })).toBe(before + 2);
  });

  it('takes signed JSON of a shape nobody knows with 200', async () => {
    for (const body of ['[]', 'null', '"text"', '7', '{"object":7}', '{"event_name":7,"timestamp":"1"}', '{"id":"1"}'])
      expect([body, await post(stage, source, body)]).toEqual([body, 200]);
  });

  it('refuses a body over 5 MB, told or not told how long it is', async () => {
    const big = Buffer.alloc(5 * 1024 * 1024 + 1, 0x20);
    expect(await post(stage, source, big)).toBe(413);
    expect(await chunked(`/webhooks/${source}`, big)).toBe(413);
    expect(await stage.bot.status('/healthz')).toBe(200);
  });

  it('answers other methods without harm', async () => {
    expect(await stage.bot.status(`/webhooks/${source}`, { method: 'PUT', body: '{}' })).toBe(405);
    expect(await stage.bot.status(`/webhooks/${source}`)).toBe(source === 'messenger' ? 403 : 200);
  });
});

it('an address that is none gets 404', async () => {
  expect(await stage.bot.status('/webhooks/telegram', { method: 'POST', body: '{}' })).toBe(404);
  expect(await stage.bot.status('/%00')).toBe(404);
});

it('Zalo’s console probes are answered 200 and nobody hears of them', async () => {
  const before = await stage.bot.metric('mot_cua_events_total');
  expect(await stage.simulators.zalo.probe()).toBe(200);
  expect(await post(stage, 'zalo', '', {})).toBe(200);
  expect((await stage.simulators.zalo.consoleTest()).outcome).toBe('delivered');
  expect(await stage.bot.metric('mot_cua_events_total')).toBe(before);
});

it('Messenger’s handshake echoes the challenge for the right token only', async () => {
  expect(await stage.simulators.messenger.verifyWebhook()).toMatchObject({ accepted: true, status: 200 });
  expect(await stage.simulators.messenger.verifyWebhook('guessed')).toMatchObject({ accepted: false, status: 403 });
  const markup = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.verify_token': demoAccounts.messenger.verifyToken,
    'hub.challenge': '<script>1</script>',
  });
  expect(await stage.bot.status(`/webhooks/messenger?${markup}`)).toBe(403);
});

describe.each(APPS)('a message on %s', (app) => {
  it('that comes twelve times at once is answered once', async () => {
    const citizen = stage.citizen(app);
    await citizen.say('xin chào');
    const before = sent(citizen);
    twist(app, { copies: 12, parallel: true });
    expect(await citizen.say('menu')).toBe(MENU());
    expect(sent(citizen)).toBe(before + 1);
  });

  it('that comes again later is not answered again', async () => {
    const citizen = stage.citizen(app);
    await citizen.say('xin chào');
    const body = textEvent(app, citizen.id, 'menu', `again-${app}`);
    for (let time = 0; time < 3; time += 1) {
      expect(await post(stage, app, body)).toBe(200);
      await stage.quiet();
    }
    expect(citizen.heard.filter(({ text }) => text === MENU())).toHaveLength(1);
  });

  it('that overtakes an earlier one is answered, and so is the earlier one', async () => {
    const citizen = stage.citizen(app);
    await citizen.say('xin chào');
    const { webhooks } = stage.simulators[app];
    webhooks.hold();
    citizen.write('menu');
    citizen.write('cảm ơn');
    webhooks.release('reversed');
    await citizen.hears(MENU());
    await stage.quiet();
    expect(sent(citizen)).toBe(2 + 2);
  });

  it.each(['plain', 'spaced', 'escaped', 'escapedMore'] as const)('spelled as %s JSON is understood', async (json) => {
    const citizen = stage.citizen(app);
    twist(app, { json });
    expect(await citizen.say('xin giấy độc thân, “gấp” lắm/ạ 😀')).toContain('1.004873');
  });

  it('with an odd timestamp is understood', async () => {
    const citizen = stage.citizen(app);
    twist(app, { oddTimestamp: true });
    expect(await citizen.say('menu')).toContain(MENU());
  });

  it('with ids as bare numbers beyond 2^53 reaches the right person', async () => {
    const citizen = stage.citizen(app, { id: app === 'zalo' ? '3000400050006000701' : '20000000000000017' });
    citizen.reachable();
    const neighbour = stage.citizen(app);
    const body = textEvent(app, citizen.id, 'menu', `big-${app}`).replaceAll(/"id":"(\d+)"/g, '"id":$1');
    expect(body).toContain(`{"id":${citizen.id}}`);
    expect(await post(stage, app, body)).toBe(200);
    await stage.quiet();
    expect(citizen.last.text).toBe(MENU());
    expect(neighbour.heard).toEqual([]);
  });

  it('of 100,000 letters, of none, or of strange ones is answered', async () => {
    const citizen = stage.citizen(app);
    citizen.reachable();
    const odd = ['hồ sơ '.repeat(17_000), ' ', '\\u0000\\u0001', '\\ud83d', '‮abc', '🇻🇳'.repeat(500), '1'.repeat(5000)];
    for (const [index, text] of odd.entries())
      expect(await post(stage, app, textEvent(app, citizen.id, text, `odd-${app}-${index}`))).toBe(200);
    await stage.quiet();
    expect(citizen.heard.length).toBeGreaterThanOrEqual(odd.length);
    expect(await deadLetters({ source: 'event' })).toBe(0);
  });
});

it('a batch of Messenger with several people reaches each of them', async () => {
  const people = [stage.citizen('messenger'), stage.citizen('messenger'), stage.citizen('messenger')];
  const { webhooks } = stage.simulators.messenger;
  webhooks.hold();
  for (const person of people) person.write('menu');
  webhooks.release('batch');
  for (const person of people) await person.hears(MENU());
  expect(webhooks.log.at(-1)?.kind === 'batch' || webhooks.log.some(({ kind }) => kind === 'batch')).toBe(true);
});

it('after all this the bot is well', async () => {
  expect(await stage.bot.status('/healthz')).toBe(200);
  expect(await stage.bot.status('/readyz')).toBe(200);
  expect(stage.bot.logged('webhook.threw')).toEqual([]);
  expect(stage.bot.logged('turn.threw')).toEqual([]);
});

/** Posts without telling the length; the status. */
function chunked(path: string, body: Buffer): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = request(stage.bot.url + path, { method: 'POST' }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      outgoing.destroy();
    });
    outgoing.on('error', () => resolve(0));
    outgoing.write(body.subarray(0, 1_000_000));
    outgoing.end(body.subarray(1_000_000));
  });
}
