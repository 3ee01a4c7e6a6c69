// The hint for somebody who opens the page for the first time; once closed it stays closed.
import { h, icon } from './dom.js';

const MEMORY = 'mot-cua-notice-closed';

export function showNotice(place) {
  if (localStorage.getItem(MEMORY)) return;
  const close = () => {
    localStorage.setItem(MEMORY, '1');
    place.hidden = true;
  };
  place.append(
    h(
      'p',
      {},
      h('strong', {}, 'Bạn đóng vai người dân. '),
      'Chạm một câu gợi ý hoặc tự nhắn: bot Một Cửa trả lời qua Zalo và Messenger mô phỏng trên máy này, không có gì gửi ra ngoài. ',
      h('span', { lang: 'en' }, 'You play a citizen: tap a suggestion or type. Nothing leaves this machine.'),
    ),
    h(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': 'Đóng phần giới thiệu', onclick: close },
      icon('close'),
    ),
  );
  place.hidden = false;
}
