import { createHash } from 'node:crypto';
import { createZaloChannel } from '../../../src/channels/zalo/zalo.js';
import { APP, macHeader, OA, zaloOptions } from './subject.js';

const channel = createZaloChannel(zaloOptions('http://127.0.0.1:9'));
const TEXT = Buffer.from(
  '{"app_id":"1000200030004000500","sender":{"id":"3000400050006000700"},"user_id_by_app":"4000500060007000800","recipient":{"id":"2000300040005000600"},"event_name":"user_send_text","message":{"text":"Tra cứu hồ sơ H01.23","msg_id":"a1b2c3d4e5f60718293a"},"timestamp":"1767225600123"}',
);
const FOLLOW = Buffer.from(
  '{"oa_id":"2000300040005000600","follower":{"id":"3000400050006000700"},"user_id_by_app":"4000500060007000800","event_name":"follow","source":"oa_profile","app_id":"1000200030004000500","timestamp":"1767225605000"}',
);
const TEXT_MAC = '5add95c12766965ffa90a64a62a7605571523f7e97da3bad8fbb73a5d28c2f06';
const FOLLOW_MAC = '406f7a8897c85ef4e3f7e0a82fd2e628b19ec1ac2a9ef552a5cdec403b4969f0';

const verdict = (header: string | undefined, body: Buffer) =>
  channel.verify(header === undefined ? {} : { 'x-zevent-signature': header }, body).verdict;
const signed = (body: Buffer, secret = 'oa-secret-for-tests') => verdict(macHeader(secret, body), body);

describe("Zalo's signature", () => {
  it.each([
    ['a text', TEXT, TEXT_MAC],
    ['a follow', FOLLOW, FOLLOW_MAC],
  ])('matches the known vector of %s', (_what, body, mac) => {
    expect(verdict(`mac=${mac}`, body)).toBe('ok');
  });

  it.each([`mac=${TEXT_MAC}`, `mac = ${TEXT_MAC}`, TEXT_MAC, `mac=${TEXT_MAC.toUpperCase()}`])(
    'is accepted as %s',
    (header) => {
      expect(verdict(header, TEXT)).toBe('ok');
    },
  );

  it.each(['', 'mac=', `mac=${TEXT_MAC.slice(1)}`, `mac=${TEXT_MAC}00`, `sha256=${TEXT_MAC}`])(
    'is refused as "%s"',
    (header) => {
      expect(verdict(header, TEXT)).toBe('refused');
    },
  );

  it('is refused when it is an HMAC, or made with the app secret', () => {
    expect(signed(TEXT, 'app-secret-for-tests')).toBe('refused');
  });

  it('covers a timestamp that is a number', () => {
    expect(signed(Buffer.from(`{"event_name":"follow","oa_id":"${OA}","timestamp":1767225605000}`))).toBe('ok');
  });

  it.each(['', '{}', ' {\n} '])('lets the unsigned probe "%s" pass without effect', (body) => {
    expect(verdict(undefined, Buffer.from(body))).toBe('probe');
  });

  it('refuses the probe when it carries a wrong signature', () => {
    expect(verdict(`mac=${TEXT_MAC}`, Buffer.from('{}'))).toBe('refused');
  });

  it('takes the signed test of the console for a probe', () => {
    const test = {
      app_id: APP,
      sender: { id: '1' },
      recipient: { id: '2' },
      event_name: 'user_send_text',
      message: { text: 'This is testing message', msg_id: 'This is message id' },
      timestamp: '1767225600123',
    };
    expect(signed(Buffer.from(JSON.stringify(test)))).toBe('probe');
    const byCitizen = { ...test, message: { ...test.message, msg_id: 'a1' } };
    expect(signed(Buffer.from(JSON.stringify(byCitizen)))).toBe('ok');
  });

  it("keeps one OA's key from signing for another OA", () => {
    const two = createZaloChannel(
      zaloOptions('http://127.0.0.1:9', {
        app: { id: APP, secret: 'x', webhookKeys: ['for-all'] },
        accounts: [
          { oaId: OA, oaSecretKeys: ['key-one'] },
          { oaId: '2999', oaSecretKeys: ['key-two'] },
        ],
      }),
    );
    const check = (secret: string) => two.verify({ 'x-zevent-signature': macHeader(secret, TEXT) }, TEXT).verdict;
    expect([check('key-one'), check('key-two'), check('for-all')]).toEqual(['ok', 'refused', 'ok']);
  });

  it('reads ids beyond 2^53 digit by digit', () => {
    const body = Buffer.from(
      `{"event_name":"follow","oa_id":${OA},"follower":{"id":3000400050006000701},"timestamp":"1767225605000"}`,
    );
    const mac = createHash('sha256')
      .update(APP)
      .update(body)
      .update('1767225605000')
      .update('oa-secret-for-tests')
      .digest('hex');
    const result = channel.verify({ 'x-zevent-signature': `mac=${mac}` }, body);
    const events = result.verdict === 'ok' ? channel.parse(result.body) : [];
    expect(events).toMatchObject([{ lane: `zalo:${OA}:3000400050006000701` }]);
  });
});
