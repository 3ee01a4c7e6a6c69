// What is more than words with buttons, against the simulated Zalo: pictures, the form for name and number, templates.
import { createZaloSimulator, type ZaloSimulator } from '../../../simulators/zalo/server.js';
import {
  type InfoRequest,
  type OutgoingActivity,
  templateActivity,
  withInfoRequest,
} from '../../../src/channels/activity.js';
import type { Channel, SendResult } from '../../../src/channels/channel.js';
import { simplifyZalo } from '../../../src/channels/zalo/fallback.js';
import { createZaloChannel } from '../../../src/channels/zalo/zalo.js';
import { citizenLane } from '../../../src/lib/ids.js';
import { PATIENT } from '../contract.js';
import { MemoryTokens } from '../memory-tokens.js';
import { html, json, startPlatform } from '../platform-server.js';
import { type Receiver, startReceiver, until } from '../receiver.js';
import { OA, USER, zaloOptions } from './subject.js';

const asking = (request: InfoRequest) => withInfoRequest({ type: 'message' }, request);
const PICTURE = 'https://bot.example.gov.vn/mau.jpg';
const NOTICE = {
  template: '300123',
  parameters: [
    { name: 'ten_cong_dan', value: 'Nguyễn Văn A' },
    { name: 'ma_ho_so', value: 'H01.23' },
    { name: 'trang_thai', value: 'Đã có kết quả' },
  ],
};

let simulator: ZaloSimulator;
let receiver: Receiver;
let channel: Channel;
let user: string;

beforeEach(async () => {
  receiver = await startReceiver(() => channel);
  simulator = await createZaloSimulator({ webhookUrl: receiver.url });
  const { openApi: api, oauth, template } = simulator.urls;
  channel = createZaloChannel(
    zaloOptions('', { urls: { api, oauth, template }, tokens: new MemoryTokens(), clock: Date.now }),
  );
  user = simulator.createUser({ name: 'Nguyễn Văn A' }).id;
});
afterEach(async () => {
  await channel.stop();
  await simulator.close();
  await receiver.close();
});

async function say(activity: OutgoingActivity): Promise<SendResult[]> {
  const lane = citizenLane({ channel: 'zalo', account: OA, user });
  const results: SendResult[] = [];
  for (const { body } of channel.render(activity)) results.push(await channel.send(lane, body, PATIENT));
  return results;
}

const picture = (contentUrl: string, name = ''): OutgoingActivity => ({
  type: 'message',
  attachments: [{ contentType: 'image/jpeg', contentUrl, ...(name !== '' && { name }) }],
});

describe('pictures to Zalo', () => {
  it('go by address, with what they show under them and the words after them', async () => {
    simulator.acts.follow(user, {});
    const results = await say({
      ...picture(PICTURE, 'Mẫu tờ khai'),
      text: 'Bạn điền theo mẫu này nhé.',
      suggestedActions: { to: [], actions: [{ type: 'postBack', title: 'Menu', value: 'menu' }] },
    });
    expect(results.map(({ outcome }) => outcome)).toEqual(['sent', 'sent']);
    const [first, second] = simulator.conversation(user).messages;
    expect(first).toMatchObject({ image: PICTURE, text: 'Mẫu tờ khai' });
    expect(second).toMatchObject({ text: 'Bạn điền theo mẫu này nhé.', actions: [{ title: 'Menu' }] });
  });

  it('go by the id of what was uploaded', async () => {
    simulator.acts.follow(user, {});
    simulator.state.uploads.set('ATT-1', { kind: 'image', name: 'a.jpg', expiresAt: Date.now() + 1000 });
    expect(await say(picture('attachment:ATT-1'))).toEqual([expect.objectContaining({ outcome: 'sent' })]);
  });

  it('become words and an address when they are refused', async () => {
    simulator.acts.follow(user, {});
    expect(await say(picture('attachment:ATT-GONE', 'Mẫu tờ khai'))).toEqual([
      { outcome: 'fix', bodies: [{ text: 'Mẫu tờ khai' }], reason: 'zalo.-100' },
    ]);
    const [call] = channel.render(picture(PICTURE, 'Mẫu tờ khai'));
    expect(simplifyZalo(call?.body ?? {})).toEqual([{ text: `Mẫu tờ khai\n${PICTURE}` }]);
  });
});

describe('asking Zalo for name and number', () => {
  const request = { title: 'Thông tin liên hệ', text: 'Để cơ quan gọi lại khi cần.' };

  it('shows the form, and hears what was filled in', async () => {
    simulator.acts.follow(user, {});
    expect(await say(asking({ ...request, imageUrl: PICTURE }))).toMatchObject([{ outcome: 'sent' }]);
    simulator.acts.submitInfo(user, { name: 'Trần Thị B', phone: '84907654321' });
    await until(() => receiver.bodies().some(({ kind }) => kind === 'contact-info'));
    expect(receiver.bodies()).toContainEqual({
      kind: 'contact-info',
      name: 'Trần Thị B',
      phone: '84907654321',
      address: '1 Hùng Vương, Phường Ba Đình, Hà Nội',
    });
  });

  it('shows the form above a question that has its own words and buttons', async () => {
    simulator.acts.follow(user, {});
    const question: OutgoingActivity = {
      type: 'message',
      text: 'Cơ quan gọi lại cho bạn theo số nào?',
      suggestedActions: { to: [], actions: [{ type: 'postBack', title: 'Bỏ qua', value: 'skip' }] },
    };
    await say(withInfoRequest(question, { ...request, imageUrl: PICTURE }));
    expect(simulator.conversation(user).messages).toMatchObject([
      { card: [{ title: request.title, subtitle: request.text, imageUrl: PICTURE }] },
      { text: question.text, actions: [{ title: 'Bỏ qua' }] },
    ]);
    expect(channel.render(withInfoRequest(question, request))).toEqual(channel.render(question));
  });

  it('asks in words where the form cannot be shown', () => {
    const words = { text: `${request.title}\n\n${request.text}` };
    expect(channel.render(asking(request)).map(({ body }) => body)).toEqual([words]);
    const long = { ...request, text: 'a '.repeat(300).trim(), imageUrl: PICTURE };
    expect(channel.render(asking(long))[0]?.body).toHaveProperty('text');
    const [form] = channel.render(asking({ ...request, imageUrl: PICTURE }));
    expect(simplifyZalo(form?.body ?? {})).toEqual([{ text: `${request.title}\n${request.text}` }]);
  });
});

describe('officers in the OA’s own chat screen', () => {
  it('are heard with their words and their pictures', async () => {
    simulator.acts.officer(user, { text: 'Mẫu đây ạ', image: 'https://photo.example.zdn.vn/mau.jpg' });
    await until(() => receiver.bodies().length === 1);
    expect(receiver.bodies()).toEqual([
      {
        kind: 'staff-message',
        text: 'Mẫu đây ạ',
        attachments: [{ kind: 'image', url: 'https://photo.example.zdn.vn/mau.jpg' }],
        messageId: expect.any(String),
      },
    ]);
  });
});

describe('template messages of Zalo', () => {
  it('reach a person long after the window has closed', async () => {
    simulator.acts.follow(user, {});
    const there = simulator.state.users.get(user);
    if (there) there.lastInteraction = Date.now() - 30 * 86_400_000;
    expect(await say({ type: 'message', text: 'Đã có kết quả' })).toMatchObject([{ reason: 'zalo.-230' }]);
    expect(await say(templateActivity(NOTICE))).toMatchObject([{ outcome: 'sent', messageId: expect.any(String) }]);
    expect(simulator.outbox.at(-1)).toMatchObject({
      endpoint: 'template-uid',
      to: user,
      body: { user_id: user, template_id: '300123', template_data: { ma_ho_so: 'H01.23' } },
    });
  });

  it('reach a phone number, under a tracking id of their own', async () => {
    expect(await say(templateActivity({ ...NOTICE, phone: '0901 234 567' }))).toMatchObject([{ outcome: 'sent' }]);
    expect(await say(templateActivity({ ...NOTICE, phone: '84901234567', tracking: 'H0123ST4' }))).toMatchObject([
      { outcome: 'sent' },
    ]);
    expect(simulator.outbox).toMatchObject([
      { endpoint: 'template-phone', to: '84901234567', body: { tracking_id: expect.stringMatching(/^[0-9a-f]{32}$/) } },
      { endpoint: 'template-phone', to: '84901234567', body: { tracking_id: 'H0123ST4' } },
    ]);
  });

  it('renew a refused token on both hosts', async () => {
    simulator.acts.follow(user, {});
    for (const notice of [NOTICE, { ...NOTICE, phone: '84901234567' }]) {
      simulator.state.tokens.expireAccess();
      expect(await say(templateActivity(notice))).toMatchObject([{ outcome: 'sent' }]);
    }
  });

  it('are refused with reasons of their own, and the account goes on', async () => {
    simulator.acts.follow(user, {});
    simulator.state.noZalo.add('84900000000');
    const otp = { template: '300124', parameters: [{ name: 'otp', value: '123456' }] };
    const refused = (activity: OutgoingActivity) => say(activity).then(([result]) => result);
    expect(await refused(templateActivity({ ...NOTICE, phone: '84900000000' }))).toEqual({
      outcome: 'give-up',
      reason: 'zalo.template.-118',
    });
    expect(await refused(templateActivity({ ...NOTICE, template: '300125', phone: '84901234567' }))).toMatchObject({
      reason: 'zalo.template.-131',
    });
    simulator.state.templateQuota = 0;
    expect(await refused(templateActivity({ ...NOTICE, phone: '84901234567' }))).toEqual({
      outcome: 'give-up',
      reason: 'zalo.template.-144',
    });
    expect(await refused(templateActivity(otp))).toEqual({ outcome: 'give-up', reason: 'zalo.-249' });
    expect(await refused(templateActivity({ ...NOTICE, parameters: [] }))).toMatchObject({ outcome: 'give-up' });
    expect(await say({ type: 'message', text: 'vẫn trả lời' })).toMatchObject([{ outcome: 'sent' }]);
  });

  it('wait for the morning where they may not leave at night', async () => {
    simulator.behaviour.templateNightBlock = true;
    const platform = await startPlatform(json(200, { error: -133, message: '' }));
    const night = Date.parse('2026-01-01T23:00:00+07:00');
    const late = createZaloChannel(zaloOptions(platform.url, { clock: () => night }));
    const [call] = late.render(templateActivity({ ...NOTICE, phone: '84901234567' }));
    expect(
      await late.send(citizenLane({ channel: 'zalo', account: OA, user: USER }), call?.body ?? {}, PATIENT),
    ).toEqual({
      outcome: 'retry',
      afterMs: 7 * 3_600_000,
      reason: 'zalo.template.-133',
    });
    await late.stop();
    await platform.close();
  });

  it('let answers in chat go on when their own host is wrong or too busy', async () => {
    const platform = await startPlatform(html(404));
    const wrong = createZaloChannel(zaloOptions(platform.url));
    const lane = citizenLane({ channel: 'zalo', account: OA, user: USER });
    const [toPhone] = wrong.render(templateActivity({ ...NOTICE, phone: '84901234567' }));
    const send = () => wrong.send(lane, toPhone?.body ?? {}, PATIENT);
    expect(await send()).toEqual({ outcome: 'give-up', reason: 'zalo.http-404' });
    platform.answer = html(429, { 'retry-after': '7' });
    expect(await send()).toEqual({ outcome: 'retry', afterMs: 7000, reason: 'zalo.http-429' });
    platform.answer = json(200, { error: -100, message: 'Unknown error' });
    expect(await send()).toEqual({ outcome: 'unknown', reason: 'zalo.template.-100' });
    await wrong.stop();
    await platform.close();
  });

  it('are paid, unlike anything else', () => {
    const paid = (activity: OutgoingActivity) => channel.render(activity).map(({ body }) => channel.isPaid?.(body));
    expect(paid(templateActivity(NOTICE))).toEqual([true]);
    expect(paid({ type: 'message', text: 'Xin chào' })).toEqual([false]);
    expect(paid(picture(PICTURE))).toEqual([false]);
  });
});
