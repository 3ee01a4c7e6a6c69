// One message of the neutral view → its element. What differs between the two apps is asked of the skin or left to CSS.
import { h, icon } from './dom.js';

const ADDRESS = /https?:\/\/[^\s<>"']+/g;
const CLOSING = /[.,;:!?)\]}»”’]+$/;

/** Text with its web addresses made tappable, as both apps do. */
function linked(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(CLOSING, '');
    parts.push(text.slice(from, match.index), webLink(address, address, 'text-link'));
    from = match.index + address.length;
  }
  parts.push(text.slice(from));
  return parts;
}

function webLink(href, label, className) {
  return h('a', { class: className, href, target: '_blank', rel: 'noopener noreferrer' }, label);
}

/** Only web addresses are followed: an address that would run a script stays plain text. */
function isWeb(address) {
  return /^https?:\/\//i.test(address ?? '');
}

/** A button of a message: speaking ones talk to the bot, the others say where they would lead. */
export function actionButton(action, className, hooks) {
  const mark = { url: 'link', phone: 'phone', sms: 'sms' }[action.kind];
  const inside = [mark ? icon(mark) : null, h('span', { class: 'label' }, action.title)];
  if (action.kind === 'url' && isWeb(action.url)) {
    return h(
      'a',
      {
        class: className,
        href: action.url,
        target: '_blank',
        rel: 'noopener noreferrer',
        title: action.url,
      },
      ...inside,
    );
  }
  if (action.kind === 'phone' || action.kind === 'sms') {
    const target = describeCall(action);
    return h(
      'button',
      {
        class: className,
        type: 'button',
        title: target,
        'aria-label': `${action.title}. ${target}`,
        onclick: () => hooks.explain(target),
      },
      ...inside,
    );
  }
  return h('button', { class: className, type: 'button', onclick: () => hooks.tap(action) }, ...inside);
}

function describeCall(action) {
  const [number = '', query = ''] = (action.url ?? '').replace(/^(tel|sms):/, '').split('?');
  if (action.kind === 'phone') return `Trên máy thật, nút này gọi số ${number}`;
  const body = new URLSearchParams(query).get('body');
  return `Trên máy thật, nút này soạn tin nhắn${body ? ` “${body}”` : ''} tới số ${number}`;
}

function picture(address, className, alt) {
  const img = h('img', { class: className, src: address, alt, loading: 'lazy', referrerpolicy: 'no-referrer' });
  img.addEventListener('error', () =>
    img.replaceWith(h('span', { class: `${className} missing` }, 'Không tải được ảnh')),
  );
  return img;
}

function attachment(file) {
  const inside = [icon('file'), h('span', { class: 'label' }, file.name)];
  return isWeb(file.url)
    ? h('a', { class: 'file', href: file.url, target: '_blank', rel: 'noopener noreferrer' }, ...inside)
    : h('span', { class: 'file' }, ...inside);
}

function rows(actions, hooks) {
  if (actions.length === 0) return null;
  return h('div', { class: 'rows' }, ...actions.map((action) => actionButton(action, 'row', hooks)));
}

/** Zalo's list: every element is a row, the first with its picture on top; a single action makes the whole row tappable. */
export function listCard(cards, actions, hooks) {
  return h(
    'div',
    { class: 'list-card' },
    ...cards.map((card, position) => {
      const words = h(
        'span',
        { class: 'words' },
        h('strong', {}, card.title),
        card.subtitle ? h('span', { class: 'subtitle' }, card.subtitle) : null,
      );
      const shown = card.imageUrl ? picture(card.imageUrl, position === 0 ? 'banner' : 'thumb', '') : null;
      const only = card.actions.length === 1 ? card.actions[0] : undefined;
      if (!only) return h('div', { class: 'list-item' }, shown, words, rows(card.actions, hooks));
      const row = actionButton({ ...only, title: card.title }, 'list-item', hooks);
      row.replaceChildren(...[shown, words].filter(Boolean), icon(only.kind === 'url' ? 'link' : 'next'));
      return row;
    }),
    rows(actions, hooks),
  );
}

/** Messenger's generic template: cards side by side, to be scrolled sideways. */
export function carousel(cards, actions, hooks) {
  return h(
    'div',
    { class: 'carousel-wrap' },
    h(
      'div',
      {
        class: 'carousel',
        role: 'list',
        tabindex: cards.length > 1 ? '0' : undefined,
        'aria-label': `${cards.length} thẻ`,
      },
      ...cards.map((card) =>
        h(
          'article',
          { class: 'card', role: 'listitem' },
          card.imageUrl ? picture(card.imageUrl, 'banner', '') : null,
          h(
            'div',
            { class: 'words' },
            h('strong', {}, card.title),
            card.subtitle ? h('span', { class: 'subtitle' }, card.subtitle) : null,
          ),
          rows(card.actions, hooks),
        ),
      ),
    ),
    rows(actions, hooks),
  );
}

/**
 * @param message a PhoneMessage of the neutral view
 * @param hooks `tap(action)` for what speaks to the bot, `explain(sentence)` for what would leave the chat
 */
export function messageElement(message, skin, hooks) {
  const cards = message.card ?? [];
  const own = cards.length === 0 ? message.actions : [];
  const bubble =
    message.text || own.length > 0
      ? h(
          'div',
          { class: 'bubble' },
          message.text ? h('p', { class: 'text' }, ...linked(message.text)) : null,
          rows(own, hooks),
        )
      : null;
  const time = new Date(message.at);
  return h(
    'li',
    { class: 'message', 'data-from': message.from, 'data-id': message.id },
    h('p', { class: 'when' }, dayAndHour(time)),
    message.from === 'citizen' ? null : h('span', { class: 'avatar small', 'aria-hidden': 'true' }, skin.initials),
    h(
      'div',
      { class: 'body' },
      h('span', { class: 'speaker' }, { citizen: 'Bạn', bot: skin.name, officer: 'Cán bộ' }[message.from]),
      message.image ? picture(message.image, 'picture', 'Hình trong tin nhắn') : null,
      message.file ? attachment(message.file) : null,
      bubble,
      cards.length > 0 ? skin.cards(cards, message.actions, hooks) : null,
      message.reaction ? h('span', { class: 'reaction', title: 'Cảm xúc' }, message.reaction) : null,
      h('time', { datetime: time.toISOString() }, hour(time)),
      h('span', { class: 'delivery' }),
    ),
  );
}

export function hour(time) {
  return time.toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });
}

function dayAndHour(time) {
  const today = new Date().toDateString() === time.toDateString();
  return today
    ? hour(time)
    : `${hour(time)}, ${time.toLocaleDateString('vi-VN', { day: 'numeric', month: 'numeric' })}`;
}
