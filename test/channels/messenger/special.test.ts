// What is more than words with buttons, against the simulated Messenger: pictures, the offer of one's number, utility templates, and
// Meta's own inbox.
import { createMessengerSimulator, type MessengerSimulator } from '../../../simulators/messenger/server.js';
import {
  type InfoRequest,
  type OutgoingActivity,
  templateActivity,
  withInfoRequest,
} from '../../../src/channels/activity.js';
import type { Channel, SendResult } from '../../../src/channels/channel.js';
import { simplifyMessenger } from '../../../src/channels/messenger/fallback.js';
import { createMessengerChannel } from '../../../src/channels/messenger/messenger.js';
import { citizenLane } from '../../../src/lib/ids.js';
import { PATIENT } from '../contract.js';
import { json, startPlatform } from '../platform-server.js';
import { type Receiver, startReceiver, until } from '../receiver.js';
import { APP, messengerOptions, PAGE } from './subject.js';

const asking = (request: InfoRequest) => withInfoRequest({ type: 'message' }, request);
const PICTURE = 'https://bot.example.gov.vn/mau.jpg';
const NOTICE = { template: 'dossier_done', parameters: [{ name: 'code', value: 'H01.23' }] };

let simulator: MessengerSimulator;
let receiver: Receiver;
let channel: Channel;
let user: string;

beforeEach(async () => {
  receiver = await startReceiver(() => channel);
  simulator = await createMessengerSimulator({
    webhookUrl: receiver.url,
    appId: APP,
    appSecret: 'test_app_secret_123',
    pageId: PAGE,
    pageAccessToken: 'EAATESTTOKEN',
    behaviour: { routing: true },
  });
  channel = createMessengerChannel(messengerOptions(simulator.urls.graph, { timeoutMs: 1000 }));
  user = simulator.createUser({ firstName: 'A' }).id;
});
afterEach(async () => {
  await channel.stop();
  await simulator.close();
  await receiver.close();
});

async function say(activity: OutgoingActivity): Promise<SendResult[]> {
  const lane = citizenLane({ channel: 'messenger', account: PAGE, user });
  const results: SendResult[] = [];
  for (const { body } of channel.render(activity)) results.push(await channel.send(lane, body, PATIENT));
  return results;
}

const picture = (contentUrl: string, name = ''): OutgoingActivity => ({
  type: 'message',
  attachments: [{ contentType: 'image/jpeg', contentUrl, ...(name !== '' && { name }) }],
});

describe('pictures to Messenger', () => {
  it('go by address, what they show before them and the words after them', async () => {
    simulator.acts.say(user, { text: 'xin chào' });
    const results = await say({ ...picture(PICTURE, 'Mẫu tờ khai'), text: 'Bạn điền theo mẫu này nhé.' });
    expect(results.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent']);
    expect(simulator.conversation(user).messages.slice(1)).toMatchObject([
      { text: 'Mẫu tờ khai' },
      { image: PICTURE },
      { text: 'Bạn điền theo mẫu này nhé.' },
    ]);
  });

  it('go by the id of what was uploaded; what is gone has no other form', async () => {
    simulator.acts.say(user, { text: 'xin chào' });
    simulator.state.attachments.set('1234567890123456', { type: 'image', expiresAt: Date.now() + 100_000 });
    expect(await say(picture('attachment:1234567890123456'))).toMatchObject([{ outcome: 'sent' }]);
    expect(await say(picture('attachment:1'))).toEqual([{ outcome: 'give-up', reason: 'messenger.100.2018074' }]);
    const [call] = channel.render(picture(PICTURE));
    expect(simplifyMessenger(call?.body ?? {})).toEqual([{ text: PICTURE }]);
  });
});

describe('asking Messenger for a number', () => {
  const request = asking({ title: 'Số điện thoại', text: 'Để cơ quan gọi lại khi cần.' });
  const skip = { to: [], actions: [{ type: 'postBack', title: 'Bỏ qua', value: 'skip' }] };

  it('offers the number of the profile beside the other answers, and hears it', async () => {
    simulator.acts.say(user, { text: 'xin chào' });
    const [result] = await say({ ...request, suggestedActions: skip });
    const messageId = result?.outcome === 'sent' ? (result.messageId ?? '') : '';
    const shown = simulator.conversation(user).messages.at(-1);
    expect(shown).toMatchObject({ text: 'Số điện thoại\n\nĐể cơ quan gọi lại khi cần.' });
    const [number, other] = shown?.quickReplies ?? [];
    expect(other?.title).toBe('Bỏ qua');
    simulator.acts.tap(user, { messageId, index: number?.index ?? 0 });
    await until(() => receiver.bodies().some(({ kind }) => kind === 'contact-info'));
    expect(receiver.bodies()).toContainEqual({ kind: 'contact-info', phone: number?.title });
  });

  it('asks in words when the offer is refused', () => {
    const [call] = channel.render({ ...request, suggestedActions: skip });
    expect(simplifyMessenger(call?.body ?? {})).toEqual([
      { text: 'Số điện thoại\n\nĐể cơ quan gọi lại khi cần.\n\n1. Bỏ qua' },
    ]);
    const [alone] = channel.render(request);
    expect(simplifyMessenger(alone?.body ?? {})).toEqual([{ text: 'Số điện thoại\n\nĐể cơ quan gọi lại khi cần.' }]);
  });
});

describe('utility templates of Messenger', () => {
  beforeEach(() => {
    simulator.state.utilityTemplates.set('1', { id: '1', name: 'dossier_done', language: 'vi', status: 'APPROVED' });
  });

  it('reach a person to whom nothing else may be written', async () => {
    expect(await say({ type: 'message', text: 'Đã có kết quả' })).toEqual([
      { outcome: 'give-up', reason: 'messenger.10.2018278' },
    ]);
    expect(await say(templateActivity(NOTICE))).toMatchObject([{ outcome: 'sent' }]);
    expect(simulator.outbox.at(-1)?.body).toMatchObject({
      messaging_type: 'UTILITY',
      message: {
        template: {
          name: 'dossier_done',
          language: { code: 'vi' },
          components: [{ type: 'body', parameters: [{ type: 'text', text: 'H01.23' }] }],
        },
      },
    });
  });

  it('let answers in chat go on when the Page may send none', async () => {
    const lane = citizenLane({ channel: 'messenger', account: PAGE, user });
    const platform = await startPlatform(json(400, { error: { code: 10, message: '', type: 'OAuthException' } }));
    const without = createMessengerChannel(messengerOptions(platform.url));
    const [template] = without.render(templateActivity(NOTICE));
    expect(await without.send(lane, template?.body ?? {}, PATIENT)).toEqual({
      outcome: 'give-up',
      reason: 'messenger.10',
    });
    expect(await without.send(lane, { text: 'a' }, PATIENT)).toMatchObject({ outcome: 'pause' });
    await without.stop();
    await platform.close();
  });

  it('have no simpler form, and are paid', async () => {
    expect(await say(templateActivity({ ...NOTICE, template: 'unknown' }))).toMatchObject([
      { outcome: 'give-up', reason: 'messenger.100' },
    ]);
    const paid = (activity: OutgoingActivity) => channel.render(activity).map(({ body }) => channel.isPaid?.(body));
    expect(paid(templateActivity(NOTICE))).toEqual([true]);
    expect(paid({ type: 'message', text: 'Xin chào' })).toEqual([false]);
  });
});

describe("Meta's own inbox", () => {
  it('takes the conversation over and gives it back', async () => {
    simulator.acts.say(user, { text: 'xin chào' });
    simulator.acts.officer(user, { text: 'Chào anh' });
    simulator.acts.officer(user, { image: PICTURE });
    simulator.acts.officerPasses(user, {});
    await until(() => receiver.bodies().length === 5);
    expect(receiver.bodies()).toEqual(
      expect.arrayContaining([
        { kind: 'staff-message' },
        { kind: 'staff-message', text: 'Chào anh', messageId: expect.any(String) },
        { kind: 'staff-message', attachments: [{ kind: 'image', url: PICTURE }], messageId: expect.any(String) },
        { kind: 'staff-left' },
      ]),
    );
  });
});
