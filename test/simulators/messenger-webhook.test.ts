// Webhooks of the simulated Messenger: both signatures, escaped JSON, batches, standby, echoes, and the way to being unsubscribed.
import { hubSignatures } from '../../simulators/messenger/events.js';
import { createMessengerSimulator, type MessengerSimulator } from '../../simulators/messenger/server.js';
import { INBOX_APP_ID } from '../../simulators/messenger/state.js';
import { ManualClock } from '../../simulators/platform/clock.js';
import { spellJson } from '../../simulators/platform/twists.js';
import { catchWebhooks, postJson, type WebhookCatcher } from './platform/webhook-catcher.js';

const MINUTE = 60_000;
const START = Date.parse('2026-11-02T12:00:00+07:00');
const TOKEN = { Authorization: 'Bearer EAATESTTOKEN' };

let fb: MessengerSimulator;
let bot: WebhookCatcher;
let clock: ManualClock;
let user: string;

beforeEach(async () => {
  clock = new ManualClock(START);
  bot = await catchWebhooks();
  fb = await createMessengerSimulator({ clock, webhookUrl: bot.url, behaviour: { webhookDeadlineMs: 300 } });
  user = fb.createUser().id;
});
afterEach(async () => {
  await fb.close();
  await bot.close();
});

// biome-ignore lint/suspicious/noExplicitAny: tests look into events of every shape
const messaging = (): any[] =>
  bot.events().flatMap(({ entry }) => entry.flatMap((one: { messaging?: unknown[] }) => one.messaging ?? []));
const send = (message: object) =>
  postJson(`${fb.urls.graph}/v25.0/me/messages`, { recipient: { id: user }, message }, TOKEN);

describe('signature', () => {
  const vector = {
    object: 'page',
    entry: [
      {
        id: '1111111111',
        time: 1760000000500,
        messaging: [
          {
            sender: { id: '2222222222' },
            recipient: { id: '1111111111' },
            timestamp: 1760000000000,
            message: { mid: 'm_test_1', text: 'Café 😀 https://ex.am' },
          },
        ],
      },
    ],
  };

  it('is that of the test vector, over the escaped spelling', () => {
    const body = Buffer.from(spellJson(vector, 'escaped'));
    expect(body).toHaveLength(248);
    expect(hubSignatures(body, 'test_app_secret_123')).toEqual({
      sha256: 'sha256=2355b7a15766fed2962c6fe448099700d01ef2e01e128857854d2e8ba9d71d8a',
      sha1: 'sha1=75ed019dc4a1024d4814ea1036fe827f06c43590',
    });
    expect(hubSignatures(Buffer.from(JSON.stringify(vector)), 'test_app_secret_123').sha256).toBe(
      'sha256=e23d4d93013f31177fc0a7e57ade72e1f4ffb3315c9bb160068d962c3f672807',
    );
  });

  it('covers the bytes on the wire, and can be wrong or missing', async () => {
    fb.acts.say(user, { text: 'Đường https://ex.am' });
    await fb.settled();
    const raw = bot.caught[0]?.raw ?? Buffer.alloc(0);
    const headers = bot.caught[0]?.headers ?? {};
    expect(raw.toString('latin1')).toContain('"\\u0110\\u01b0\\u1eddng https:\\/\\/ex.am"');
    expect(headers['x-hub-signature-256']).toBe(hubSignatures(raw, 'test_app_secret_123').sha256);
    expect(headers['x-hub-signature']).toBe(hubSignatures(raw, 'test_app_secret_123').sha1);

    await fb.sendEvent({ message: { mid: 'm_1', text: 'a' } }, { badSignature: true });
    await fb.sendEvent({ message: { mid: 'm_1', text: 'a' } }, { unsigned: true });
    expect(bot.caught[1]?.headers['x-hub-signature-256']).not.toBe(
      hubSignatures(bot.caught[1]?.raw ?? raw, 'test_app_secret_123').sha256,
    );
    expect(bot.caught[2]?.headers['x-hub-signature-256']).toBeUndefined();
  });
});

it('shakes hands with GET', async () => {
  bot.answer = { status: 200, body: ({ url }) => new URL(url, 'http://bot').searchParams.get('hub.challenge') ?? '' };
  expect(await fb.verifyWebhook()).toMatchObject({ accepted: true, status: 200 });
  expect(bot.caught[0]?.url).toMatch(
    /\?hub\.mode=subscribe&hub\.verify_token=verify-token-for-tests&hub\.challenge=\d{10}$/,
  );
  bot.answer = { status: 403 };
  expect(await fb.verifyWebhook('wrong')).toMatchObject({ accepted: false, status: 403 });
});

describe('events', () => {
  it('tell what people do', async () => {
    fb.acts.getStarted(user, { ref: 'quay-1' });
    const said = fb.acts.say(user, { text: 'Tra cứu' }).id;
    fb.acts.edit(user, { messageId: said, text: 'Tra cứu hồ sơ' });
    fb.acts.react(user, { messageId: said, reaction: 'love' });
    fb.acts.sticker(user, { form: 'both' });
    fb.acts.image(user, {});
    fb.acts.location(user, {});
    fb.acts.link(user, { url: 'https://a.example', title: 'A' });
    fb.acts.referral(user, { ref: 'quay-2' });
    fb.acts.seen(user, {});
    await fb.settled();

    expect(user).toMatch(/^\d{16,17}$/);
    expect(messaging()).toMatchObject([
      {
        sender: { id: user },
        recipient: { id: fb.state.page.id },
        timestamp: START,
        postback: { payload: 'GET_STARTED', referral: { ref: 'quay-1' } },
      },
      { message: { mid: said, text: 'Tra cứu' } },
      { message_edit: { mid: said, text: 'Tra cứu hồ sơ', num_edit: 1 } },
      { reaction: { action: 'react', reaction: 'love', emoji: '❤️', mid: said } },
      { message: { attachments: [{ type: 'image' }, { type: 'sticker' }] } },
      { message: { attachments: [{ type: 'image', payload: { url: expect.any(String) } }] } },
      { message: { attachments: [{ type: 'location' }] } },
      { message: { attachments: [{ type: 'fallback' }] } },
      { referral: { ref: 'quay-2', source: 'SHORTLINK' } },
      { read: { watermark: START } },
    ]);
    expect(bot.events()[0]).toMatchObject({ object: 'page', entry: [{ id: fb.state.page.id, time: START }] });
  });

  it('turn taps into postbacks and quick replies, which vanish', async () => {
    fb.acts.say(user, { text: 'menu' });
    const buttons = [
      { type: 'postback', title: 'Tra cứu', payload: 'TRACK' },
      { type: 'web_url', title: 'Cổng', url: 'https://a.example' },
    ];
    const sent = await send({
      attachment: { type: 'template', payload: { template_type: 'generic', elements: [{ title: 'Hồ sơ', buttons }] } },
    });
    const asked = await send({ text: 'Chọn', quick_replies: [{ content_type: 'text', title: 'Có', payload: 'YES' }] });
    expect(fb.conversation(user).messages.at(-2)?.card?.[0]?.actions).toEqual([
      { index: 0, title: 'Tra cứu', kind: 'postback' },
      { index: 1, title: 'Cổng', kind: 'url', url: 'https://a.example' },
    ]);

    fb.acts.tap(user, { messageId: asked.message_id, index: 0 });
    fb.acts.tap(user, { messageId: sent.message_id, index: 0 });
    expect(() => fb.acts.tap(user, { messageId: asked.message_id, index: 0 })).toThrow('vanish');
    await fb.settled();

    expect(messaging().slice(1)).toMatchObject([
      { message: { text: 'Có', quick_reply: { payload: 'YES' } } },
      { postback: { title: 'Tra cứu', payload: 'TRACK' } },
    ]);
    expect(fb.conversation(user).messages.every(({ quickReplies }) => quickReplies.length === 0)).toBe(true);
  });

  it('echo the bot with its metadata, then tell the delivery; an officer with the inbox id', async () => {
    fb.acts.say(user, { text: 'chào' });
    const { message_id: mid } = await send({ text: 'Dạ', metadata: 'bot:v1:1' });
    await clock.advance(30);
    fb.acts.officer(user, { text: 'Cán bộ đây' });
    await fb.settled();

    expect(messaging().slice(1)).toMatchObject([
      {
        sender: { id: fb.state.page.id },
        recipient: { id: user },
        message: { is_echo: true, app_id: 4444444444, metadata: 'bot:v1:1', mid, text: 'Dạ' },
      },
      { delivery: { mids: [mid] } },
      { message: { is_echo: true, app_id: Number(INBOX_APP_ID), text: 'Cán bộ đây' } },
    ]);
  });

  it('can let the echo overtake the answer of the send', async () => {
    fb.acts.say(user, { text: 'chào' });
    fb.behaviour.echoBeforeAnswer = true;
    await send({ text: 'Dạ' });
    expect(messaging().at(1)).toMatchObject({ message: { is_echo: true } });
  });

  it('leave out what nobody subscribed to', async () => {
    await postJson(`${fb.urls.graph}/v25.0/me/subscribed_apps?subscribed_fields=messages,message_reads`, {}, TOKEN);
    fb.acts.getStarted(user, {});
    fb.acts.say(user, { text: 'a' });
    await send({ text: 'Dạ' });
    await clock.advance(1000);
    fb.acts.seen(user, {});
    await fb.settled();
    expect(messaging()).toMatchObject([{ message: { text: 'a' } }, { read: {} }]);
  });

  it('rate once, in time', async () => {
    fb.acts.say(user, { text: 'cảm ơn' });
    const payload = {
      template_type: 'customer_feedback',
      title: 'Đánh giá',
      subtitle: 'Một chạm',
      button_title: 'Gửi',
      feedback_screens: [{ questions: [{ id: 'conv77_csat', type: 'csat' }] }],
      business_privacy: { url: 'https://bot.example/privacy' },
    };
    const { message_id: messageId } = await send({ attachment: { type: 'template', payload } });
    expect(() => fb.acts.feedback(user, { messageId, score: 6 })).toThrow('1 to 5');
    fb.acts.feedback(user, { messageId, score: 4, comment: 'nhanh' });
    expect(() => fb.acts.feedback(user, { messageId, score: 4 })).toThrow('no open');
    await fb.settled();
    expect(messaging().at(-1)).toEqual({
      sender: { id: user },
      recipient: { id: fb.state.page.id },
      messaging_feedback: {
        feedback_screens: [
          {
            screen_id: 0,
            questions: {
              conv77_csat: { type: 'csat', payload: '4', follow_up: { type: 'free_form', payload: 'nhanh' } },
            },
          },
        ],
      },
    });
    const late = await send({ attachment: { type: 'template', payload } });
    await clock.advance(24 * 60 * MINUTE);
    expect(() => fb.acts.feedback(user, { messageId: late.message_id, score: 4 })).toThrow('no open');
  });
});

describe('routing', () => {
  it('moves a thread to the inbox when an officer writes, and its events to standby', async () => {
    fb.behaviour.routing = true;
    fb.acts.say(user, { text: 'a' });
    const sent = await send({
      attachment: {
        type: 'template',
        payload: { template_type: 'button', text: 'b', buttons: [{ type: 'postback', title: 'B', payload: 'SECRET' }] },
      },
    });
    fb.acts.officer(user, { text: 'tôi đây' });
    fb.acts.tap(user, { messageId: sent.message_id, index: 0 });
    await fb.settled();

    const [, taken, echo, tapped] = bot.events().map(({ entry }) => entry[0]);
    expect(taken.messaging[0].take_thread_control).toMatchObject({ new_owner_app_id: INBOX_APP_ID });
    expect(echo.standby[0].message.is_echo).toBe(true);
    expect(tapped.standby[0].postback).toEqual({ mid: expect.any(String), title: 'B' });

    const control = (edge: string) => postJson(`${fb.urls.graph}/v25.0/me/${edge}`, { recipient: { id: user } }, TOKEN);
    expect((await send({ text: 'a' })).error.error_subcode).toBe(2018300);
    expect((await control('release_thread_control')).error.error_subcode).toBe(2534037);
    expect(await control('take_thread_control')).toEqual({ success: true });
    const owner = await fetch(`${fb.urls.graph}/v25.0/me/thread_owner?recipient=${user}`, { headers: TOKEN });
    expect(await owner.json()).toMatchObject({ data: [{ thread_owner: { app_id: 4444444444 } }] });
    expect((await send({ text: 'a' })).error).toBeUndefined();
  });

  it('lets control lapse after a day', async () => {
    fb.behaviour.routing = true;
    fb.acts.officer(user, { text: 'tôi đây' });
    await clock.advance(24 * 60 * MINUTE);
    fb.acts.say(user, { text: 'còn ai không' });
    await fb.settled();
    expect(bot.events().at(-1).entry[0].messaging[0].message.text).toBe('còn ai không');
  });
});

describe('odd deliveries', () => {
  it('puts several events into one POST', async () => {
    fb.webhooks.hold();
    for (const text of ['1', '2', '3']) fb.acts.say(user, { text });
    fb.webhooks.release('batch');
    await fb.settled();
    expect(bot.caught).toHaveLength(1);
    const entry = bot.events()[0].entry;
    expect(entry.map((one: { messaging: unknown[] }) => one.messaging.length)).toEqual([2, 1]);
    expect(messaging().map((event) => event.message.text)).toEqual(['1', '2', '3']);
  });

  it('sends unknown kinds and timestamps as strings', async () => {
    await fb.sendEvent(
      { sender: { id: user }, recipient: { id: fb.state.page.id }, timestamp: START, telepathy: {} },
      { oddTimestamp: true, json: 'escapedMore' },
    );
    expect(messaging()[0]).toMatchObject({ timestamp: String(START), telepathy: {} });
  });
});

describe('retries', () => {
  it('come at once, then slower with a new entry time; alert at 15 min, unsubscribed at an hour', async () => {
    bot.answer = { status: 500 };
    fb.acts.say(user, { text: 'có ai không' });
    await fb.settled();
    expect(bot.caught).toHaveLength(4);
    await clock.advance(14 * MINUTE);
    expect(fb.webhooks.alerted).toBe(false);
    await clock.advance(MINUTE);
    expect(fb.webhooks.alerted).toBe(true);
    expect(fb.webhooks.disabled).toBe(false);
    await clock.advance(45 * MINUTE);
    expect(fb.webhooks.disabled).toBe(true);

    const times = bot.events().map(({ entry }) => entry[0].time - START);
    expect(times).toEqual([0, 0, 0, 0, 1, 3, 7, 15, 31, 60].map((minutes) => (minutes > 0 ? minutes * MINUTE : 0)));
    expect(new Set(messaging().map(({ message }) => message.mid)).size).toBe(1);

    const apps = () => fetch(`${fb.urls.graph}/v25.0/me/subscribed_apps`, { headers: TOKEN }).then((res) => res.json());
    expect(await apps()).toEqual({ data: [] });
    bot.answer = { status: 200 };
    await postJson(`${fb.urls.graph}/v25.0/me/subscribed_apps?subscribed_fields=messages`, {}, TOKEN);
    expect(await apps()).toMatchObject({ data: [{ subscribed_fields: ['messages'] }] });
    fb.acts.say(user, { text: 'lại có' });
    await fb.settled();
    expect(messaging().at(-1).message.text).toBe('lại có');
  });

  it('do not unsubscribe while other events get through', async () => {
    bot.answer = { status: 500 };
    fb.acts.say(user, { text: 'hỏng' });
    await fb.settled();
    for (let minute = 0; minute < 60; minute += 1) {
      bot.answer = { status: 200 };
      fb.acts.seen(user, {});
      await fb.settled();
      bot.answer = { status: 500 };
      await clock.advance(MINUTE);
    }
    expect(fb.webhooks.disabled).toBe(false);
    expect(fb.webhooks.counts.givenUp).toBe(1);
  });
});
