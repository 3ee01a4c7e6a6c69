import { createMessengerChannel } from '../../../src/channels/messenger/messenger.js';
import { messengerOptions, PAGE } from './subject.js';

const channel = createMessengerChannel(messengerOptions('http://127.0.0.1:9'));
const BODY = Buffer.from(
  String.raw`{"object":"page","entry":[{"id":"1111111111","time":1760000000500,"messaging":[{"sender":{"id":"2222222222"},"recipient":{"id":"1111111111"},"timestamp":1760000000000,"message":{"mid":"m_test_1","text":"Caf\u00e9 \ud83d\ude00 https:\/\/ex.am"}}]}]}`,
);
const MAC = '2355b7a15766fed2962c6fe448099700d01ef2e01e128857854d2e8ba9d71d8a';
const verify = (header: string, body = BODY) => channel.verify({ 'x-hub-signature-256': header }, body).verdict;

describe("Messenger's signature", () => {
  it('matches the known vector over escaped JSON', () => {
    expect(BODY.length).toBe(248);
    expect(verify(`sha256=${MAC}`)).toBe('ok');
    expect(verify(`sha256=${MAC.toUpperCase()}`)).toBe('ok');
  });

  it('refuses the same object written differently', () => {
    expect(verify(`sha256=${MAC}`, Buffer.from(JSON.stringify(JSON.parse(BODY.toString('utf8')))))).toBe('refused');
  });

  it('refuses the old SHA-1 header and anything of another shape', () => {
    const old = { 'x-hub-signature': 'sha1=75ed019dc4a1024d4814ea1036fe827f06c43590' };
    expect(channel.verify(old, BODY).verdict).toBe('refused');
    expect([`sha1=${MAC}`, MAC, `sha256=${MAC}0`, ''].map((header) => verify(header))).toEqual(
      Array(4).fill('refused'),
    );
  });

  it('reads the text and ids of the vector', () => {
    const result = channel.verify({ 'x-hub-signature-256': `sha256=${MAC}` }, BODY);
    const events = result.verdict === 'ok' ? channel.parse(result.body) : [];
    expect(events).toMatchObject([{ lane: `messenger:${PAGE}:2222222222`, body: { text: 'Café 😀 https://ex.am' } }]);
  });
});

describe("Meta's handshake", () => {
  const shake = (query: string) => channel.handshake?.(new URLSearchParams(query));
  const good = 'hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=1158201444';

  it('echoes the challenge', () => {
    expect(shake(good)).toBe('1158201444');
  });

  it.each([
    ['a wrong token', good.replace('verify-me', 'verify-you')],
    ['no token', 'hub.mode=subscribe&hub.challenge=1'],
    ['another mode', good.replace('subscribe', 'unsubscribe')],
    ['a token given twice', `${good}&hub.verify_token=verify-me`],
    ['a challenge that is markup', good.replace('1158201444', '%3Cscript%3E')],
    ['nothing', ''],
  ])('refuses %s', (_what, query) => {
    expect(shake(query)).toBeUndefined();
  });
});
