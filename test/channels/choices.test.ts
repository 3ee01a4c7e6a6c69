import { HERO_CARD } from '../../src/channels/activity.js';
import { choicesOf } from '../../src/channels/choices.js';
import { renderMessenger } from '../../src/channels/messenger/render.js';
import { renderZalo } from '../../src/channels/zalo/render.js';

describe('a number typed instead of a tap', () => {
  it('means the same choice on every platform that shows the list', () => {
    const titles = Array.from({ length: 16 }, (_, index) => `Thủ tục thứ ${index + 1} có tên khá dài`);
    const activity = {
      type: 'message' as const,
      text: 'Chọn một thủ tục:',
      attachments: [
        {
          contentType: HERO_CARD,
          content: {
            title: 'Kết quả',
            buttons: titles.slice(0, 5).map((title) => ({ type: 'postBack', title, value: title })),
          },
        },
      ],
      suggestedActions: {
        to: [],
        actions: titles.slice(5).map((title) => ({ type: 'postBack', title, value: title })),
      },
    };
    const choices = choicesOf(activity);
    for (const render of [renderZalo, renderMessenger]) {
      const text = render(activity)
        .map(({ body }) => body.text)
        .join('\n');
      for (const [index, title] of titles.entries()) {
        expect(choices[index]).toMatchObject({ number: index + 1, value: title, kind: 'reply' });
        expect(text).toContain(`\n${index + 1}. ${title}`);
      }
    }
  });
});
