import type { Channel, SendResult } from '../../../src/channels/channel.js';
import { createMessengerChannel, type MessengerOptions } from '../../../src/channels/messenger/messenger.js';
import { citizenLane } from '../../../src/lib/ids.js';
import type { JsonObject } from '../../../src/lib/json.js';
import { PATIENT } from '../contract.js';
import { inTurn, json, type PlatformServer, silence, startPlatform } from '../platform-server.js';
import { messengerOptions, PAGE, PERSON } from './subject.js';

const LANE = citizenLane({ channel: 'messenger', account: PAGE, user: PERSON });
const PROOF = '7bbf8d780e062bc4e77f77f09d17911f1e4003fab0314a9019e397a9e540a4a0';

let platform: PlatformServer;
const open: Channel[] = [];
beforeEach(async () => {
  platform = await startPlatform();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((channel) => channel.stop()));
  await platform.close();
});

function channel(change: Partial<MessengerOptions> = {}): Channel {
  const created = createMessengerChannel(messengerOptions(platform.url, change));
  open.push(created);
  return created;
}

function send(body: JsonObject = { text: 'Xin chào' }, on = channel()): Promise<SendResult> {
  return on.send(LANE, body, PATIENT);
}

function refuse(code: number, subcode?: number, more: object = {}, status = 400) {
  const error = {
    message: 'whatever',
    type: 'OAuthException',
    code,
    ...(subcode && { error_subcode: subcode }),
    ...more,
  };
  return json(status, { error });
}

describe('sending to Messenger', () => {
  it('posts the message with the token in the header, its proof, and our reference', async () => {
    platform.answer = json(200, { recipient_id: PERSON, message_id: 'm_qr6' });
    expect(await send()).toEqual({ outcome: 'sent', messageId: 'm_qr6' });
    const [request] = platform.seen;
    expect(request).toMatchObject({ method: 'POST', path: `/v25.0/${PAGE}/messages?appsecret_proof=${PROOF}` });
    expect(request?.headers.authorization).toBe('Bearer EAATESTTOKEN');
    expect(request?.path).not.toContain('EAATESTTOKEN');
    expect(JSON.parse(request?.text ?? '')).toEqual({
      recipient: { id: PERSON },
      messaging_type: 'RESPONSE',
      message: { text: 'Xin chào', metadata: 'mc:out-1.0' },
    });
  });

  it('finds its echo by the same key', () => {
    const messenger = channel();
    const [echo] = messenger.parse({
      object: 'page',
      entry: [
        {
          id: PAGE,
          messaging: [
            {
              sender: { id: PAGE },
              recipient: { id: PERSON },
              timestamp: 1_760_000_000_000,
              message: { is_echo: true, mid: 'm_9', metadata: 'mc:out-1.0', text: 'Xin chào' },
            },
          ],
        },
      ],
    });
    const keys = messenger.echoKeys(LANE, { text: 'Xin chào' }, 'out-1.0');
    expect(echo).toMatchObject({ type: 'echo', lane: LANE, keys: expect.arrayContaining(keys) });
  });

  it('takes a 200 without an id for sent', async () => {
    platform.answer = json(200, { recipient_id: PERSON });
    expect(await send()).toEqual({ outcome: 'sent' });
  });

  it.each<[number, number | undefined, Partial<SendResult>]>([
    [1, undefined, { outcome: 'retry' }],
    [1, 99, { outcome: 'retry' }],
    [1, 1357046, { outcome: 'unknown' }],
    [1, 2018382, { outcome: 'give-up' }],
    [2, undefined, { outcome: 'retry' }],
    [2, 2018344, { outcome: 'give-up' }],
    [1200, undefined, { outcome: 'retry' }],
    [3, undefined, { outcome: 'pause' }],
    [4, undefined, { outcome: 'pause', afterMs: 60_000 }],
    [17, undefined, { outcome: 'pause' }],
    [32, undefined, { outcome: 'pause' }],
    [341, undefined, { outcome: 'pause' }],
    [613, undefined, { outcome: 'pause', afterMs: 60_000 }],
    [613, 2534040, { outcome: 'pause' }],
    [613, 2018338, { outcome: 'pause', afterMs: 3_600_000 }],
    [613, 1893016, { outcome: 'give-up' }],
    [80001, undefined, { outcome: 'pause' }],
    [80006, undefined, { outcome: 'pause' }],
    [4, 2018354, { outcome: 'give-up' }],
    [10, undefined, { outcome: 'pause' }],
    [10, 2018278, { outcome: 'give-up' }],
    [10, 2018065, { outcome: 'give-up' }],
    [10, 2534022, { outcome: 'give-up' }],
    [10, 2018108, { outcome: 'give-up' }],
    [10, 1893063, { outcome: 'pause', afterMs: 3_600_000 }],
    [100, undefined, { outcome: 'give-up' }],
    [100, 33, { outcome: 'give-up' }],
    [100, 2018001, { outcome: 'give-up' }],
    [100, 2018008, { outcome: 'retry' }],
    [100, 2534037, { outcome: 'give-up' }],
    [102, undefined, { outcome: 'pause' }],
    [190, undefined, { outcome: 'pause' }],
    [190, 460, { outcome: 'pause' }],
    [200, undefined, { outcome: 'pause' }],
    [200, 2018028, { outcome: 'give-up' }],
    [200, 1545041, { outcome: 'give-up' }],
    [230, undefined, { outcome: 'pause' }],
    [368, undefined, { outcome: 'pause' }],
    [551, undefined, { outcome: 'give-up' }],
    [551, 1545041, { outcome: 'give-up' }],
    [10, 2018300, { outcome: 'give-up' }],
    [10, 2018321, { outcome: 'retry' }],
    [2022, undefined, { outcome: 'give-up' }],
    [424242, undefined, { outcome: 'give-up' }],
  ])('%i/%s has its outcome and its reason', async (code, subcode, expected) => {
    platform.answer = refuse(code, subcode);
    const reason = subcode === undefined ? `messenger.${code}` : `messenger.${code}.${subcode}`;
    expect(await send()).toMatchObject({ ...expected, reason });
  });

  it('believes the error, not the status', async () => {
    platform.answer = refuse(10, 2018278, {}, 200);
    expect(await send()).toMatchObject({ outcome: 'give-up' });
    platform.answer = refuse(2, undefined, {}, 500);
    expect(await send()).toMatchObject({ outcome: 'retry' });
  });

  it('retries what Meta calls transient', async () => {
    platform.answer = refuse(424242, undefined, { is_transient: true });
    expect(await send()).toMatchObject({ outcome: 'retry' });
  });

  it('pauses the Page when the proof is wrong', async () => {
    platform.answer = refuse(100, undefined, { type: 'GraphMethodException' });
    expect(await send()).toMatchObject({ outcome: 'pause', reason: 'messenger.100' });
  });

  it('rests for the time Meta estimates', async () => {
    const usage = JSON.stringify({
      [PAGE]: [{ type: 'messenger', call_count: 100, estimated_time_to_regain_access: 7 }],
    });
    platform.answer = json(400, { error: { code: 80006 } }, { 'x-business-use-case-usage': usage });
    expect(await send()).toMatchObject({ outcome: 'pause', afterMs: 7 * 60_000 });
  });

  it('rests twice as long each time, up to an hour', async () => {
    platform.answer = inTurn(refuse(613));
    const messenger = channel();
    const rests = [];
    for (let time = 0; time < 8; time += 1)
      rests.push(((await send(undefined, messenger)) as { afterMs: number }).afterMs / 60_000);
    expect(rests).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('offers a simpler form step by step when the shape is refused', async () => {
    platform.answer = refuse(100);
    const chips = [{ content_type: 'text', title: 'Menu', payload: 'menu' }];
    const buttons = [{ type: 'postback', title: 'Lệ phí', payload: 'fee' }];
    const body = {
      attachment: { type: 'template', payload: { template_type: 'button', text: 'Khai sinh', buttons } },
      quick_replies: chips,
    };
    const first = await send(body);
    expect(first).toMatchObject({ outcome: 'fix', bodies: [{ text: 'Khai sinh\n1. Lệ phí' }] });
    const second = await send(first.outcome === 'fix' ? (first.bodies[0] ?? {}) : {});
    expect(second).toMatchObject({ outcome: 'fix', bodies: [{ text: 'Khai sinh\n1. Lệ phí\n\n2. Menu' }] });
    expect(await send(second.outcome === 'fix' ? (second.bodies[0] ?? {}) : {})).toMatchObject({ outcome: 'give-up' });
  });
});

describe('typing on Messenger', () => {
  it('is shown', async () => {
    platform.answer = json(200, { recipient_id: PERSON });
    const seen: unknown[] = [];
    await channel({ onSend: (observation) => seen.push(observation) }).showTyping?.(LANE);
    expect(JSON.parse(platform.seen[0]?.text ?? '')).toEqual({ recipient: { id: PERSON }, sender_action: 'typing_on' });
    expect(seen).toEqual([expect.objectContaining({ call: 'typing', outcome: 'sent' })]);
  });

  it('fails in silence, counted', async () => {
    const outcomes: string[] = [];
    const messenger = channel({ timeoutMs: 50, onSend: ({ outcome }) => outcomes.push(outcome) });
    platform.answer = silence;
    await messenger.showTyping?.(LANE);
    platform.answer = refuse(190);
    await messenger.showTyping?.(LANE);
    expect(outcomes).toEqual(['give-up', 'give-up']);
  });

  it('takes no answer its place when the Page is at its limit', async () => {
    platform.answer = json(200, { message_id: 'm' });
    const messenger = channel({ rate: { calls: 1, perMs: 60_000 } });
    await send(undefined, messenger);
    await messenger.showTyping?.(LANE);
    expect(platform.seen).toHaveLength(1);
  });
});
