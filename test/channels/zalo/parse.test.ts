import { parseBigSafe } from '../../../src/channels/big-json.js';
import type { InboundBody, InboundEvent } from '../../../src/channels/channel.js';
import { digest } from '../../../src/channels/inbound-fields.js';
import { contentKey } from '../../../src/channels/zalo/echo-keys.js';
import { parseZalo } from '../../../src/channels/zalo/parse.js';
import { payloadBytes, payloadNames } from '../payloads.js';
import { OA, USER } from './subject.js';

const LANE = `zalo:${OA}:${USER}`;
/** In ids of events: staff see them. */
const MARK = digest(USER);
const AT = 1_767_225_600_123;

function lane(key: string, at: number, body: InboundBody, to = LANE): InboundEvent {
  return { type: 'lane', id: `zalo:${OA}:${key}`, lane: to, at, body } as InboundEvent;
}
const media = (event: string, messageId: string, attachment: object, text?: string): InboundEvent =>
  lane(`${event}:${messageId}`, AT, {
    kind: 'media',
    attachments: [attachment],
    messageId,
    ...(text && { text }),
  } as InboundBody);
const ignored = (name: string, reason: string): InboundEvent => ({ type: 'ignored', name, reason });
const receipt = (name: string): InboundEvent => ({ type: 'receipt', name });

const table: Record<string, InboundEvent> = {
  follow: lane(`follow:1767225605000:${MARK}`, 1767225605000, { kind: 'entry', source: 'follow' }),
  unfollow: lane(`unfollow:1767225609000:${MARK}`, 1767225609000, { kind: 'leave' }),
  chatnow: lane(`user_click_chatnow:1767225590000:${MARK}`, 1767225590000, { kind: 'entry', source: 'chat-now' }),
  text: lane('user_send_text:a1b2c3d4e5f60718293a', AT, {
    kind: 'text',
    text: 'Tra cứu hồ sơ H01.23',
    messageId: 'a1b2c3d4e5f60718293a',
  }),
  'text-quote': lane('user_send_text:q1', AT, { kind: 'text', text: 'cái này', messageId: 'q1', replyTo: 'f00d10' }),
  'text-message-id-spelling': lane('user_send_text:m-77', AT, { kind: 'text', text: 'xin chào', messageId: 'm-77' }),
  'text-decomposed': lane('user_send_text:n1', 1_767_225_600_000, { kind: 'text', text: 'Đăng ký', messageId: 'n1' }),
  tap: lane('user_send_text:t1', AT, { kind: 'tap', payload: 'dossier:H01.23 A', messageId: 't1' }),
  'hashtag-sentence': lane('user_send_text:t2', AT, { kind: 'text', text: '#1 cần hỏi về hộ chiếu', messageId: 't2' }),
  'numeric-ids': lane(
    'user_send_text:num1',
    AT,
    { kind: 'text', text: 'số', messageId: 'num1' },
    `zalo:${OA}:3000400050006000701`,
  ),
  image: media('user_send_image', 'b1', { kind: 'image', url: 'https://photo.example.zdn.vn/1.jpg' }, 'CCCD mặt trước'),
  file: media('user_send_file', 'b2', {
    kind: 'file',
    url: 'https://file.example.zdn.vn/2.pdf',
    name: 'don-de-nghi.pdf',
    sizeBytes: 182044,
    mimeHint: 'pdf',
  }),
  audio: media('user_send_audio', 'b3', { kind: 'audio', url: 'https://voice.example.zdn.vn/3.amr' }),
  video: media('user_send_video', 'b4', { kind: 'video', url: 'https://video.example.zdn.vn/4.mp4' }),
  sticker: media('user_send_sticker', 'b5', { kind: 'sticker', url: 'https://stc.example.zdn.vn/s/46979' }),
  gif: media('user_send_gif', 'b6', { kind: 'image', url: 'https://gif.example.zdn.vn/6.gif' }),
  link: media(
    'user_send_link',
    'b8',
    { kind: 'link', url: 'https://dichvucong.example.gov.vn' },
    'https://dichvucong.example.gov.vn',
  ),
  'business-card': media('user_send_business_card', 'b9', { kind: 'contact' }),
  location: lane('user_send_location:b7', AT, {
    kind: 'location',
    latitude: 21.0278,
    longitude: 105.8342,
    messageId: 'b7',
  }),
  'submit-info': lane(`user_submit_info:1767225700000:${MARK}`, 1767225700000, {
    kind: 'contact-info',
    name: 'Nguyễn Văn A',
    phone: '84901234567',
    address: '1 Hùng Vương, Phường Ba Đình, Hà Nội',
  }),
  'submit-info-older': lane(`user_submit_info:1767225700000:${MARK}`, 1767225700000, {
    kind: 'contact-info',
    name: 'Nguyễn Văn A',
    phone: '84901234567',
    address: '1 Hùng Vương, Điện Biên, Ba Đình, Hà Nội',
  }),
  withdraw: lane(`user_withdraw:1767226200000:${MARK}`, 1767226200000, { kind: 'withdrawal' }),
  'officer-text': lane('oa_send_text:f00d03', 1767225820000, {
    kind: 'staff-message',
    text: 'Cán bộ đang xem hồ sơ của ông/bà.',
    messageId: 'f00d03',
  }),
  'officer-image': lane('oa_send_image:f00d04', 1767225821000, {
    kind: 'staff-message',
    attachments: [{ kind: 'image', url: 'https://photo.example.zdn.vn/2.jpg' }],
    messageId: 'f00d04',
  }),
  'echo-text': {
    type: 'echo',
    lane: LANE,
    at: 1767225820000,
    keys: ['id:f00d10', contentKey('Hồ sơ H01.23 đang được thẩm định.')],
  } as InboundEvent,
  'echo-list': {
    type: 'echo',
    lane: LANE,
    at: 1767225820000,
    keys: ['id:f00d11', contentKey('Ông/bà muốn làm gì?')],
  } as InboundEvent,
  'permission-revoked': { type: 'account', account: OA, name: 'permission_revoked', trouble: 'revoked' },
  seen: receipt('user_seen_message'),
  received: receipt('user_received_message'),
  'received-template': receipt('user_received_message'),
  'received-template-flat': receipt('user_received_message'),
  reacted: ignored('user_reacted_message', 'reaction'),
  'anonymous-text': ignored('anonymous_send_text', 'anonymous-visitor'),
  call: ignored('user_call_oa', 'call'),
  tag: ignored('add_user_to_tag', 'oa-administration'),
  'quota-changed': ignored('change_oa_daily_quota', 'template-service'),
  'template-status': ignored('change_template_status', 'template-service'),
  'template-feedback': ignored('user_feedback', 'template-service'),
  'group-text': ignored('user_send_group_text', 'group-chat'),
  'other-oa': ignored('user_send_text', 'account-not-configured'),
  'unknown-event': { type: 'unknown', name: 'user_send_hologram' },
  'text-missing': { type: 'malformed', name: 'user_send_text', reason: 'message.text' },
  'message-id-missing': { type: 'malformed', name: 'user_send_text', reason: 'message.msg_id' },
  'location-broken': { type: 'malformed', name: 'user_send_location', reason: 'message.attachments.coordinates' },
};

const parse = (body: unknown) => parseZalo(body, new Set([OA]));

describe('what Zalo sends', () => {
  it('has an expectation for every recorded webhook', () => {
    expect(Object.keys(table).sort()).toEqual(payloadNames('zalo').sort());
  });

  it.each(Object.entries(table))('%s becomes what it means', (name, expected) => {
    expect(parse(parseBigSafe(payloadBytes('zalo', name).toString('utf8')))).toEqual([expected]);
  });

  it.each([
    ['null', null],
    ['an array', []],
    ['no event name', {}],
    ['an event name that is no text', { event_name: 7 }],
  ])('is malformed as %s', (_what, body) => {
    expect(parse(body)).toEqual([expect.objectContaining({ type: 'malformed' })]);
  });

  it('cuts a text of unreasonable length at a whole character', () => {
    const [event] = parse({
      event_name: 'user_send_text',
      sender: { id: USER },
      recipient: { id: OA },
      message: { msg_id: 'long', text: `x${'😀'.repeat(5000)}` },
      timestamp: '1767225600123',
    });
    const text = event?.type === 'lane' && event.body.kind === 'text' ? event.body.text : '';
    expect(text).toBe(`x${'😀'.repeat(1999)}`);
  });

  it('keeps an address out that is none', () => {
    const [event] = parse({
      event_name: 'user_send_image',
      sender: { id: USER },
      recipient: { id: OA },
      message: { msg_id: 'i', attachments: [{ type: 'image', payload: { url: 'file:///etc/passwd' } }] },
      timestamp: '1767225600123',
    });
    expect(event).toMatchObject({ body: { attachments: [{ kind: 'image' }] } });
  });
});
