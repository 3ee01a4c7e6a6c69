// Webhooks of the simulated Zalo: signature, shapes, retry schedule, and the odd ways in which they can arrive.
import { ManualClock } from '../../simulators/platform/clock.js';
import { zaloMac } from '../../simulators/zalo/events.js';
import { createZaloSimulator, type ZaloSimulator } from '../../simulators/zalo/server.js';
import { catchWebhooks, postJson, type WebhookCatcher } from './platform/webhook-catcher.js';

const MINUTE = 60_000;
const START = Date.parse('2026-11-02T12:00:00+07:00');

let zalo: ZaloSimulator;
let bot: WebhookCatcher;
let clock: ManualClock;
let user: string;

beforeEach(async () => {
  clock = new ManualClock(START);
  bot = await catchWebhooks();
  zalo = await createZaloSimulator({ clock, webhookUrl: bot.url, behaviour: { webhookDeadlineMs: 300 } });
  user = zalo.createUser().id;
});
afterEach(async () => {
  await zalo.close();
  await bot.close();
});

const macOf = (at: number) => bot.caught[at]?.headers['x-zevent-signature'];
const expectedMac = (at: number, key = 'oa-secret-for-tests') => {
  const raw = bot.caught[at]?.raw ?? Buffer.alloc(0);
  const { timestamp } = JSON.parse(raw.toString('utf8'));
  return `mac=${zaloMac(zalo.state.app.id, raw, String(timestamp), key)}`;
};

describe('signature', () => {
  it.each([
    [
      '{"app_id":"1000200030004000500","sender":{"id":"3000400050006000700"},"user_id_by_app":"4000500060007000800","recipient":{"id":"2000300040005000600"},"event_name":"user_send_text","message":{"text":"Tra cứu hồ sơ H01.23","msg_id":"a1b2c3d4e5f60718293a"},"timestamp":"1767225600123"}',
      '1767225600123',
      '5add95c12766965ffa90a64a62a7605571523f7e97da3bad8fbb73a5d28c2f06',
    ],
    [
      '{"oa_id":"2000300040005000600","follower":{"id":"3000400050006000700"},"user_id_by_app":"4000500060007000800","event_name":"follow","source":"oa_profile","app_id":"1000200030004000500","timestamp":"1767225605000"}',
      '1767225605000',
      '406f7a8897c85ef4e3f7e0a82fd2e628b19ec1ac2a9ef552a5cdec403b4969f0',
    ],
  ])('is that of the test vectors', (body, timestamp, mac) => {
    expect(zaloMac('1000200030004000500', Buffer.from(body), timestamp, 'oa-secret-for-tests')).toBe(mac);
  });

  it('covers the bytes on the wire, whatever their spelling', async () => {
    for (const json of ['platform', 'spaced', 'escaped'] as const) {
      zalo.webhooks.twists = { ...zalo.webhooks.twists, json };
      zalo.acts.say(user, { text: 'đường dây nóng' });
      await zalo.settled();
    }
    expect(bot.events().map((event) => event.message.text)).toEqual(Array(3).fill('đường dây nóng'));
    expect(new Set(bot.caught.map(({ raw }) => raw.toString('utf8').replace(/\d{5,}|[0-9a-f]{20}/g, ''))).size).toBe(3);
    for (const at of [0, 1, 2]) expect(macOf(at)).toBe(expectedMac(at));
  });

  it('can be wrong or missing, and the timestamp a number', async () => {
    const event = { event_name: 'user_send_text', timestamp: String(START) };
    await zalo.sendEvent(event, { badSignature: true });
    await zalo.sendEvent(event, { unsigned: true });
    await zalo.sendEvent(event, { oddTimestamp: true });

    expect(macOf(0)).not.toBe(expectedMac(0));
    expect(macOf(1)).toBeUndefined();
    expect(bot.events()[2].timestamp).toBe(START);
    expect(macOf(2)).toBe(expectedMac(2));
  });
});

describe('events', () => {
  it('tells what people do', async () => {
    zalo.acts.open(user, {});
    zalo.acts.say(user, { text: 'Tra cứu' });
    zalo.acts.image(user, { caption: 'CCCD mặt trước' });
    zalo.acts.sticker(user, {});
    zalo.acts.file(user, {});
    zalo.acts.location(user, {});
    zalo.acts.link(user, { url: 'https://dichvucong.example.gov.vn' });
    zalo.acts.card(user, {});
    zalo.acts.gif(user, {});
    zalo.acts.audio(user, {});
    zalo.acts.video(user, {});
    zalo.acts.unfollow(user, {});
    await zalo.settled();

    const events = bot.events();
    expect(events.map((event) => event.event_name)).toEqual([
      'follow',
      'user_click_chatnow',
      'user_send_text',
      'user_send_image',
      'user_send_sticker',
      'user_send_file',
      'user_send_location',
      'user_send_link',
      'user_send_business_card',
      'user_send_gif',
      'user_send_audio',
      'user_send_video',
      'unfollow',
    ]);
    expect(events[0]).toMatchObject({ follower: { id: user }, source: 'oa_profile' });
    expect(events[2]).toEqual({
      app_id: zalo.state.app.id,
      sender: { id: user },
      user_id_by_app: expect.stringMatching(/^\d{19}$/),
      recipient: { id: zalo.state.oa.id },
      event_name: 'user_send_text',
      message: { text: 'Tra cứu', msg_id: expect.any(String) },
      timestamp: String(START),
    });
    expect(events[3].message).toMatchObject({ text: 'CCCD mặt trước', attachments: [{ type: 'image' }] });
    expect(JSON.parse(events[8].message.attachments[0].payload.description)).toMatchObject({ phone: '84901234567' });
    expect(bot.caught[0]?.headers).toMatchObject({ 'user-agent': 'ZaloWebhook', 'x-zevent-server': 'OA OpenAPI' });
  });

  it('turns a tap into the payload as text, hidden or shown', async () => {
    zalo.acts.say(user, { text: 'menu' });
    const buttons = [
      { title: 'Tra cứu', type: 'oa.query.show', payload: '#TRACUU' },
      { title: 'Gặp cán bộ', type: 'oa.query.hide', payload: '#CANBO' },
      { title: 'Cổng', type: 'oa.open.url', payload: { url: 'https://a.example' } },
    ];
    const message = { text: 'Chọn', attachment: { type: 'template', payload: { buttons } } };
    const sent = await postJson(
      `${zalo.urls.openApi}/v3.0/oa/message/cs`,
      { recipient: { user_id: user }, message },
      { access_token: 'AT-0001' },
    );
    const messageId: string = sent.data.message_id;
    expect(zalo.conversation(user).messages.at(-1)?.actions).toEqual([
      { index: 0, title: 'Tra cứu', kind: 'reply' },
      { index: 1, title: 'Gặp cán bộ', kind: 'postback' },
      { index: 2, title: 'Cổng', kind: 'url', url: 'https://a.example' },
    ]);

    for (const index of [0, 1, 2]) zalo.acts.tap(user, { messageId, index });
    await zalo.settled();

    expect(bot.events().map((event) => event.message.text)).toEqual(['menu', '#TRACUU', '#CANBO']);
    expect(zalo.conversation(user).messages.map(({ text }) => text)).toEqual(['menu', 'Chọn', '#TRACUU']);
    expect(() => zalo.acts.tap(user, { messageId, index: 3 })).toThrow('nothing to tap');
  });

  it('echoes the bot without and an officer with an admin id', async () => {
    zalo.acts.say(user, { text: 'chào' });
    const sent = await postJson(
      `${zalo.urls.openApi}/v3.0/oa/message/cs`,
      { recipient: { user_id: user }, message: { text: 'Dạ' } },
      { access_token: 'AT-0001' },
    );
    await clock.advance(50);
    zalo.acts.officer(user, { text: 'Cán bộ đây' });
    await zalo.settled();

    const [, echo, received, officer] = bot.events();
    expect(echo).toMatchObject({
      event_name: 'oa_send_text',
      sender: { id: zalo.state.oa.id },
      message: { text: 'Dạ', msg_id: sent.data.message_id },
    });
    expect(echo.sender.admin_id).toBeUndefined();
    expect(received).toMatchObject({ event_name: 'user_received_message', sender: { id: zalo.state.oa.id } });
    expect(officer).toMatchObject({ event_name: 'oa_send_text', sender: { admin_id: expect.any(String) } });
    expect(zalo.conversation(user).messages.map(({ from }) => from)).toEqual(['citizen', 'bot', 'officer']);
  });

  it('submits information only when asked', async () => {
    expect(() => zalo.acts.submitInfo(user, {})).toThrow('asked for no information');
    zalo.acts.say(user, { text: 'a' });
    const elements = [{ title: 'Thông tin', subtitle: 'Xin họ tên', image_url: 'https://a.example/i.png' }];
    const message = { attachment: { type: 'template', payload: { template_type: 'request_user_info', elements } } };
    await postJson(
      `${zalo.urls.openApi}/v3.0/oa/message/cs`,
      { recipient: { user_id: user }, message },
      { access_token: 'AT-0001' },
    );
    zalo.acts.submitInfo(user, { name: 'Trần B' });
    await zalo.settled();
    expect(bot.events().at(-1)).toMatchObject({
      event_name: 'user_submit_info',
      info: { name: 'Trần B', phone: '84901234567' },
    });
  });
});

describe('retries', () => {
  it('come after 30 s, 5, 15, 30 and 60 min with identical bytes; then the webhook is off', async () => {
    bot.answer = { status: 503 };
    zalo.acts.say(user, { text: 'có ai không' });
    await zalo.settled();
    for (const [count, pause] of [0.5, 5, 15, 30, 60].entries()) {
      await clock.advance(pause * MINUTE - 1);
      expect(bot.caught).toHaveLength(count + 1);
      await clock.advance(1);
      expect(bot.caught).toHaveLength(count + 2);
    }

    expect(bot.caught.map(({ headers }) => headers.num_retry)).toEqual([undefined, '1', '2', '3', '4', '5']);
    expect(new Set(bot.caught.map(({ raw }) => raw.toString('utf8'))).size).toBe(1);
    expect(new Set(bot.caught.map(({ headers }) => headers['x-zevent-signature'])).size).toBe(1);
    expect(zalo.webhooks.disabled).toBe(true);

    bot.answer = { status: 200 };
    zalo.acts.say(user, { text: 'mất' });
    await zalo.settled();
    expect(bot.caught).toHaveLength(6);
    zalo.webhooks.enable();
    zalo.acts.say(user, { text: 'có' });
    await zalo.settled();
    expect(bot.events().at(-1).message.text).toBe('có');
  });

  it('come after silence and after 201 as well, and do not hold up later events', async () => {
    bot.answer = { status: null };
    zalo.acts.say(user, { text: 'một' });
    await zalo.settled();
    bot.answer = { status: 201 };
    zalo.acts.say(user, { text: 'hai' });
    await zalo.settled();
    bot.answer = { status: 200 };
    await clock.advance(30_000);

    expect(bot.events().map((event) => event.message.text)).toEqual(['một', 'hai', 'một', 'hai']);
    expect(zalo.webhooks.counts).toMatchObject({ delivered: 2, failedAttempts: 2 });
  });

  it('walk the whole schedule when the clock jumps at once', async () => {
    bot.answer = { status: 500 };
    zalo.acts.say(user, { text: 'a' });
    await clock.advance(24 * 60 * MINUTE);
    expect(bot.caught).toHaveLength(6);
    expect(zalo.webhooks.log[0]?.outcome).toBe('givenUp');
  });
});

describe('odd deliveries', () => {
  it('doubles, also at the same moment', async () => {
    await zalo.sendEvent({ event_name: 'user_send_text', timestamp: '1' }, { copies: 3 });
    await zalo.sendEvent({ event_name: 'user_send_text', timestamp: '1' }, { copies: 5, parallel: true });
    expect(bot.caught).toHaveLength(8);
    expect(new Set(bot.caught.map(({ raw }) => raw.toString('utf8'))).size).toBe(1);
  });

  it('arrives late with its old time, and in reverse order', async () => {
    void zalo.sendEvent({ event_name: 'late', timestamp: String(START) }, { delayMs: 110 * MINUTE });
    await clock.advance(110 * MINUTE);
    expect(bot.events()[0].timestamp).toBe(String(START));

    zalo.webhooks.hold();
    for (const text of ['1', '2', '3']) zalo.acts.say(user, { text });
    expect(bot.caught).toHaveLength(1);
    zalo.webhooks.release('reversed');
    await zalo.settled();
    expect(
      bot
        .events()
        .slice(1)
        .map((event) => event.message.text),
    ).toEqual(['3', '2', '1']);
  });

  it('probes unsigned, and tests like the console', async () => {
    expect(await zalo.probe()).toBe(200);
    expect(bot.caught[0]?.raw.toString()).toBe('{}');
    expect(macOf(0)).toBeUndefined();
    await zalo.consoleTest();
    expect(bot.events()[1].message.text).toBe('This is testing message');
    expect(macOf(1)).toBe(expectedMac(1));
  });
});
