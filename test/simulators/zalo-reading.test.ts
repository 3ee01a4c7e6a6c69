// What the OA can ask the simulated Zalo, and template messages by phone.
import { ManualClock } from '../../simulators/platform/clock.js';
import { createZaloSimulator, type ZaloSimulator } from '../../simulators/zalo/server.js';
import { hashPhone } from '../../simulators/zalo/template-api.js';
import { catchWebhooks, postJson, type WebhookCatcher } from './platform/webhook-catcher.js';

let zalo: ZaloSimulator;
let bot: WebhookCatcher;
let clock: ManualClock;
let user: string;

beforeEach(async () => {
  clock = new ManualClock(Date.parse('2026-11-02T12:00:00+07:00'));
  bot = await catchWebhooks();
  zalo = await createZaloSimulator({ clock, webhookUrl: bot.url });
  user = zalo.createUser({ id: '3000400050006000701', name: 'Trần Thị B' }).id;
  zalo.acts.follow(user, {});
});
afterEach(async () => {
  await zalo.close();
  await bot.close();
});

const headers = { access_token: 'AT-0001' };
const text = async (path: string, data: object = {}) =>
  (await fetch(`${zalo.urls.openApi}${path}?data=${encodeURIComponent(JSON.stringify(data))}`, { headers })).text();
const read = async (path: string, data: object = {}) => JSON.parse(await text(path, data));
const write = (path: string, body: object) => postJson(`${zalo.urls.openApi}${path}`, body, headers);

it('describes a person, with the shared information once there is some', async () => {
  expect(await read('/v3.0/oa/user/detail', { user_id: user })).toMatchObject({
    error: 0,
    data: {
      user_id: user,
      display_name: 'Trần Thị B',
      user_is_follower: true,
      user_last_interaction_date: '02/11/2026',
    },
  });
  expect(await read('/v3.0/oa/user/detail', { user_id: '1' })).toMatchObject({ error: -213 });
});

it('lists people by page, tag and last interaction', async () => {
  zalo.createUser();
  await write('/v2.0/oa/tag/tagfollower', { user_id: user, tag_name: 'ho-so' });
  expect((await read('/v3.0/oa/user/getlist', { offset: 0, count: 50 })).data.total).toBe(2);
  expect((await read('/v3.0/oa/user/getlist', { offset: 0, count: 50, is_follower: 'true' })).data.users).toEqual([
    { user_id: user },
  ]);
  expect((await read('/v3.0/oa/user/getlist', { offset: 0, count: 50, tag_name: 'ho-so' })).data.total).toBe(1);
  expect(
    (await read('/v3.0/oa/user/getlist', { offset: 0, count: 50, last_interaction_period: 'TODAY' })).data.total,
  ).toBe(1);
  expect(
    (await read('/v3.0/oa/user/getlist', { offset: 0, count: 50, last_interaction_period: '2026_11_03:2026_11_04' }))
      .data.total,
  ).toBe(0);
  expect((await read('/v3.0/oa/user/getlist', { offset: 0, count: 51 })).error).toBe(-210);
  expect(await read('/v2.0/oa/tag/gettagsofoa')).toMatchObject({ data: ['ho-so'] });
});

it('tells a conversation newest first, ids as bare numbers beyond what JavaScript holds', async () => {
  for (const said of ['một', 'hai']) zalo.acts.say(user, { text: said });
  const body = await text('/v2.0/oa/conversation', { user_id: user, offset: 0, count: 10 });
  expect(body).toContain('"from_id":3000400050006000701');
  expect(JSON.parse(body).data.map((row: { message: string }) => row.message)).toEqual(['hai', 'một']);
  zalo.behaviour.numericIds = false;
  expect((await read('/v2.0/oa/listrecentchat', { offset: 0, count: 10 })).data).toMatchObject([
    { src: 1, from_id: user, type: 'text', message: 'hai' },
  ]);
  expect((await read('/v2.0/oa/conversation', { user_id: user, offset: 0, count: 11 })).error).toBe(-210);
});

it('describes the OA and the quota', async () => {
  expect((await read('/v2.0/oa/getoa')).data).toMatchObject({ oa_id: zalo.state.oa.id, num_follower: 1 });
  expect((await write('/v3.0/oa/quota/message', { user_id: user })).data).toMatchObject({
    cs_reply: { remain: 8, total: 8 },
  });
});

describe('template messages by phone', () => {
  const good = {
    phone: '84901234567',
    template_id: '300123',
    template_data: {
      ten_cong_dan: 'Nguyễn Văn A',
      ma_ho_so: 'H01.23',
      trang_thai: 'Đã có kết quả',
      ngay_hen: '05/01/2026',
    },
    tracking_id: 'H0123ST420260105',
  };
  const send = (body: object, path = '/message/template') => postJson(`${zalo.urls.template}${path}`, body, headers);

  it('are accepted, and delivered with an event of their own', async () => {
    const answer = await send(good);
    expect(answer).toMatchObject({
      error: 0,
      data: { msg_id: expect.any(String), quota: { dailyQuota: '500', remainingQuota: '499' } },
    });
    await clock.advance(50);
    const at = bot.caught.findIndex(({ headers: sent }) => sent['x-zevent-server'] === 'ZNS');
    expect(bot.events()[at]).toMatchObject({
      event_name: 'user_received_message',
      recipient: { id: good.phone },
      message: { msg_id: answer.data.msg_id, tracking_id: good.tracking_id },
    });
    const status = await fetch(`${zalo.urls.template}/message/status?message_id=${answer.data.msg_id}`, { headers });
    expect(await status.json()).toMatchObject({ data: { status: 1 } });
  });

  it.each<[string, object, number]>([
    ['a number with plus', { phone: '+84901234567' }, 0],
    ['a local number', { phone: '0901234567' }, -108],
    ['an unknown template', { template_id: '1' }, -109],
    ['a template under review', { template_id: '300125', template_data: { noi_dung: 'a' } }, -131],
    ['no data', { template_data: {} }, -111],
    ['a missing parameter', { template_data: { ten_cong_dan: 'A' } }, -1122],
    ['a long parameter', { template_data: { ...good.template_data, ma_ho_so: 'x'.repeat(31) } }, -1121],
    ['a wrong date', { template_data: { ...good.template_data, ngay_hen: '2026-01-05' } }, -1124],
    ['a tracking id with a dash', { tracking_id: 'H01-23' }, -132],
    ['a number without Zalo', { phone: '84909999999' }, -118],
    ['a test to a stranger', { mode: 'development' }, -127],
  ])('answer %s with its code', async (_what, change, code) => {
    zalo.state.noZalo.add('84909999999');
    expect((await send({ ...good, ...change })).error).toBe(code);
  });

  it('end with the daily quota and, if told so, with the day', async () => {
    zalo.state.templateQuota = 0;
    expect((await send(good)).error).toBe(-144);
    zalo.state.templateQuota = 5;
    zalo.behaviour.templateNightBlock = true;
    await clock.advance(10 * 3_600_000);
    expect((await send(good)).error).toBe(-133);
  });

  it('take a hashed number', async () => {
    expect(hashPhone('84901234567')).toBe('f0a4b3a2d998485bc744a2e6fcb2dec760b843aba1f24a84edf4bf32c68e71d5');
    const { phone: _phone, ...rest } = good;
    expect((await send({ ...rest, hash_phone: hashPhone('84901234567') }, '/message/template/hashphone')).error).toBe(
      0,
    );
    expect((await send({ ...good, tracking_id: 'a' }, '/message/template/hashphone')).error).toBe(-108);
  });

  it('use the error table of their own host', async () => {
    expect((await postJson(`${zalo.urls.template}/message/template`, good, { access_token: 'old' })).error).toBe(-124);
  });
});
