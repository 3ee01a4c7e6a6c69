import type { CardAction, OutgoingActivity } from '../../../src/channels/activity.js';
import { HERO_CARD } from '../../../src/channels/activity.js';
import { simplifyMessenger } from '../../../src/channels/messenger/fallback.js';
import { renderMessenger } from '../../../src/channels/messenger/render.js';
import { chipsOf, templateOf } from './subject.js';

const reply = (title: string, value = title): CardAction => ({ type: 'postBack', title, value });
const link: CardAction = { type: 'openUrl', title: 'Cổng dịch vụ', value: 'https://dichvucong.example.gov.vn' };
const choices = (...actions: CardAction[]) => ({ actions, to: [] });
const card = (title: string, buttons: CardAction[], subtitle = '') => ({
  contentType: HERO_CARD,
  content: { title, subtitle, buttons },
});
const render = (activity: Omit<OutgoingActivity, 'type'>) => renderMessenger({ type: 'message', ...activity });
const bodies = (activity: Omit<OutgoingActivity, 'type'>) => render(activity).map(({ body }) => body);

describe('an activity on Messenger', () => {
  it('shows short choices as quick replies', () => {
    expect(
      bodies({ text: 'Bạn cần gì?', suggestedActions: choices(reply('Tra cứu', 'track'), reply('Menu', 'menu')) }),
    ).toEqual([
      {
        text: 'Bạn cần gì?',
        quick_replies: [
          { content_type: 'text', title: 'Tra cứu', payload: 'track' },
          { content_type: 'text', title: 'Menu', payload: 'menu' },
        ],
      },
    ]);
  });

  it('numbers choices with long titles; short ones keep their words', () => {
    const [body] = bodies({
      text: 'Chọn:',
      suggestedActions: choices(reply('Cấp lại giấy khai sinh bản chính', 'a'), reply('Menu', 'menu')),
    });
    expect(body?.text).toBe('Chọn:\n\n1. Cấp lại giấy khai sinh bản chính\n2. Menu');
    expect(chipsOf(body ?? {}).map(({ title, payload }) => [title, payload])).toEqual([
      ['1', 'a'],
      ['Menu', 'menu'],
    ]);
  });

  it('numbers more than thirteen choices and shows thirteen of them', () => {
    const many = Array.from({ length: 15 }, (_, index) => reply(`Mục ${index + 1}`));
    const [body] = bodies({ text: 'Chọn:', suggestedActions: choices(...many) });
    expect(body?.text).toContain('\n15. Mục 15');
    expect(chipsOf(body ?? {})).toHaveLength(13);
  });

  it('puts links and phone numbers in buttons and the other choices in quick replies', () => {
    const call: CardAction = { type: 'call', title: 'Gọi', value: '0901 234 567' };
    const [body] = bodies({ text: 'Liên hệ', suggestedActions: choices(link, call, reply('Menu', 'menu')) });
    expect(templateOf(body ?? {})).toEqual({
      template_type: 'button',
      text: 'Liên hệ',
      buttons: [
        { type: 'web_url', title: 'Cổng dịch vụ', url: 'https://dichvucong.example.gov.vn' },
        { type: 'phone_number', title: 'Gọi', payload: '+84901234567' },
      ],
    });
    expect(chipsOf(body ?? {}).map(({ title }) => title)).toEqual(['Menu']);
  });

  it('writes a number too short for a country code into the text', () => {
    const [body] = bodies({
      text: 'Khẩn cấp',
      suggestedActions: choices({ type: 'call', title: 'Công an', value: '113' }),
    });
    expect(body).toEqual({ text: 'Khẩn cấp\n\n1. Công an: 113' });
  });

  it('shows one card as a button template, a long text before it', () => {
    const text = 'Thành phần hồ sơ gồm nhiều loại giấy tờ. '.repeat(30).trim();
    const parts = bodies({ text, attachments: [card('Đăng ký khai sinh', [reply('Lệ phí', 'fee'), link])] });
    expect(parts).toHaveLength(2);
    expect(parts[0]?.attachment).toBeUndefined();
    expect(templateOf(parts[1] ?? {})?.buttons).toHaveLength(2);
    expect((templateOf(parts[1] ?? {})?.text ?? '').length).toBeLessThanOrEqual(640);
  });

  it('shows several cards as a carousel', () => {
    const attachments = ['Khai sinh', 'Kết hôn'].map((title) => card(title, [reply('Xem', title)], 'Cấp xã'));
    const parts = bodies({
      text: 'Thủ tục nào?',
      attachments,
      attachmentLayout: 'carousel',
      suggestedActions: choices(reply('Menu')),
    });
    expect(parts[0]).toEqual({ text: 'Thủ tục nào?' });
    expect(templateOf(parts[1] ?? {})?.elements?.map(({ title, subtitle }) => [title, subtitle])).toEqual([
      ['Khai sinh', 'Cấp xã'],
      ['Kết hôn', 'Cấp xã'],
    ]);
    expect(chipsOf(parts[1] ?? {})).toHaveLength(1);
  });

  it('shows several cards as a numbered list when a title is too long or a list is asked for', () => {
    const long = 'Thủ tục '.repeat(20).trim();
    const attachments = [card(long, [reply('Xem', 'a')]), card('Kết hôn', [reply('Xem', 'b')])];
    const [body] = bodies({ text: 'Thủ tục nào?', attachments });
    expect(body?.text).toBe(`Thủ tục nào?\n\n1. ${long}\n\n2. Kết hôn`);
    expect(chipsOf(body ?? {}).map(({ title }) => title)).toEqual(['1. Xem', '2. Xem']);
    const short = ['Một', 'Hai'].map((title) => card(title, [reply('Xem', title)], 'x'));
    expect(bodies({ attachments: short, attachmentLayout: 'list' })[0]?.text).toBe('1. Một\nx\n\n2. Hai\nx');
  });

  it('has a simpler form of a template, which says the same', () => {
    const [call] = render({
      text: 'Tìm thấy',
      attachments: [card('Khai sinh', [reply('Giấy tờ', 'papers'), link])],
      suggestedActions: choices(reply('Menu')),
    });
    expect(simplifyMessenger(call?.body ?? {})).toEqual([
      {
        text: 'Tìm thấy\n\nKhai sinh\n1. Giấy tờ\nCổng dịch vụ: https://dichvucong.example.gov.vn',
        quick_replies: [
          { content_type: 'text', title: 'Giấy tờ', payload: 'papers' },
          { content_type: 'text', title: 'Menu', payload: 'Menu' },
        ],
      },
    ]);
  });
});
