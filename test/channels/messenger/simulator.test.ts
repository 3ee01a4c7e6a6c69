import fc from 'fast-check';
import { createMessengerSimulator, type MessengerSimulator } from '../../../simulators/messenger/server.js';
import { HERO_CARD } from '../../../src/channels/activity.js';
import type { Channel, SendResult } from '../../../src/channels/channel.js';
import { simplifyMessenger } from '../../../src/channels/messenger/fallback.js';
import { createMessengerChannel } from '../../../src/channels/messenger/messenger.js';
import { citizenLane, type LaneId } from '../../../src/lib/ids.js';
import { activities } from '../activities.js';
import { PATIENT } from '../contract.js';
import { type Receiver, startReceiver, until } from '../receiver.js';
import { APP, messengerOptions, PAGE } from './subject.js';

let simulator: MessengerSimulator;
let receiver: Receiver;
let channel: Channel;
let user: string;
let lane: LaneId;

beforeEach(async () => {
  receiver = await startReceiver(() => channel);
  simulator = await createMessengerSimulator({
    webhookUrl: receiver.url,
    appId: APP,
    appSecret: 'test_app_secret_123',
    pageId: PAGE,
    pageAccessToken: 'EAATESTTOKEN',
    verifyToken: 'verify-me',
    behaviour: { requireProof: true },
  });
  channel = createMessengerChannel(messengerOptions(simulator.urls.graph, { timeoutMs: 1000 }));
  user = simulator.createUser({ firstName: 'A' }).id;
  lane = citizenLane({ channel: 'messenger', account: PAGE, user });
});
afterEach(async () => {
  await channel.stop();
  await simulator.close();
  await receiver.close();
});

const send = (body: Parameters<Channel['send']>[1]): Promise<SendResult> => channel.send(lane, body, PATIENT);

describe('the Messenger channel and a platform written by other hands', () => {
  it('agree on the handshake', async () => {
    expect(await simulator.verifyWebhook()).toMatchObject({ accepted: true });
    expect(await simulator.verifyWebhook('other')).toMatchObject({ accepted: false, status: 403 });
  });

  it('agree on signatures and what people do', async () => {
    const { id } = simulator.acts.say(user, { text: 'Hồ sơ H01.23 ở đâu? https://ex.am 😀' });
    simulator.acts.edit(user, { messageId: id, text: 'Hồ sơ H01.24' });
    simulator.acts.sticker(user, { form: 'both' });
    simulator.acts.image(user, {});
    simulator.acts.referral(user, { ref: 'quay12' });
    simulator.acts.officer(user, { text: 'Cán bộ đây' });
    await until(() => receiver.bodies().length === 6);
    expect(
      receiver
        .bodies()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['text', 'edit', 'media', 'media', 'entry', 'staff-message'].sort());
    expect(receiver.bodies()).toContainEqual(expect.objectContaining({ text: 'Hồ sơ H01.23 ở đâu? https://ex.am 😀' }));
    expect(receiver.bodies()).toContainEqual(
      expect.objectContaining({ attachments: [expect.objectContaining({ kind: 'sticker' })] }),
    );
    expect(new Set(receiver.verdicts)).toEqual(new Set(['ok']));
  });

  it('agree on a dialogue: Get Started, a card, chips, both kinds of tap, echo', async () => {
    simulator.acts.open(user, {});
    simulator.acts.say(user, { text: 'xin chào' });
    const [call] = channel.render({
      type: 'message',
      text: 'Tìm thấy:',
      attachments: [
        {
          contentType: HERO_CARD,
          content: { title: 'Khai sinh', buttons: [{ type: 'postBack', title: 'Lệ phí', value: 'fee' }] },
        },
      ],
      suggestedActions: { to: [], actions: [{ type: 'postBack', title: 'Menu', value: 'menu' }] },
    });
    const result = await send(call?.body ?? {});
    const messageId = result.outcome === 'sent' ? (result.messageId ?? '') : '';
    simulator.acts.tap(user, { messageId, index: 1 });
    simulator.acts.tap(user, { messageId, index: 0 });
    await until(() => receiver.bodies().filter(({ kind }) => kind === 'tap').length === 2);
    expect(receiver.bodies()).toContainEqual(expect.objectContaining({ kind: 'tap', payload: 'fee', title: 'Lệ phí' }));
    expect(receiver.bodies()).toContainEqual(expect.objectContaining({ kind: 'tap', payload: 'menu', title: 'Menu' }));
    await until(() => receiver.events.some(({ type }) => type === 'echo'));
    expect(receiver.events).toContainEqual(
      expect.objectContaining({ type: 'echo', lane, keys: ['ref:out-1.0', `id:${messageId}`] }),
    );
  });

  it('agree on every message that an activity can become', async () => {
    simulator.acts.say(user, { text: 'xin chào' });
    await fc.assert(
      fc.asyncProperty(activities, async (activity) => {
        for (const { body } of channel.render(activity)) {
          for (const form of [body, ...simplifyMessenger(body)])
            expect(await send(form)).toMatchObject({ outcome: 'sent' });
        }
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('show typing', async () => {
    simulator.acts.say(user, { text: 'xin chào' });
    await channel.showTyping?.(lane);
    expect(simulator.conversation(user).typing).toBe(true);
  });

  it('agree on refusals', async () => {
    expect(await send({ text: 'chưa từng nhắn' })).toMatchObject({ outcome: 'give-up' });
    simulator.acts.say(user, { text: 'xin chào' });
    simulator.acts.block(user, {});
    expect(await send({ text: 'bị chặn' })).toMatchObject({
      outcome: 'give-up',
      reason: expect.stringMatching(/^messenger\.(551|200|10)/),
    });
    simulator.acts.unblock(user, {});
    simulator.behaviour.restricted = true;
    expect(await send({ text: 'bị hạn chế' })).toMatchObject({ outcome: 'pause', reason: 'messenger.10.1893063' });
    simulator.behaviour.restricted = false;
    simulator.state.tokens.set('EAATESTTOKEN', 'expired');
    expect(await send({ text: 'hết hạn' })).toMatchObject({
      outcome: 'pause',
      reason: expect.stringMatching(/^messenger\.190/),
    });
  });

  it.each([
    ['disconnect', 'unknown'],
    ['badGateway', 'unknown'],
    ['unavailable', 'unknown'],
    ['garbage', 'unknown'],
    ['resetAfter', 'unknown'],
    ['silentAfter', 'unknown'],
    ['tooMany', 'pause'],
    ['rateLimited', 'pause'],
    ['tokenExpired', 'pause'],
  ] as const)('agree on the fault %s: %s', async (kind, outcome) => {
    simulator.acts.say(user, { text: 'xin chào' });
    simulator.faults.add({ action: { kind }, path: '/messages' });
    expect(await send({ text: 'thử' })).toMatchObject({ outcome });
    expect(simulator.outbox).toHaveLength(['resetAfter', 'silentAfter'].includes(kind) ? 1 : 0);
  });
});
