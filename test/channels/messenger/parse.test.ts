import { parseBigSafe } from '../../../src/channels/big-json.js';
import type { InboundBody, InboundEvent } from '../../../src/channels/channel.js';
import { digest } from '../../../src/channels/inbound-fields.js';
import { parseMessenger } from '../../../src/channels/messenger/parse.js';
import { payloadBytes, payloadNames } from '../payloads.js';
import { APP, PAGE, PERSON } from './subject.js';

const AT = 1_760_000_000_000;
const LANE = `messenger:${PAGE}:${PERSON}`;
/** In ids of events: staff see them. */
const MARK = digest(PERSON);

function lane(key: string, body: InboundBody, at = AT, to = LANE): InboundEvent {
  return { type: 'lane', id: `messenger:${PAGE}:${key}`, lane: to, at, body } as InboundEvent;
}
const text = (mid: string, words: string) => lane(`m:${mid}`, { kind: 'text', text: words, messageId: mid });
const media = (mid: string, attachment: object, words?: string) =>
  lane(`m:${mid}`, {
    kind: 'media',
    attachments: [attachment],
    messageId: mid,
    ...(words && { text: words }),
  } as InboundBody);
/** Another app holds the thread: said before what the citizen wrote. */
const held = (key: string, at = AT) => lane(`${key}:held`, { kind: 'staff-message' }, at);
const ignored = (name: string, reason: string): InboundEvent => ({ type: 'ignored', name, reason });
const echo = (at: number, keys: string[]) => ({ type: 'echo', lane: LANE, at, keys }) as InboundEvent;
const account = (trouble: 'restricted' | 'restored' | 'warning'): InboundEvent => ({
  type: 'account',
  account: PAGE,
  name: 'policy_enforcement',
  trouble,
});
const tap: InboundBody = { kind: 'tap', payload: 'HUMAN', title: 'Gặp cán bộ' };

const table: Record<string, InboundEvent[]> = {
  text: [text('m_1', 'Tra cứu hồ sơ H01.23')],
  'text-reply': [lane('m:m_1r', { kind: 'text', text: 'cái này', messageId: 'm_1r', replyTo: 'm_9' })],
  'text-seconds': [text('m_1s', 'xin chào')],
  'text-string-time': [text('m_1t', 'xin chào')],
  'text-with-link-preview': [text('m_1l', 'xem https://dichvucong.example.gov.vn')],
  'numeric-ids': [
    lane('m:m_num', { kind: 'text', text: 'số', messageId: 'm_num' }, AT, `messenger:${PAGE}:22222222222222223`),
  ],
  'quick-reply': [lane('m:m_2', { kind: 'tap', payload: 'RATE:4:conv77', title: '4 sao', messageId: 'm_2' })],
  image: [media('m_3', { kind: 'image', url: 'https://cdn.example/x.jpg' })],
  'image-with-text': [media('m_3t', { kind: 'image', url: 'https://cdn.example/x.jpg' }, 'CCCD')],
  'sticker-double': [media('m_3s', { kind: 'sticker', url: 'https://cdn.example/s.png' })],
  'shared-link': [media('m_3l', { kind: 'link', url: 'https://tin.example', name: 'Tin tức' })],
  'fallback-without-payload': [media('m_3f', { kind: 'link' })],
  location: [lane('m:m_3p', { kind: 'location', latitude: 21.0278, longitude: 105.8342, messageId: 'm_3p' })],
  booking: [media('m_3b', { kind: 'other' })],
  'echo-own': [echo(AT + 1000, ['ref:out-91.0', 'id:m_9'])],
  'echo-own-without-metadata': [echo(AT + 1000, ['id:m_9b'])],
  'officer-inbox': [
    lane('e:m_10', { kind: 'staff-message', text: 'Cán bộ đang xem hồ sơ.', messageId: 'm_10' }, AT + 2000),
  ],
  'officer-standby': [
    lane(
      'e:m_11',
      { kind: 'staff-message', attachments: [{ kind: 'image', url: 'https://cdn.example/y.jpg' }], messageId: 'm_11' },
      AT + 2000,
    ),
  ],
  postback: [lane('m:m_4', { ...tap, messageId: 'm_4' })],
  'postback-without-mid': [lane(`p:${MARK}:${AT}:${digest('HUMAN')}`, tap)],
  'postback-without-payload': [text('m_4p', 'Gặp cán bộ')],
  'get-started': [lane('m:m_4g', { kind: 'entry', source: 'get-started', ref: 'newsletter7' })],
  'postback-and-bubble': [lane('m:m_4d', { ...tap, messageId: 'm_4d' })],
  referral: [lane(`r:${MARK}:${AT}:${digest('table12')}`, { kind: 'entry', source: 'm.me', ref: 'table12' })],
  'referral-ad': [lane(`r:${MARK}:${AT}:${digest('')}`, { kind: 'entry', source: 'ad' })],
  'optin-plugin': [lane(`o:${MARK}:${AT}:${digest('website')}`, { kind: 'entry', source: 'plugin', ref: 'website' })],
  'optin-marketing': [ignored('optin', 'feature-not-used')],
  'optin-checkbox': [ignored('optin', 'no-thread-yet')],
  edit: [lane('edit:m_1:1', { kind: 'edit', text: 'Hồ sơ H01.24', messageId: 'm_1' })],
  delivery: [{ type: 'receipt', name: 'delivery' }],
  read: [{ type: 'receipt', name: 'read' }],
  reaction: [ignored('reaction', 'reaction')],
  'feedback-template': [ignored('messaging_feedback', 'template-not-used')],
  'response-feedback': [ignored('response_feedback', 'bot-feedback')],
  'thread-control': [
    lane(`t:${MARK}:${AT}:staff-left`, { kind: 'staff-left' }),
    lane(`t:${MARK}:${AT}:staff-message`, { kind: 'staff-message' }),
    ignored('request_thread_control', 'thread-control'),
    ignored('app_roles', 'thread-control'),
  ],
  'policy-block': [account('restricted')],
  'policy-unblock': [account('restored')],
  'policy-warning': [account('warning')],
  'commerce-and-forms': [
    'account_linking',
    'order',
    'form',
    'template',
    'messaging_customer_information',
    'game_play',
  ].map((name) => ignored(name, 'feature-not-used')),
  'standby-text': [held('m:m_5'), text('m_5', 'cảm ơn')],
  'standby-postback': [held('m:m_5p'), text('m_5p', 'Menu')],
  'standby-conversation': [
    held('m:m_s1'),
    text('m_s1', 'Hồ sơ của tôi tới đâu rồi?'),
    lane('e:m_s2', { kind: 'staff-message', text: 'Anh chờ em xem giúp ạ.', messageId: 'm_s2' }, AT + 1000),
    { type: 'receipt', name: 'read' },
    held('m:m_s3', AT + 2000),
    lane(
      'm:m_s3',
      {
        kind: 'media',
        attachments: [{ kind: 'image', url: 'https://cdn.example/giay-hen.jpg' }],
        messageId: 'm_s3',
      },
      AT + 2000,
    ),
    held('edit:m_s1:1', AT + 3000),
    lane('edit:m_s1:1', { kind: 'edit', text: 'Hồ sơ H01.24 tới đâu rồi?', messageId: 'm_s1' }, AT + 3000),
    ignored('referral', 'another-app-owns-the-thread'),
  ],
  'page-change': [ignored('changes.feed', 'page-field')],
  batch: [
    text('m_b1', 'một'),
    lane('m:m_b2', { kind: 'text', text: 'hai', messageId: 'm_b2' }, AT + 1, `messenger:${PAGE}:3333333333333333`),
    lane('m:m_b3', { kind: 'text', text: 'ba', messageId: 'm_b3' }, AT + 2),
    { type: 'receipt', name: 'read' },
  ],
  'other-page': [ignored('message', 'account-not-configured')],
  instagram: [ignored('instagram', 'not-a-page')],
  'unknown-kind': [{ type: 'unknown', name: 'hologram' }],
  'message-empty': [{ type: 'malformed', name: 'message', reason: 'message-empty' }],
  'message-without-mid': [{ type: 'malformed', name: 'message', reason: 'mid' }],
  'sender-missing': [{ type: 'malformed', name: 'message', reason: 'user-missing' }],
};

const parse = (body: unknown) => parseMessenger(body, { appId: APP, pages: new Set([PAGE]) });

describe('what Messenger sends', () => {
  it('has an expectation for every recorded webhook', () => {
    expect(Object.keys(table).sort()).toEqual(payloadNames('messenger').sort());
  });

  it.each(Object.entries(table))('%s becomes what it means', (name, expected) => {
    expect(parse(parseBigSafe(payloadBytes('messenger', name).toString('utf8')))).toEqual(expected);
  });

  it('keeps the id of a message when it is delivered again in another envelope', () => {
    const body = JSON.parse(payloadBytes('messenger', 'text').toString('utf8')) as {
      entry: { time: number; messaging: { timestamp: number }[] }[];
    };
    const [first] = parse(body);
    for (const entry of body.entry) {
      entry.time += 60_000;
      for (const event of entry.messaging) event.timestamp += 5;
    }
    const [again] = parse(body);
    expect(again).toMatchObject({ type: 'lane', id: first?.type === 'lane' ? first.id : '' });
  });

  it.each([
    ['null', null],
    ['no object', { entry: [] }],
    ['no entry', { object: 'page' }],
    ['an entry that is none', { object: 'page', entry: [7] }],
    ['messaging that is no list', { object: 'page', entry: [{ id: PAGE, messaging: {} }] }],
    ['an element that is none', { object: 'page', entry: [{ id: PAGE, messaging: ['x'] }] }],
  ])('is malformed with %s', (_what, body) => {
    expect(parse(body)).toEqual([expect.objectContaining({ type: 'malformed' })]);
  });

  it('keeps the good events of a batch when one is broken', () => {
    const body = JSON.parse(payloadBytes('messenger', 'batch').toString('utf8')) as {
      entry: { messaging?: unknown[] }[];
    };
    body.entry[0]?.messaging?.unshift(
      { sender: { id: PERSON }, recipient: { id: PAGE }, timestamp: 'soon', message: { mid: 7.5, text: {} } },
      null,
    );
    expect(parse(body).filter(({ type }) => type === 'lane').length).toBeGreaterThanOrEqual(3);
  });
});
