// What tells the two apps apart beyond colours: their heads, first screens, composers and cards.
import { h, icon, verifiedMark } from './dom.js';
import { carousel, listCard } from './message.js';

function initialsOf(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word.slice(0, 1))
    .join('')
    .toUpperCase();
}

export function zaloSkin(name) {
  const initials = initialsOf(name);
  return {
    id: 'zalo',
    app: 'Zalo',
    name,
    initials,
    placeholder: 'Tin nhắn',
    startLabel: 'Quan tâm',
    cards: listCard,
    head: (renew) => [
      h('span', { class: 'glyph', 'aria-hidden': 'true' }, icon('back')),
      h(
        'div',
        { class: 'who' },
        h('strong', {}, h('span', { class: 'name' }, name), verifiedMark()),
        h('span', { class: 'sub' }, 'Official Account'),
      ),
      renew,
    ],
    introduction: () =>
      h(
        'div',
        { class: 'introduction' },
        h('span', { class: 'cover', 'aria-hidden': 'true' }),
        h('span', { class: 'avatar big', 'aria-hidden': 'true' }, initials),
        h('strong', {}, h('span', { class: 'name' }, name), verifiedMark()),
        h('span', { class: 'sub' }, 'Tài khoản chính thức · Cơ quan nhà nước'),
      ),
  };
}

export function messengerSkin(name) {
  const initials = initialsOf(name);
  return {
    id: 'messenger',
    app: 'Messenger',
    name,
    initials,
    placeholder: 'Aa',
    startLabel: 'Bắt đầu',
    cards: carousel,
    head: (renew) => [
      h('span', { class: 'glyph', 'aria-hidden': 'true' }, icon('back')),
      h('span', { class: 'avatar', 'aria-hidden': 'true' }, initials),
      h(
        'div',
        { class: 'who' },
        h('strong', {}, h('span', { class: 'name' }, name), verifiedMark()),
        h('span', { class: 'sub' }, 'Thường trả lời ngay'),
      ),
      renew,
    ],
    introduction: () =>
      h(
        'div',
        { class: 'introduction' },
        h('span', { class: 'avatar big', 'aria-hidden': 'true' }, initials),
        h('strong', {}, h('span', { class: 'name' }, name), verifiedMark()),
        h('span', { class: 'sub' }, 'Trang Facebook · Tổ chức chính phủ'),
      ),
  };
}
