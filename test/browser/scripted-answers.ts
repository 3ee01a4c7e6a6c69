// What the stub bot says to whom: one message of every kind that a phone must be able to show.
import type { Answer } from './stub-bot.js';

const zaloButtons = (text: string, ...buttons: object[]) => ({
  text,
  attachment: { type: 'template', payload: { buttons } },
});
const messengerTemplate = (payload: object) => ({ attachment: { type: 'template', payload } });

const answers: Record<string, object[]> = {
  'zalo giấy tờ': [
    zaloButtons(
      'Bạn cần những giấy tờ sau.',
      { title: 'Lệ phí', type: 'oa.query.show', payload: '#LEPHI' },
      { title: 'Nộp trực tuyến', type: 'oa.open.url', payload: { url: 'https://dichvucong.example.gov.vn/nop' } },
      { title: 'Gọi tổng đài', type: 'oa.open.phone', payload: { phone_code: '84901234567' } },
    ),
  ],
  'zalo #LEPHI': [{ text: 'Miễn phí.' }],
  'zalo danh sách': [
    messengerTemplate({
      template_type: 'list',
      elements: [
        {
          title: 'Khai sinh',
          subtitle: 'Trong ngày',
          image_url: 'https://cdn.example.gov.vn/a.jpg',
          default_action: { type: 'oa.query.hide', payload: '#KHAISINH' },
        },
      ],
    }),
  ],
  'zalo #KHAISINH': [{ text: 'Đăng ký khai sinh.' }],
  'messenger giấy tờ': [
    messengerTemplate({
      template_type: 'button',
      text: 'Bạn muốn xem gì?',
      buttons: [
        { type: 'postback', title: 'Lệ phí', payload: 'FEE' },
        { type: 'web_url', title: 'Nộp trực tuyến', url: 'https://dichvucong.example.gov.vn/nop' },
      ],
    }),
  ],
  'messenger FEE': [{ text: 'Miễn phí.' }],
  'messenger đánh giá': [
    {
      text: 'Bạn hài lòng không?',
      quick_replies: [
        { content_type: 'text', title: 'Hài lòng', payload: 'RATE:5' },
        { content_type: 'text', title: 'Chưa', payload: 'RATE:1' },
      ],
    },
  ],
  'messenger RATE:5': [{ text: 'Cảm ơn bạn.' }],
  'messenger danh sách': [
    messengerTemplate({
      template_type: 'generic',
      elements: ['Khai sinh', 'Kết hôn'].map((title) => ({
        title,
        subtitle: 'Trong ngày',
        buttons: [{ type: 'postback', title: `Xem ${title}`, payload: `SHOW:${title}` }],
      })),
    }),
  ],
  'messenger SHOW:Kết hôn': [{ text: 'Đăng ký kết hôn.' }],
};
/** Known sentences get the message above, everything else is repeated. */
export const scripted: Answer = ({ app, text }) => answers[`${app} ${text}`] ?? [{ text: `Bạn nói: ${text}` }];
