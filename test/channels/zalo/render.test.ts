import fc from 'fast-check';
import type { CardAction, OutgoingActivity } from '../../../src/channels/activity.js';
import { HERO_CARD } from '../../../src/channels/activity.js';
import { simplifyZalo } from '../../../src/channels/zalo/fallback.js';
import { parseZalo } from '../../../src/channels/zalo/parse.js';
import { decodePayload, encodePayload } from '../../../src/channels/zalo/payload.js';
import { renderZalo } from '../../../src/channels/zalo/render.js';
import { buttonsOf, OA, USER } from './subject.js';

const reply = (title: string, value = title): CardAction => ({ type: 'postBack', title, value });
const choices = (...actions: CardAction[]) => ({ actions, to: [] });
const bodies = (activity: Omit<OutgoingActivity, 'type'>) =>
  renderZalo({ type: 'message', ...activity }).map(({ body }) => body);

describe('an activity on Zalo', () => {
  it('is plain text when there is nothing to choose', () => {
    expect(bodies({ text: 'Hồ sơ đang được xử lý.' })).toEqual([{ text: 'Hồ sơ đang được xử lý.' }]);
  });

  it('shows up to four choices as buttons under the text', () => {
    const actions = choices(
      reply('Tra cứu hồ sơ', 'track'),
      { type: 'openUrl', title: 'Cổng dịch vụ công', value: 'https://dichvucong.example.gov.vn' },
      { type: 'call', title: 'Gọi tổng đài', value: 'tel:+84 901 234 567' },
      { type: 'call', title: 'Gọi 1900', value: '1900 1234' },
    );
    expect(bodies({ text: 'Bạn cần gì?', suggestedActions: actions })).toEqual([
      {
        text: 'Bạn cần gì?',
        attachment: {
          type: 'template',
          payload: {
            buttons: [
              { title: 'Tra cứu hồ sơ', type: 'oa.query.hide', payload: '#track' },
              {
                title: 'Cổng dịch vụ công',
                type: 'oa.open.url',
                payload: { url: 'https://dichvucong.example.gov.vn' },
              },
              { title: 'Gọi tổng đài', type: 'oa.open.phone', payload: { phone_code: '84901234567' } },
              { title: 'Gọi 1900', type: 'oa.open.phone', payload: { phone_code: '19001234' } },
            ],
          },
        },
      },
    ]);
  });

  it('numbers the choices when there are more, with buttons for the first five and addresses for links without one', () => {
    const actions = choices(reply('Một'), reply('Hai'), reply('Ba'), reply('Bốn'), reply('Năm'), {
      type: 'openUrl',
      title: 'Nộp trực tuyến',
      value: 'https://nop.example',
    });
    const [body] = bodies({ text: 'Chọn:', suggestedActions: actions });
    expect(body?.text).toBe('Chọn:\n\n1. Một\n2. Hai\n3. Ba\n4. Bốn\n5. Năm\n6. Nộp trực tuyến: https://nop.example');
    expect(buttonsOf(body ?? {}).map(({ title }) => title)).toEqual(['Một', 'Hai', 'Ba', 'Bốn', 'Năm']);
  });

  it('names a button by its number when its words are too long', () => {
    const long = 'Thủ tục cấp đổi '.repeat(10).trim();
    const [body] = bodies({ text: 'Chọn:', suggestedActions: choices(reply('Ngắn'), reply(long, 'long')) });
    expect(body?.text).toBe(`Chọn:\n\n1. Ngắn\n2. ${long}`);
    expect(buttonsOf(body ?? {}).map(({ title }) => title)).toEqual(['Ngắn', '2']);
  });

  it('shows one card as text with its buttons', () => {
    const attachments = [
      {
        contentType: HERO_CARD,
        content: { title: 'Đăng ký khai sinh', subtitle: 'Trong ngày', buttons: [reply('Giấy tờ', 'papers')] },
      },
    ];
    const [body] = bodies({ text: 'Tìm thấy:', attachments });
    expect(body?.text).toBe('Tìm thấy:\n\nĐăng ký khai sinh\nTrong ngày');
    expect(buttonsOf(body ?? {})).toEqual([{ title: 'Giấy tờ', type: 'oa.query.hide', payload: '#papers' }]);
  });

  it('shows several cards as a numbered list', () => {
    const attachments = ['Khai sinh', 'Kết hôn'].map((title) => ({
      contentType: HERO_CARD,
      content: { title, subtitle: 'Cấp xã', buttons: [reply('Xem', title)] },
    }));
    const [body] = bodies({ text: 'Thủ tục nào?', attachments, suggestedActions: choices(reply('Menu')) });
    expect(body?.text).toBe('Thủ tục nào?\n\n1. Khai sinh\nCấp xã\n\n2. Kết hôn\nCấp xã\n\n3. Menu');
    expect(buttonsOf(body ?? {}).map(({ title }) => title)).toEqual(['1. Xem', '2. Xem', '3. Menu']);
  });

  it('splits a long text and puts the buttons under its end', () => {
    const text = Array.from(
      { length: 80 },
      (_, index) => `Câu số ${index} nói về một loại giấy tờ cần nộp khi làm thủ tục.`,
    ).join(' ');
    const parts = bodies({ text, suggestedActions: choices(reply('Menu')) });
    expect(parts.length).toBe(3);
    expect(parts.slice(0, -1).every((part) => part.attachment === undefined && String(part.text).endsWith('.'))).toBe(
      true,
    );
    expect(buttonsOf(parts.at(-1) ?? {})).toHaveLength(1);
    expect(parts.map((part) => part.text).join(' ')).toBe(text);
  });

  it('has a simpler form without the template, which says the same', () => {
    const [call] = renderZalo({
      type: 'message',
      text: 'Bạn cần gì?',
      suggestedActions: choices(reply('Tra cứu'), { type: 'openUrl', title: 'Cổng', value: 'https://cong.example' }),
    });
    expect(simplifyZalo(call?.body ?? {})).toEqual([
      { text: 'Bạn cần gì?\n\n1. Tra cứu\n2. Cổng: https://cong.example' },
    ]);
  });
});

describe('a payload on Zalo', () => {
  it('comes back as it was given, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), (payload) => {
        const whole = payload.replace(
          /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
          '\ufffd',
        );
        expect(decodePayload(encodePayload(payload))).toBe(whole);
      }),
    );
  });

  it('is told from what people write', () => {
    expect(['#1 cần hỏi', 'xin chào #menu', '#', '#100%', 'menu'].map(decodePayload)).toEqual(Array(5).fill(undefined));
  });

  it('arrives as a tap', () => {
    const payload = encodePayload('procedure:1.001193 khai sinh');
    const body = {
      event_name: 'user_send_text',
      sender: { id: USER },
      recipient: { id: OA },
      message: { msg_id: 'm', text: payload },
      timestamp: 1 + 1e12,
    };
    expect(parseZalo(body, new Set([OA]))).toMatchObject([
      { body: { kind: 'tap', payload: 'procedure:1.001193 khai sinh' } },
    ]);
  });
});
