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
      'Hai điện thoại giả lập này nhắn thật với bot Một Cửa qua giao diện Zalo và Messenger mô phỏng trên máy bạn; không có gì gửi ra ngoài. Chạm một câu gợi ý hoặc tự nhập câu của bạn. ',
      h('span', { lang: 'en' }, 'You play a citizen: tap a suggestion or type. Everything stays on this machine.'),
    ),
    h(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': 'Đóng phần giới thiệu', onclick: close },
      icon('close'),
    ),
  );
  place.hidden = false;
}
