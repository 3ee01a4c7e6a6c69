import fc from 'fast-check';
import { createZaloSimulator, type ZaloSimulator } from '../../../simulators/zalo/server.js';
import type { Channel, SendResult } from '../../../src/channels/channel.js';
import { simplifyZalo } from '../../../src/channels/zalo/fallback.js';
import { createZaloChannel } from '../../../src/channels/zalo/zalo.js';
import { citizenLane, type LaneId } from '../../../src/lib/ids.js';
import { activities } from '../activities.js';
import { PATIENT } from '../contract.js';
import { MemoryTokens } from '../memory-tokens.js';
import { type Receiver, startReceiver, until } from '../receiver.js';
import { OA, zaloOptions } from './subject.js';

let simulator: ZaloSimulator;
let receiver: Receiver;
let channel: Channel;
let store: MemoryTokens;
let user: string;
let lane: LaneId;

beforeEach(async () => {
  receiver = await startReceiver(() => channel);
  simulator = await createZaloSimulator({ webhookUrl: receiver.url });
  store = new MemoryTokens();
  const urls = { api: simulator.urls.openApi, oauth: simulator.urls.oauth, template: simulator.urls.template };
  channel = createZaloChannel(zaloOptions('', { urls, tokens: store, timeoutMs: 1000, clock: Date.now }));
  user = simulator.createUser({ name: 'Nguyễn Văn A' }).id;
  lane = citizenLane({ channel: 'zalo', account: OA, user });
});
afterEach(async () => {
  await channel.stop();
  await simulator.close();
  await receiver.close();
});

const send = (body: Parameters<Channel['send']>[1]): Promise<SendResult> => channel.send(lane, body, PATIENT);

describe('the Zalo channel and a platform written by other hands', () => {
  it('agree on signatures, probes and what people do', async () => {
    simulator.acts.follow(user, {});
    simulator.acts.say(user, { text: 'Tra cứu hồ sơ H01.23 😀' });
    simulator.acts.image(user, { caption: 'CCCD' });
    simulator.acts.location(user, {});
    simulator.acts.card(user, {});
    simulator.acts.officer(user, { text: 'Cán bộ đây' });
    simulator.acts.withdraw(user, {});
    await until(() => receiver.bodies().length === 7);
    expect(
      receiver
        .bodies()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['entry', 'text', 'media', 'location', 'media', 'staff-message', 'withdrawal'].sort());
    expect(receiver.bodies()).toContainEqual(
      expect.objectContaining({ kind: 'text', text: 'Tra cứu hồ sơ H01.23 😀' }),
    );
    expect(await simulator.probe()).toBe(200);
    expect(await simulator.consoleTest()).toMatchObject({ outcome: 'delivered' });
    expect(receiver.verdicts.filter((verdict) => verdict === 'probe')).toHaveLength(2);
  });

  it('agree on a dialogue: text, answer with buttons, tap, echo', async () => {
    simulator.acts.say(user, { text: 'xin chào' });
    const [call] = channel.render({
      type: 'message',
      text: 'Bạn cần gì?',
      suggestedActions: { to: [], actions: [{ type: 'postBack', title: 'Tra cứu', value: 'track:H01.23' }] },
    });
    const result = await send(call?.body ?? {});
    expect(result).toMatchObject({ outcome: 'sent', messageId: expect.any(String) });
    const messageId = result.outcome === 'sent' ? (result.messageId ?? '') : '';
    simulator.acts.tap(user, { messageId, index: 0 });
    await until(() => receiver.bodies().some(({ kind }) => kind === 'tap'));
    expect(receiver.bodies()).toContainEqual(expect.objectContaining({ kind: 'tap', payload: 'track:H01.23' }));
    await until(() => receiver.events.some(({ type }) => type === 'echo'));
    const echo = receiver.events.find((event) => event.type === 'echo');
    expect(echo).toMatchObject({
      lane,
      keys: expect.arrayContaining([`id:${messageId}`, ...channel.echoKeys(lane, call?.body ?? {}, 'r')]),
    });
  });

  it('agree on every message that an activity can become', async () => {
    simulator.acts.follow(user, {});
    await fc.assert(
      fc.asyncProperty(activities, async (activity) => {
        for (const { body } of channel.render(activity)) {
          for (const form of [body, ...simplifyZalo(body)]) expect(await send(form)).toMatchObject({ outcome: 'sent' });
        }
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('renew an expired token with the single-use refresh token, once for all', async () => {
    simulator.acts.follow(user, {});
    simulator.state.tokens.expireAccess();
    const results = await Promise.all([1, 2, 3].map((part) => send({ text: `phần ${part}` })));
    expect(results.every(({ outcome }) => outcome === 'sent')).toBe(true);
    expect(store.writes).toHaveLength(2);
    simulator.state.tokens.expireAccess();
    expect(await send({ text: 'lần nữa' })).toMatchObject({ outcome: 'sent' });
    simulator.state.tokens.revoke();
    expect(await send({ text: 'hết quyền' })).toMatchObject({ outcome: 'pause', reason: 'zalo.oauth.-14014' });
  });

  it('agree on refusals', async () => {
    expect(await send({ text: 'chưa từng nhắn' })).toMatchObject({ outcome: 'give-up', reason: 'zalo.-213' });
    simulator.acts.follow(user, {});
    simulator.behaviour.maxButtons = 0;
    const [call] = channel.render({
      type: 'message',
      text: 'Chọn',
      suggestedActions: { to: [], actions: [{ type: 'postBack', title: 'Menu', value: 'menu' }] },
    });
    const refused = await send(call?.body ?? {});
    expect(refused).toEqual({ outcome: 'fix', bodies: simplifyZalo(call?.body ?? {}), reason: 'zalo.-210' });
    expect(await send(simplifyZalo(call?.body ?? {})[0] ?? {})).toMatchObject({ outcome: 'sent' });
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
    ['tokenExpired', 'sent'],
  ] as const)('agree on the fault %s: %s', async (kind, outcome) => {
    simulator.acts.follow(user, {});
    simulator.faults.add({ action: { kind }, path: '/message/cs' });
    expect(await send({ text: 'thử' })).toMatchObject({ outcome });
    expect(simulator.outbox).toHaveLength(['resetAfter', 'silentAfter', 'tokenExpired'].includes(kind) ? 1 : 0);
  });

  it('retry what could not be said while the platform was down', async () => {
    await simulator.goDown();
    expect(await send({ text: 'thử' })).toMatchObject({ outcome: 'retry' });
  });
});
