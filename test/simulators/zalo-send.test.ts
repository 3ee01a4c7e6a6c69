// What the simulated Zalo accepts and refuses on its send endpoints: the limits, errors and windows of the reference.
import { ManualClock } from '../../simulators/platform/clock.js';
import type { ZaloBehaviour } from '../../simulators/zalo/options.js';
import { createZaloSimulator, type ZaloSimulator } from '../../simulators/zalo/server.js';
import { proofOf } from '../../simulators/zalo/tokens.js';
import { postJson } from './platform/webhook-catcher.js';

const NOON = Date.parse('2026-11-02T12:00:00+07:00');
const HOUR = 3_600_000;

let zalo: ZaloSimulator;
let clock: ManualClock;
let user: string;

beforeEach(async () => {
  clock = new ManualClock(NOON);
  zalo = await createZaloSimulator({ clock });
  user = zalo.createUser().id;
  zalo.acts.say(user, { text: 'xin chào' });
});
afterEach(() => zalo.close());

const call = (path: string, body: unknown, headers: Record<string, string> = { access_token: 'AT-0001' }) =>
  postJson(`${zalo.urls.openApi}${path}`, body, headers);
const cs = (message: unknown, to: string = user) =>
  call('/v3.0/oa/message/cs', { recipient: { user_id: to }, message });
const withButtons = (buttons: unknown, text = 'Chọn') => ({
  text,
  attachment: { type: 'template', payload: { buttons } },
});
const template = (payload: object) => ({ attachment: { type: 'template', payload } });
const show = (title: string, payload: unknown = '#A') => ({ title, type: 'oa.query.show', payload });
const info = { template_type: 'request_user_info' };
const element = { title: 'T', subtitle: 'S', image_url: 'https://a.example/a.png' };

describe('consultation messages', () => {
  it.each<[string, unknown, number]>([
    ['a text', { text: 'Hồ sơ đang xử lý' }, 0],
    ['a text of 2,000 letters', { text: 'ư'.repeat(2000) }, 0],
    ['2,000 emoji, which are 4,000 UTF-16 units', { text: '😀'.repeat(2000) }, 0],
    ['a text of 2,001 letters', { text: 'ư'.repeat(2001) }, -210],
    ['an empty text', { text: ' ' }, -201],
    ['a text that is no string', { text: 5 }, -201],
    ['no text and no attachment', {}, -201],
    ['no message', undefined, -201],
    ['a quote of an unknown message', { text: 'a', quote_message_id: 'nothing' }, -201],
    ['five buttons', withButtons(['1', '2', '3', '4', '5'].map((title) => show(title))), 0],
    ['six buttons', withButtons(['1', '2', '3', '4', '5', '6'].map((title) => show(title))), -210],
    ['no buttons', withButtons([]), -201],
    ['buttons without text', { attachment: { type: 'template', payload: { buttons: [show('A')] } } }, -201],
    ['a title of 100 letters', withButtons([show('x'.repeat(100))]), 0],
    ['a title of 101 letters', withButtons([show('x'.repeat(101))]), -210],
    ['a button without title', withButtons([show('')]), -201],
    ['a query payload of 1,001 letters', withButtons([show('A', `#${'x'.repeat(1000)}`)]), -210],
    ['a query payload that is an object', withButtons([show('A', { url: 'https://a.example' })]), -201],
    ['an address button', withButtons([{ title: 'A', type: 'oa.open.url', payload: { url: 'https://a.example' } }]), 0],
    [
      'an address button with a bare string',
      withButtons([{ title: 'A', type: 'oa.open.url', payload: 'https://a.example' }]),
      -201,
    ],
    [
      'an address button without scheme',
      withButtons([{ title: 'A', type: 'oa.open.url', payload: { url: 'a.example' } }]),
      -201,
    ],
    ['a phone button', withButtons([{ title: 'A', type: 'oa.open.phone', payload: { phone_code: '84901234567' } }]), 0],
    ['a phone button without number', withButtons([{ title: 'A', type: 'oa.open.phone', payload: {} }]), -201],
    [
      'an SMS button',
      withButtons([{ title: 'A', type: 'oa.open.sms', payload: { content: 'HOSO', phone_code: '84901234567' } }]),
      0,
    ],
    [
      'an SMS of 161 letters',
      withButtons([{ title: 'A', type: 'oa.open.sms', payload: { content: 'x'.repeat(161), phone_code: '84901' } }]),
      -210,
    ],
    ['a Facebook button', withButtons([{ title: 'A', type: 'postback', payload: 'A' }]), -201],
    ['a list', template({ template_type: 'list', elements: [element, { title: 'B' }] }), 0],
    ['a list of six', template({ template_type: 'list', elements: Array(6).fill(element) }), -210],
    ['an empty list', template({ template_type: 'list', elements: [] }), -201],
    ['a list whose first row has no subtitle', template({ template_type: 'list', elements: [{ title: 'A' }] }), -201],
    [
      'a list with a title of 101 letters',
      template({ template_type: 'list', elements: [{ ...element, title: 'x'.repeat(101) }] }),
      -210,
    ],
    [
      'a list row with an action',
      template({
        template_type: 'list',
        elements: [{ ...element, default_action: { type: 'oa.open.url', url: 'https://a.example' } }],
      }),
      0,
    ],
    [
      'a list row with a broken action',
      template({ template_type: 'list', elements: [{ ...element, default_action: { type: 'oa.open.url' } }] }),
      -201,
    ],
    [
      'an image by address',
      template({ template_type: 'media', elements: [{ media_type: 'image', url: 'https://a.example/a.png' }] }),
      0,
    ],
    [
      'an image with an unknown id',
      template({ template_type: 'media', elements: [{ media_type: 'image', attachment_id: 'none' }] }),
      -100,
    ],
    [
      'an image with both',
      template({
        template_type: 'media',
        elements: [{ media_type: 'image', attachment_id: 'a', url: 'https://a.example' }],
      }),
      -201,
    ],
    [
      'two images',
      template({ template_type: 'media', elements: Array(2).fill({ media_type: 'image', url: 'https://a.example' }) }),
      -201,
    ],
    [
      'a gif without size',
      template({ template_type: 'media', elements: [{ media_type: 'gif', url: 'https://a.example' }] }),
      -201,
    ],
    [
      'a sticker',
      template({ template_type: 'media', elements: [{ media_type: 'sticker', attachment_id: '46979' }] }),
      0,
    ],
    ['an image the Facebook way', { attachment: { type: 'image', payload: { url: 'https://a.example' } } }, -201],
    ['a request for information', template({ ...info, elements: [element] }), 0],
    ['a request with two elements', template({ ...info, elements: [element, element] }), -201],
    [
      'a request with a subtitle of 501',
      template({ ...info, elements: [{ ...element, subtitle: 'x'.repeat(501) }] }),
      -210,
    ],
    ['a file with an unknown token', { attachment: { type: 'file', payload: { token: 'none' } } }, -100],
    ['a transaction template', template({ template_type: 'transaction_order', elements: [] }), -233],
    ['an unknown template', template({ template_type: 'generic', elements: [] }), -201],
  ])('answers %s with its code', async (_what, message, code) => {
    expect((await cs(message)).error).toBe(code);
  });

  it('answers an accepted text with its id and quota, numbers as strings', async () => {
    const answer = await cs({ text: 'Chào anh' });

    expect(answer).toEqual({
      error: 0,
      message: 'Success',
      data: {
        message_id: expect.stringMatching(/^[0-9a-f]{20}$/),
        user_id: user,
        quota: expect.objectContaining({ quota_type: 'reply', remain: '7', total: '8' }),
      },
    });
    expect(zalo.outbox).toMatchObject([{ endpoint: 'cs', to: user, messageId: answer.data.message_id }]);
  });

  it('understands a user id that was sent as a bare number', async () => {
    const text = `{"recipient":{"user_id":${user}},"message":{"text":"a"}}`;
    expect(
      (await postJson(`${zalo.urls.openApi}/v3.0/oa/message/cs`, text, { access_token: 'AT-0001' })).data.user_id,
    ).toBe(user);
  });

  it('refuses a body that is not JSON', async () => {
    expect((await call('/v3.0/oa/message/cs', 'no json')).error).toBe(-201);
  });

  it('sends an uploaded picture for seven days', async () => {
    const form = new FormData();
    form.append('file', new Blob(['png'], { type: 'image/png' }), 'a.png');
    const res = await fetch(`${zalo.urls.openApi}/v2.0/oa/upload/image`, {
      method: 'POST',
      body: form,
      headers: { access_token: 'AT-0001' },
    });
    const { data } = (await res.json()) as { data: { attachment_id: string } };
    const message = template({
      template_type: 'media',
      elements: [{ media_type: 'image', attachment_id: data.attachment_id }],
    });

    expect((await cs(message)).error).toBe(0);
    await clock.advance(7 * 24 * HOUR);
    zalo.acts.say(user, { text: 'còn đây' });
    const { access } = await refreshed();
    expect(
      (await call('/v3.0/oa/message/cs', { recipient: { user_id: user }, message }, { access_token: access })).error,
    ).toBe(-100);
  });

  it.each([
    ['a name without extension', 'image', 'picture', 'image/png', 10, { error: 0, data: {} }],
    ['a wrong type', 'file', 'a.exe', 'application/x-msdownload', 10, { error: 0, data: {} }],
    ['over one megabyte', 'image', 'a.png', 'image/png', 1024 * 1024 + 1, { error: -210 }],
  ])('answers an upload with %s as Zalo does', async (_what, kind, name, type, size, expected) => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(size)], { type }), name);
    const res = await fetch(`${zalo.urls.openApi}/v2.0/oa/upload/${kind}`, {
      method: 'POST',
      body: form,
      headers: { access_token: 'AT-0001' },
    });
    expect(await res.json()).toMatchObject(expected);
  });
});

describe('who may be written to', () => {
  const days = 24 * HOUR;
  it.each<[string, number, Partial<ZaloBehaviour>, number]>([
    ['48 hours', 2 * days, {}, 0],
    ['over 48 hours without a wallet', 2 * days + 1, {}, -320],
    ['over 48 hours with a wallet', 2 * days + 1, { walletLinked: true }, 0],
    ['over seven days', 7 * days + 1, { walletLinked: true }, -230],
    ['over seven days under another flag', 7 * days + 1, { staleUserCode: -232 }, -232],
  ])('answers after %s with its code', async (_what, age, flags, code) => {
    Object.assign(zalo.behaviour, flags);
    await clock.advance(age);
    const { access } = await refreshed();
    expect(
      (
        await call(
          '/v3.0/oa/message/cs',
          { recipient: { user_id: user }, message: { text: 'a' } },
          { access_token: access },
        )
      ).error,
    ).toBe(code);
  });

  it('refuses strangers, people who never wrote, and those who block the OA', async () => {
    const silent = zalo.createUser().id;
    const blocker = zalo.createUser().id;
    zalo.acts.follow(blocker, {});
    zalo.acts.block(blocker, {});

    expect((await cs({ text: 'a' }, '1234567890123456789')).error).toBe(-213);
    expect((await cs({ text: 'a' }, silent)).error).toBe(-213);
    expect((await cs({ text: 'a' }, blocker)).error).toBe(-244);
    expect((await call('/v3.0/oa/message/cs', { message: { text: 'a' } })).error).toBe(-201);
  });

  it('counts eight free messages only under the old rule', async () => {
    zalo.behaviour.freeReplyCap = 8;
    for (let sent = 0; sent < 8; sent += 1) expect((await cs({ text: 'a' })).error).toBe(0);
    expect((await cs({ text: 'a' })).error).toBe(-211);
    zalo.acts.say(user, { text: 'nữa' });
    expect((await cs({ text: 'a' })).error).toBe(0);
  });
});

describe('access', () => {
  const send = (headers: Record<string, string>) =>
    call('/v3.0/oa/message/cs', { recipient: { user_id: user }, message: { text: 'a' } }, headers);

  it('wants the token in its own header', async () => {
    expect((await send({})).error).toBe(-216);
    expect((await send({ Authorization: 'Bearer AT-0001' })).error).toBe(-216);
    expect((await send({ access_token: 'AT-0001' })).error).toBe(0);
  });

  it('wants the proof when the console says so', async () => {
    zalo.behaviour.requireProof = true;
    const proof = proofOf('AT-0001', 'app-secret-for-tests');

    expect((await send({ access_token: 'AT-0001' })).error).toBe(-242);
    expect((await send({ access_token: 'AT-0001', appsecret_proof: proof })).error).toBe(0);
  });

  it('expires the token after 25 hours', async () => {
    await clock.advance(25 * HOUR - 1);
    expect((await send({ access_token: 'AT-0001' })).error).toBe(0);
    await clock.advance(1);
    expect((await send({ access_token: 'AT-0001' })).error).toBe(-216);
    zalo.behaviour.expiredTokenCode = -220;
    expect((await send({ access_token: 'AT-0001' })).error).toBe(-220);
  });

  it('counts the calls of a minute over the whole app', async () => {
    zalo.behaviour.rpm = 2;
    expect((await send({ access_token: 'AT-0001' })).error).toBe(0);
    const second = await fetch(`${zalo.urls.openApi}/v2.0/oa/getoa`, { headers: { access_token: 'AT-0001' } });
    expect(second.headers.get('x-ratelimit-remain')).toBe('0');
    expect((await send({ access_token: 'AT-0001' })).error).toBe(-32);
    await clock.advance(60_000);
    expect((await send({ access_token: 'AT-0001' })).error).toBe(0);
  });

  it('answers an unknown path, or one of another host, with 404 and HTML', async () => {
    for (const url of [`${zalo.urls.openApi}/v9/nothing`, `${zalo.urls.openApi}/v4/oa/access_token`]) {
      const res = await fetch(url, { headers: { access_token: 'AT-0001' } });
      expect(res.status).toBe(404);
      expect(await res.text()).toContain('<html>');
    }
  });
});

describe('other sends', () => {
  it('refuses the old message API, accepts anonymous visitors and reactions', async () => {
    const reacted = zalo.acts.say(user, { text: 'cảm ơn' }).id;
    const v2 = (body: object) => call('/v2.0/oa/message', body);

    expect((await v2({ recipient: { user_id: user }, message: { text: 'a' } })).error).toBe(-240);
    const anonymous = { anonymous_id: '600', conversation_id: 'c-77' };
    expect((await v2({ recipient: anonymous, message: { text: 'a' } })).data).toMatchObject(anonymous);
    const reaction = (icon: string, id: string) => ({
      recipient: { user_id: user },
      sender_action: { react_icon: icon, react_message_id: id },
    });
    expect((await v2(reaction('/-heart', reacted))).error).toBe(0);
    expect((await v2(reaction('love', reacted))).error).toBe(-201);
    expect((await v2(reaction('/-heart', 'none'))).error).toBe(-201);
    expect(zalo.conversation(user).messages.at(-1)).toMatchObject({ reaction: '/-heart' });
  });

  it('keeps promotions to the day, one for each person', async () => {
    const body = {
      recipient: { user_id: user },
      message: template({
        template_type: 'promotion',
        language: 'VI',
        elements: [{ type: 'header', content: 'Lịch tiếp dân' }],
      }),
    };
    const promote = () => call('/v3.0/oa/message/promotion', body);

    expect((await promote()).error).toBe(0);
    expect((await promote()).error).toBe(-218);
    await clock.advance(10 * HOUR);
    expect((await promote()).error).toBe(-234);
    expect((await call('/v3.0/oa/message/transaction', body)).error).toBe(-201);
  });

  it('checks template data for a user id', async () => {
    const data = { ten_cong_dan: 'Nguyễn Văn A', ma_ho_so: 'H01.23', trang_thai: 'Đã có kết quả' };
    const send = (template_id: string, template_data: object) =>
      call('/v3.0/oa/message/template', { user_id: user, template_id, template_data });

    expect((await send('300123', data)).data).toMatchObject({
      user_id: user,
      message_id: expect.stringMatching(/^zbs-/),
    });
    expect((await send('300124', { otp: '123456' })).error).toBe(-249);
    expect((await send('300123', { ...data, trang_thai: 'x'.repeat(31) })).error).toBe(-1121);
    expect((await send('300123', { ...data, ngay_hen: 'mai' })).error).toBe(-1124);
    expect((await send('999', data)).error).toBe(-201);
  });
});

async function refreshed(): Promise<{ access: string }> {
  const form = new URLSearchParams({
    app_id: zalo.state.app.id,
    grant_type: 'refresh_token',
    refresh_token: zalo.state.tokens.current.refresh,
  });
  const res = await fetch(`${zalo.urls.oauth}/v4/oa/access_token`, {
    method: 'POST',
    body: form,
    headers: { secret_key: zalo.state.app.secret },
  });
  return { access: ((await res.json()) as { access_token: string }).access_token };
}
