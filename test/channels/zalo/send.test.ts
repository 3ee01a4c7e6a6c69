import { createHmac } from 'node:crypto';
import type { Channel, SendResult } from '../../../src/channels/channel.js';
import { untilMorning } from '../../../src/channels/zalo/errors.js';
import { createZaloChannel, type ZaloOptions } from '../../../src/channels/zalo/zalo.js';
import { citizenLane } from '../../../src/lib/ids.js';
import type { JsonObject } from '../../../src/lib/json.js';
import { PATIENT } from '../contract.js';
import { MemoryTokens } from '../memory-tokens.js';
import { inTurn, json, type PlatformServer, startPlatform } from '../platform-server.js';
import { OA, USER, zaloOptions } from './subject.js';

const LANE = citizenLane({ channel: 'zalo', account: OA, user: USER });
const BUTTONS: JsonObject = {
  text: 'Bạn cần gì?',
  attachment: { type: 'template', payload: { buttons: [{ title: 'Menu', type: 'oa.query.hide', payload: '#menu' }] } },
};

let platform: PlatformServer;
const open: Channel[] = [];
beforeEach(async () => {
  platform = await startPlatform();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((channel) => channel.stop()));
  await platform.close();
});

function channel(change: Partial<ZaloOptions> = {}): Channel {
  const created = createZaloChannel(zaloOptions(platform.url, change));
  open.push(created);
  return created;
}

function send(body: JsonObject = { text: 'Xin chào' }, on = channel()): Promise<SendResult> {
  return on.send(LANE, body, PATIENT);
}

describe('sending to Zalo', () => {
  it('posts the message with the token in its own header and returns the id', async () => {
    platform.answer = json(200, { error: 0, message: 'Success', data: { message_id: 'f00d10', user_id: USER } });
    expect(await send()).toEqual({ outcome: 'sent', messageId: 'f00d10' });
    const [request] = platform.seen;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v3.0/oa/message/cs',
      headers: { access_token: 'AT-0001' },
    });
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.headers.appsecret_proof).toBeUndefined();
    expect(JSON.parse(request?.text ?? '')).toEqual({ recipient: { user_id: USER }, message: { text: 'Xin chào' } });
  });

  it('proves the token where the console demands it', async () => {
    platform.answer = json(200, { error: 0, data: {} });
    const seedTokens = { [OA]: { accessToken: 'access-token-for-tests', refreshToken: 'r' } };
    await send(undefined, channel({ app: { id: '1', secret: 'app-secret-for-tests', sendProof: true }, seedTokens }));
    const proof = '7196be12396e82d498574863aab45f32c0f0c84c6d6d4038d19a0d78120bdf44';
    expect(createHmac('sha256', 'app-secret-for-tests').update('access-token-for-tests').digest('hex')).toBe(proof);
    expect(platform.seen[0]?.headers.appsecret_proof).toBe(proof);
  });

  it.each<[number, string, Partial<SendResult>]>([
    [-32, 'rate', { outcome: 'pause', afterMs: 5000 }],
    [-200, 'sending failed', { outcome: 'retry' }],
    [-214, 'still processing', { outcome: 'retry' }],
    [-204, 'OA disabled', { outcome: 'pause' }],
    [-209, 'app not approved', { outcome: 'pause' }],
    [-223, 'permission missing', { outcome: 'pause' }],
    [-224, 'package too small', { outcome: 'pause' }],
    [-242, 'proof wrong', { outcome: 'pause' }],
    [-213, 'never interacted', { outcome: 'give-up' }],
    [-227, 'inactive', { outcome: 'give-up' }],
    [-230, 'over 7 days', { outcome: 'give-up' }],
    [-244, 'refuses this kind', { outcome: 'give-up' }],
    [-211, 'no quota beyond 48 hours', { outcome: 'give-up' }],
    [-320, 'no wallet', { outcome: 'give-up' }],
    [-240, 'old API', { outcome: 'give-up' }],
    [-201, 'a plain text refused', { outcome: 'give-up' }],
    [-99999, 'a code nobody knows', { outcome: 'give-up' }],
  ])('%i (%s) has its outcome and its reason', async (code, _what, expected) => {
    platform.answer = json(200, { error: code, message: 'whatever' });
    expect(await send()).toMatchObject({ ...expected, reason: `zalo.${code}` });
  });

  it('waits for the morning with what is refused at night', async () => {
    platform.answer = json(200, { error: -234, message: '' });
    const night = Date.parse('2026-01-01T23:30:00+07:00');
    const result = await send(undefined, channel({ clock: () => night }));
    expect(result).toEqual({ outcome: 'retry', afterMs: 6.5 * 3_600_000, reason: 'zalo.-234' });
    expect(untilMorning(Date.parse('2026-01-02T05:59:00+07:00'))).toBe(60_000);
    expect(untilMorning(Date.parse('2026-01-02T06:00:00+07:00'))).toBe(24 * 3_600_000);
  });

  it('offers the plain form when buttons are refused', async () => {
    platform.answer = json(200, { error: -201, message: 'attachment is invalid!' });
    expect(await send(BUTTONS)).toEqual({
      outcome: 'fix',
      bodies: [{ text: 'Bạn cần gì?\n\n1. Menu' }],
      reason: 'zalo.-201',
    });
  });

  it('offers smaller parts when a text is too long after all, and ends there', async () => {
    platform.answer = json(200, { error: -210, message: '' });
    const result = await send({ text: 'Một câu vừa phải. '.repeat(100).trim() });
    expect(result.outcome).toBe('fix');
    expect(await send({ text: 'ngắn' })).toMatchObject({ outcome: 'give-up' });
  });

  it('rests longer each time it is too fast, until a message passes', async () => {
    platform.answer = json(200, { error: -32, message: '' });
    const zalo = channel();
    const rests = [];
    for (let time = 0; time < 6; time += 1) rests.push((await send(undefined, zalo)) as { afterMs: number });
    expect(rests.map(({ afterMs }) => afterMs)).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    platform.answer = inTurn(json(200, { error: 0, data: { message_id: 'm' } }), json(200, { error: -32 }));
    expect(await send(undefined, zalo)).toMatchObject({ outcome: 'sent' });
    expect(await send(undefined, zalo)).toMatchObject({ afterMs: 5000 });
  });

  it('does not take an answer without a verdict for a success', async () => {
    platform.answer = json(200, { data: { message_id: 'f' } });
    expect(await send()).toEqual({ outcome: 'unknown', reason: 'zalo.http-200' });
  });

  it('tells the observer what became of it', async () => {
    platform.answer = json(200, { error: -230, message: '' });
    const seen: unknown[] = [];
    await send(undefined, channel({ onSend: (observation) => seen.push(observation) }));
    expect(seen).toEqual([
      expect.objectContaining({
        channel: 'zalo',
        account: OA,
        call: 'message',
        outcome: 'give-up',
        reason: 'zalo.-230',
      }),
    ]);
  });
});

describe("Zalo's refused token", () => {
  const pair = { access_token: 'AT-0002', refresh_token: 'RT-0002', expires_in: '90000' };
  const accepts = (token: string) =>
    ((request, response, socket) => {
      if (request.path === '/v4/oa/access_token') return json(200, pair)(request, response, socket);
      const good = request.headers.access_token === token;
      const answer = good ? { error: 0, data: { message_id: 'm1' } } : { error: -216, message: '' };
      return json(200, answer)(request, response, socket);
    }) satisfies PlatformServer['answer'];

  it('is renewed once and the message sent again', async () => {
    platform.answer = accepts('AT-0002');
    expect(await send()).toEqual({ outcome: 'sent', messageId: 'm1' });
    expect(platform.seen.map(({ path }) => path)).toEqual([
      '/v3.0/oa/message/cs',
      '/v4/oa/access_token',
      '/v3.0/oa/message/cs',
    ]);
    expect(platform.seen[1]?.headers).toMatchObject({ secret_key: 'app-secret-for-tests' });
    expect(platform.seen[1]?.text).toBe('app_id=1000200030004000500&grant_type=refresh_token&refresh_token=RT-0001');
  });

  it('is renewed once for many messages at a time', async () => {
    platform.answer = accepts('AT-0002');
    const zalo = channel();
    const results = await Promise.all(Array.from({ length: 30 }, () => send(undefined, zalo)));
    expect(results.every(({ outcome }) => outcome === 'sent')).toBe(true);
    expect(platform.seen.filter(({ path }) => path === '/v4/oa/access_token')).toHaveLength(1);
  });

  it('is not renewed when another process already did: the stored one is used', async () => {
    platform.answer = accepts('AT-0009');
    const tokens = new MemoryTokens();
    const zalo = channel({ tokens });
    platform.answer = accepts('AT-0001');
    await send(undefined, zalo);
    await tokens.save(`zalo:${OA}`, { accessToken: 'AT-0009', refreshToken: 'RT-0009', expiresAt: 1e15 }, 1);
    platform.answer = accepts('AT-0009');
    expect(await send(undefined, zalo)).toMatchObject({ outcome: 'sent' });
    expect(platform.seen.some(({ path }) => path === '/v4/oa/access_token')).toBe(false);
  });

  it('pauses the account when the new one is refused too, without looping', async () => {
    platform.answer = accepts('nothing');
    expect(await send()).toEqual({ outcome: 'pause', afterMs: 60_000, reason: 'zalo.token-refused-again' });
    expect(platform.seen).toHaveLength(3);
  });

  it('pauses the account when the grant is dead', async () => {
    platform.answer = (request, response, socket) => {
      const dead = { error: -14014, error_name: 'Invalid refresh token' };
      return json(200, request.path === '/v4/oa/access_token' ? dead : { error: -216 })(request, response, socket);
    };
    const zalo = channel();
    expect(await send(undefined, zalo)).toEqual({ outcome: 'pause', afterMs: 600_000, reason: 'zalo.oauth.-14014' });
    await send(undefined, zalo);
    expect(platform.seen.filter(({ path }) => path === '/v4/oa/access_token')).toHaveLength(1);
  });

  it('pauses the account that never had one', async () => {
    expect(await send(undefined, channel({ seedTokens: {} }))).toMatchObject({
      outcome: 'pause',
      reason: 'zalo.no-token',
    });
    expect(platform.seen).toEqual([]);
  });
});
