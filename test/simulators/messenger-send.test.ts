// What the simulated Messenger accepts and refuses in a send: Meta's order of checks, limits, windows and error numbers.
import { proofOf } from '../../simulators/messenger/access.js';
import type { MessengerBehaviour } from '../../simulators/messenger/options.js';
import { createMessengerSimulator, type MessengerSimulator } from '../../simulators/messenger/server.js';
import { ManualClock } from '../../simulators/platform/clock.js';
import { postJson } from './platform/webhook-catcher.js';

const HOUR = 3_600_000;
const TOKEN = { Authorization: 'Bearer EAATESTTOKEN' };

let fb: MessengerSimulator;
let clock: ManualClock;
let user: string;

beforeEach(async () => {
  clock = new ManualClock(Date.parse('2026-11-02T12:00:00+07:00'));
  fb = await createMessengerSimulator({ clock });
  user = fb.createUser().id;
  fb.acts.say(user, { text: 'xin chào' });
});
afterEach(() => fb.close());

const post = (path: string, body: unknown, headers: Record<string, string> = TOKEN) =>
  postJson(`${fb.urls.graph}/v25.0/${path}`, body, headers);
const send = (message: unknown, more: object = {}) =>
  post('me/messages', { recipient: { id: user }, messaging_type: 'RESPONSE', message, ...more });
const codes = ({ error }: { error?: { code: number; error_subcode?: number } }) =>
  error ? [error.code, error.error_subcode] : 'accepted';
const template = (payload: object) => ({ attachment: { type: 'template', payload } });
const quick = (...replies: object[]) => ({ text: 'Chọn', quick_replies: replies });
const reply = { content_type: 'text', title: 'Menu', payload: 'MENU' };
const button = { type: 'postback', title: 'Tra cứu', payload: 'TRACK' };
const card = { title: 'Khai sinh', subtitle: 'Trong ngày' };
const feedback = {
  template_type: 'customer_feedback',
  title: 'Đánh giá',
  subtitle: 'Một chạm',
  button_title: 'Gửi',
  feedback_screens: [
    { questions: [{ id: 'conv77_csat', type: 'csat', title: 'Anh chị hài lòng không?', score_option: 'five_stars' }] },
  ],
  business_privacy: { url: 'https://bot.example/privacy' },
};
const question = (change: object) => ({
  ...feedback,
  feedback_screens: [{ questions: [{ ...feedback.feedback_screens[0]?.questions[0], ...change }] }],
});

describe('contents', () => {
  it.each<[string, unknown, unknown]>([
    ['a text', { text: 'Hồ sơ đang xử lý' }, 'accepted'],
    ['2,000 UTF-16 units', { text: 'ư'.repeat(2000) }, 'accepted'],
    ['2,001 units', { text: 'ư'.repeat(2001) }, [100, undefined]],
    ['1,001 emoji', { text: '😀'.repeat(1001) }, [100, undefined]],
    ['an empty text', { text: '' }, [100, 2018034]],
    ['nothing', {}, [100, 2018034]],
    [
      'text and attachment',
      { text: 'a', attachment: { type: 'image', payload: { url: 'https://a.example/a.png' } } },
      [100, 2018032],
    ],
    ['metadata of 999', { text: 'a', metadata: 'x'.repeat(999) }, 'accepted'],
    ['metadata of 1,000', { text: 'a', metadata: 'x'.repeat(1000) }, [100, undefined]],
    ['13 quick replies', quick(...Array(13).fill(reply)), 'accepted'],
    ['14 quick replies', quick(...Array(14).fill(reply)), [100, undefined]],
    ['a quick reply title of 21', quick({ ...reply, title: 'x'.repeat(21) }), [100, undefined]],
    ['a quick reply without payload', quick({ content_type: 'text', title: 'A' }), [100, undefined]],
    ['a quick reply payload of 1,001', quick({ ...reply, payload: 'x'.repeat(1001) }), [100, undefined]],
    ['a location quick reply', quick({ content_type: 'location' }), [100, undefined]],
    ['a phone quick reply', quick({ content_type: 'user_phone_number' }), 'accepted'],
    [
      'a picture by address',
      { attachment: { type: 'image', payload: { url: 'https://a.example/a.png' } } },
      'accepted',
    ],
    ['a picture without address', { attachment: { type: 'image', payload: {} } }, [100, 2018008]],
    ['an unknown attachment', { attachment: { type: 'image', payload: { attachment_id: '1' } } }, [100, 2018074]],
    ['a sticker', { sticker_id: 369239263222822 }, 'accepted'],
    ['an image stack', { attachments: [{ type: 'image', payload: { url: 'https://a.example/a.png' } }] }, 'accepted'],
    ['a button template', template({ template_type: 'button', text: 'Làm gì?', buttons: [button] }), 'accepted'],
    [
      'a button template with 641 letters',
      template({ template_type: 'button', text: 'x'.repeat(641), buttons: [button] }),
      [100, undefined],
    ],
    [
      'four buttons',
      template({ template_type: 'button', text: 'a', buttons: Array(4).fill(button) }),
      [100, undefined],
    ],
    ['no buttons', template({ template_type: 'button', text: 'a', buttons: [] }), [100, undefined]],
    [
      'a button title of 21',
      template({ template_type: 'button', text: 'a', buttons: [{ ...button, title: 'x'.repeat(21) }] }),
      [100, undefined],
    ],
    [
      'a button payload of 1,001',
      template({ template_type: 'button', text: 'a', buttons: [{ ...button, payload: 'x'.repeat(1001) }] }),
      [100, undefined],
    ],
    [
      'a link button without address',
      template({ template_type: 'button', text: 'a', buttons: [{ type: 'web_url', title: 'A' }] }),
      [100, undefined],
    ],
    [
      'a phone button without plus',
      template({
        template_type: 'button',
        text: 'a',
        buttons: [{ type: 'phone_number', title: 'A', payload: '0901' }],
      }),
      [100, undefined],
    ],
    ['ten cards', template({ template_type: 'generic', elements: Array(10).fill(card) }), 'accepted'],
    ['eleven cards', template({ template_type: 'generic', elements: Array(11).fill(card) }), [100, undefined]],
    ['a card with a title alone', template({ template_type: 'generic', elements: [{ title: 'A' }] }), [100, undefined]],
    [
      'a card title of 81',
      template({ template_type: 'generic', elements: [{ ...card, title: 'x'.repeat(81) }] }),
      [100, undefined],
    ],
    [
      'a card subtitle of 81',
      template({ template_type: 'generic', elements: [{ ...card, subtitle: 'x'.repeat(81) }] }),
      [100, undefined],
    ],
    [
      'a default action with a title',
      template({
        template_type: 'generic',
        elements: [{ ...card, default_action: { type: 'web_url', url: 'https://a.example', title: 'A' } }],
      }),
      [100, undefined],
    ],
    ['the withdrawn list template', template({ template_type: 'list', elements: [card] }), [100, undefined]],
    ['a media template with two elements', template({ template_type: 'media', elements: [{}, {}] }), [100, 2018173]],
    [
      'an image grid of one',
      template({ template_type: 'image_grid', elements: [{ images: [{ url: 'https://a.example' }] }] }),
      [100, undefined],
    ],
    [
      'a receipt',
      template({
        template_type: 'receipt',
        recipient_name: 'A',
        order_number: '1',
        currency: 'VND',
        payment_method: 'Thẻ',
        summary: { total_cost: 8000 },
      }),
      'accepted',
    ],
    [
      'a receipt without total',
      template({
        template_type: 'receipt',
        recipient_name: 'A',
        order_number: '1',
        currency: 'VND',
        payment_method: 'Thẻ',
      }),
      [100, undefined],
    ],
    ['a feedback form', template(feedback), 'accepted'],
    ['a feedback form with a title of 66', template({ ...feedback, title: 'x'.repeat(66) }), [100, undefined]],
    ['a feedback id with a hyphen', template(question({ id: 'conv-77' })), [100, undefined]],
    ['a feedback option of another type', template(question({ score_option: 'zero_to_ten' })), [100, undefined]],
    ['a feedback title with an address', template(question({ title: 'Xem https://a.example' })), [100, undefined]],
    ['a feedback form for eight days', template({ ...feedback, expires_in_days: 8 }), [100, undefined]],
  ])('answer %s with its code', async (_what, message, expected) => {
    expect(codes(await send(message))).toEqual(expected);
  });

  it('answer an accepted text with person and message', async () => {
    expect(await send({ text: 'Dạ' })).toEqual({
      recipient_id: user,
      message_id: expect.stringMatching(/^m_[\w-]{80}$/),
    });
    expect(fb.outbox).toMatchObject([{ to: user, body: { message: { text: 'Dạ' } } }]);
  });

  it('answer a refusal with an error object and HTTP 400', async () => {
    const res = await fetch(`${fb.urls.graph}/v25.0/me/messages`, {
      method: 'POST',
      headers: TOKEN,
      body: JSON.stringify({ recipient: { id: user }, message: { text: 'x'.repeat(2001) } }),
    });
    expect(res.status).toBe(400);
    expect(await res.json()).toEqual({
      error: {
        message: '(#100) Length of param message[text] must be less than or equal to 2000',
        type: 'OAuthException',
        code: 100,
        fbtrace_id: expect.any(String),
      },
    });
  });

  it('accept forms with JSON in their fields, and files as parts', async () => {
    const form = new URLSearchParams({
      recipient: JSON.stringify({ id: user }),
      message: JSON.stringify({ text: 'Dạ' }),
    });
    const res = await fetch(`${fb.urls.graph}/v25.0/${fb.state.page.id}/messages?access_token=EAATESTTOKEN`, {
      method: 'POST',
      body: form,
    });
    expect(await res.json()).toMatchObject({ recipient_id: user });

    const parts = new FormData();
    parts.append('recipient', JSON.stringify({ id: user }));
    parts.append('message', JSON.stringify({ attachment: { type: 'image', payload: { is_reusable: true } } }));
    parts.append('filedata', new Blob(['png'], { type: 'image/png' }), 'a.png');
    const sent = (await (
      await fetch(`${fb.urls.graph}/v25.0/me/messages`, { method: 'POST', headers: TOKEN, body: parts })
    ).json()) as { attachment_id: string };
    expect(sent.attachment_id).toMatch(/^\d{16}$/);
    expect(codes(await send({ attachment: { type: 'image', payload: { attachment_id: sent.attachment_id } } }))).toBe(
      'accepted',
    );
    expect(
      codes(await send({ attachment: { type: 'video', payload: { attachment_id: sent.attachment_id } } })),
    ).toEqual([100, 2018047]);
    await clock.advance(90 * 24 * HOUR);
    fb.acts.say(user, { text: 'còn không' });
    expect(
      codes(await send({ attachment: { type: 'image', payload: { attachment_id: sent.attachment_id } } })),
    ).toEqual([100, 2018074]);
  });

  it('cut long quick reply titles if told so', async () => {
    fb.behaviour.longQuickReplyTitle = 'cut';
    expect(codes(await send(quick({ ...reply, title: 'x'.repeat(21) })))).toBe('accepted');
    expect(fb.conversation(user).messages.at(-1)?.quickReplies[0]?.title).toHaveLength(20);
  });
});

describe('token', () => {
  const hi = () => ({ recipient: { id: user }, message: { text: 'a' } });
  const codesOf = async (path: string, body: object, headers: Record<string, string>) =>
    codes(await post(path, body, headers));

  it('is taken from header, query and body', async () => {
    expect(await codesOf('me/messages', hi(), TOKEN)).toBe('accepted');
    expect(await codesOf('me/messages?access_token=EAATESTTOKEN', hi(), {})).toBe('accepted');
    expect(await codesOf('me/messages', { ...hi(), access_token: 'EAATESTTOKEN' }, {})).toBe('accepted');
    expect(await codesOf('me/messages', hi(), {})).toEqual([190, undefined]);
    expect(await codesOf('me/messages', hi(), { Authorization: 'Bearer other' })).toEqual([190, undefined]);
    expect(await codesOf('999/messages', hi(), TOKEN)).toEqual([200, undefined]);
  });

  it('expires and dies', async () => {
    fb.state.tokens.set('EAATESTTOKEN', 'expired');
    expect(await codesOf('me/messages', hi(), TOKEN)).toEqual([190, 463]);
    fb.state.tokens.set('EAATESTTOKEN', 'revoked');
    expect(await codesOf('me/messages', hi(), TOKEN)).toEqual([190, 460]);
  });

  it('is proven when given or required', async () => {
    const proof = proofOf('EAATESTTOKEN', 'test_app_secret_123');
    expect(proof).toBe('7bbf8d780e062bc4e77f77f09d17911f1e4003fab0314a9019e397a9e540a4a0');
    expect(await codesOf('me/messages?appsecret_proof=wrong', hi(), TOKEN)).toEqual([100, undefined]);
    fb.behaviour.requireProof = true;
    expect((await post('me/messages', hi())).error).toMatchObject({ code: 100, type: 'GraphMethodException' });
    expect(await codesOf(`me/messages?appsecret_proof=${proof}`, hi(), TOKEN)).toBe('accepted');
  });
});

describe('order of checks', () => {
  it.each<[string, unknown, unknown]>([
    ['no JSON', 'no json', [100, undefined]],
    ['no recipient', { message: { text: 'a' } }, [100, undefined]],
    [
      'message with sender action',
      { recipient: { id: '1' }, message: { text: 'a' }, sender_action: 'typing_on' },
      [100, 2018014],
    ],
    ['neither of them', { recipient: { id: '1' } }, [100, undefined]],
    ['an unknown person before an empty text', { recipient: { id: '1' }, message: { text: '' } }, [100, 2018001]],
  ])('%s', async (_what, body, expected) => {
    expect(codes(await post('me/messages', body))).toEqual(expected);
  });

  it.each<[string, Partial<MessengerBehaviour>, unknown]>([
    ['a restricted Page', { restricted: true }, [10, 1893063]],
    ['development mode', { devMode: true }, [200, 2018028]],
    ['a full second', { sendsPerSecond: 0 }, [613, 2534040]],
  ])('%s before the content', async (_what, flags, expected) => {
    Object.assign(fb.behaviour, flags);
    expect(codes(await send({ text: '' }))).toEqual(expected);
  });

  it('people who block, deleted the chat, or belong to another app', async () => {
    fb.acts.block(user, {});
    expect(codes(await send({ text: '' }))).toEqual([551, 1545041]);
    fb.acts.unblock(user, {});
    fb.acts.deleteChat(user, {});
    expect(codes(await send({ text: 'a' }))).toEqual([100, 2018001]);
    fb.acts.say(user, { text: 'tôi lại đây' });
    fb.behaviour.routing = true;
    fb.acts.officer(user, { text: 'cán bộ đây' });
    expect(codes(await send({ text: 'a' }))).toEqual([10, 2018300]);
  });

  it('tells its usage when a limit is reached', async () => {
    fb.behaviour.sendsPerSecond = 1;
    expect(codes(await send({ text: 'a' }))).toBe('accepted');
    const res = await fetch(`${fb.urls.graph}/v25.0/me/messages`, {
      method: 'POST',
      headers: TOKEN,
      body: JSON.stringify({ recipient: { id: user }, message: { text: 'a' } }),
    });
    expect(JSON.parse(res.headers.get('x-business-use-case-usage') ?? '{}')[fb.state.page.id]).toMatchObject([
      { call_count: 100 },
    ]);
    await clock.advance(1000);
    expect(codes(await send({ text: 'a' }))).toBe('accepted');
  });
});

describe('windows and tags', () => {
  const tag = (name: string) => ({ messaging_type: 'MESSAGE_TAG', tag: name });
  it.each<[string, number, object, unknown, Partial<MessengerBehaviour>, unknown]>([
    ['an answer within 24 h', 24, {}, { text: 'a' }, {}, 'accepted'],
    ['an answer later', 24.1, {}, { text: 'a' }, {}, [10, 2018278]],
    ['an update later', 24.1, { messaging_type: 'UPDATE' }, { text: 'a' }, {}, [10, 2018278]],
    ['an officer within seven days', 168, tag('HUMAN_AGENT'), { text: 'a' }, {}, 'accepted'],
    ['an officer later', 168.1, tag('HUMAN_AGENT'), { text: 'a' }, {}, [10, 2018278]],
    [
      'an officer without the feature',
      30,
      tag('HUMAN_AGENT'),
      { text: 'a' },
      { humanAgentGranted: false },
      [10, undefined],
    ],
    ['a rating within seven days', 168, tag('CUSTOMER_FEEDBACK'), template(feedback), {}, 'accepted'],
    [
      'a rating after the end of the tag',
      30,
      tag('CUSTOMER_FEEDBACK'),
      template(feedback),
      { feedbackTagAlive: false },
      [100, undefined],
    ],
    ['that tag on a text', 1, tag('CUSTOMER_FEEDBACK'), { text: 'a' }, {}, [100, undefined]],
    ['a deprecated tag', 1, tag('ACCOUNT_UPDATE'), { text: 'a' }, {}, [100, undefined]],
    ['an unknown tag', 1, tag('HELLO'), { text: 'a' }, {}, [100, undefined]],
    ['a tag without its type', 1, { tag: 'HUMAN_AGENT' }, { text: 'a' }, {}, [100, undefined]],
    ['an unknown type', 1, { messaging_type: 'HELLO' }, { text: 'a' }, {}, [100, undefined]],
    [
      'an unknown utility template',
      30,
      { messaging_type: 'UTILITY' },
      { template: { name: 'none' } },
      {},
      [100, undefined],
    ],
  ])('answer %s with its code', async (_what, hours, more, message, flags, expected) => {
    Object.assign(fb.behaviour, flags);
    await clock.advance(hours * HOUR);
    expect(codes(await send(message, more))).toEqual(expected);
  });

  it('do not hold back an approved utility template, and open with a reaction', async () => {
    const components = [{ type: 'BODY', text: 'Hồ sơ {{1}} đã có kết quả.' }];
    await post('me/message_templates', { name: 'dossier_done', language: 'vi', category: 'UTILITY', components });
    await clock.advance(30 * HOUR);
    expect(
      codes(
        await send({ template: { name: 'dossier_done', language: { code: 'vi' } } }, { messaging_type: 'UTILITY' }),
      ),
    ).toBe('accepted');
    const first = fb.conversation(user).messages[0]?.id ?? '';
    fb.acts.react(user, { messageId: first });
    expect(codes(await send({ text: 'a' }))).toBe('accepted');
  });
});

describe('sender actions', () => {
  const act = (sender_action: string, more: object = {}) =>
    post('me/messages', { recipient: { id: user }, sender_action, ...more });

  it('show typing until the next message or for 20 seconds', async () => {
    expect(await act('typing_on')).toEqual({ recipient_id: user });
    expect(fb.conversation(user).typing).toBe(true);
    await send({ text: 'Dạ' });
    expect(fb.conversation(user).typing).toBe(false);
    await act('typing_on');
    await clock.advance(20_000);
    expect(fb.conversation(user).typing).toBe(false);
  });

  it('react to a message of the thread', async () => {
    const mid = fb.conversation(user).messages[0]?.id;
    expect(codes(await act('react', { payload: { message_id: mid, reaction: '👍' } }))).toBe('accepted');
    expect(fb.conversation(user).messages[0]?.reaction).toBe('👍');
    expect(codes(await act('react', { payload: { message_id: 'm_none' } }))).toEqual([100, undefined]);
  });

  it('refuse what they do not know', async () => {
    expect(codes(await act('dance'))).toEqual([100, undefined]);
    expect(codes(await act('typing_on', { tag: 'HUMAN_AGENT' }))).toEqual([100, undefined]);
  });
});
