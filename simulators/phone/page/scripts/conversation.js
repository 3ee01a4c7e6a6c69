// The list of messages on one phone: keeps elements by message id, groups neighbours, and stays at the bottom unless
// the reader scrolled up. Knows nothing of the network.
import { h, icon } from './dom.js';
import { actionButton, messageElement } from './message.js';

const PAUSE_BETWEEN_GROUPS_MS = 10 * 60_000;
const NEAR_BOTTOM_PX = 80;

export function conversationView(skin, hooks) {
  /** @type {Map<string, { message: any, element: HTMLElement }>} */
  const shown = new Map();
  const list = h('ol', { class: 'messages' });
  const typing = h(
    'div',
    { class: 'typing', hidden: true, role: 'status', 'aria-label': 'Đang soạn tin' },
    h('i'),
    h('i'),
    h('i'),
  );
  const log = h(
    'div',
    {
      class: 'log',
      role: 'log',
      'aria-live': 'polite',
      'aria-label': `Cuộc trò chuyện với ${skin.name}`,
      tabindex: '0',
    },
    skin.introduction(),
    list,
    typing,
  );
  const toBottom = h(
    'button',
    {
      class: 'to-bottom',
      type: 'button',
      hidden: true,
      'aria-label': 'Xuống tin mới nhất',
      onclick: () => bottom('smooth'),
    },
    icon('down'),
  );
  const chips = h('div', { class: 'chips', role: 'group', 'aria-label': 'Trả lời nhanh', hidden: true });

  /** Until the reader scrolls up, what is newest stays in sight, whatever arrives or changes its size. */
  let following = true;
  const bottom = (behavior = 'auto') => log.scrollTo({ top: log.scrollHeight, behavior });
  const keepUp = () => {
    if (following) bottom();
  };
  log.addEventListener('scroll', () => {
    following = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_BOTTOM_PX;
    if (following) toBottom.hidden = true;
  });
  // Pictures arrive after their message, and the keyboard side grows and shrinks.
  log.addEventListener('load', keepUp, true);
  new ResizeObserver(keepUp).observe(log);

  function put(message) {
    const known = shown.get(message.id);
    const element = messageElement(message, skin, { ...hooks, tap: (action) => hooks.tap(message, action) });
    if (known) known.element.replaceWith(element);
    else list.append(element);
    shown.set(message.id, { message, element });
    return !known;
  }

  /** Marks where a run of messages by one side starts and ends, and shows quick replies of the very last message only. */
  function arrange() {
    const all = [...shown.values()];
    all.forEach(({ message, element }, i) => {
      const before = all[i - 1]?.message;
      const after = all[i + 1]?.message;
      const pause = !before || message.at - before.at > PAUSE_BETWEEN_GROUPS_MS;
      const pauseAfter = after && after.at - message.at > PAUSE_BETWEEN_GROUPS_MS;
      element.classList.toggle('after-pause', pause);
      element.classList.toggle('first', pause || before.from !== message.from);
      element.classList.toggle('last', !after || pauseAfter || after.from !== message.from);
    });
    const last = all.at(-1)?.message;
    const replies = last?.quickReplies ?? [];
    chips.replaceChildren(
      ...replies.map((action) => actionButton(action, 'chip', { ...hooks, tap: () => hooks.tap(last, action) })),
    );
    chips.hidden = replies.length === 0;
    chips.scrollLeft = 0;
  }

  arrange();
  return {
    elements: [log, toBottom, chips],
    /** Shows a message, or its newer form. */
    show(message) {
      if (message.from === 'citizen') following = true;
      const isNew = put(message);
      arrange();
      keepUp();
      if (isNew && !following) toBottom.hidden = false;
    },
    /** Takes over what the simulator holds; what came live while it was being read stays at the end. */
    restore(messages) {
      const held = new Set(messages.map((message) => message.id));
      const newer = [...shown.values()].map((entry) => entry.message).filter(({ id }) => !held.has(id));
      const all = [...messages, ...newer];
      for (const message of all) {
        const known = shown.get(message.id);
        if (!known || JSON.stringify(known.message) !== JSON.stringify(message)) put(message);
      }
      const entries = all.map(({ id }) => shown.get(id));
      shown.clear();
      for (const entry of entries) shown.set(entry.message.id, entry);
      if (entries.some(({ element }, i) => list.children[i] !== element)) {
        list.append(...entries.map(({ element }) => element));
      }
      arrange();
      keepUp();
    },
    clear() {
      list.replaceChildren();
      shown.clear();
      typing.hidden = true;
      toBottom.hidden = true;
      following = true;
      arrange();
    },
    setTyping(on) {
      typing.hidden = !on;
      keepUp();
    },
    /** Writes a delivery note under the citizen's messages that no webhook answer has confirmed. */
    setDelivery(noteOf) {
      for (const { message, element } of shown.values()) {
        if (message.from !== 'citizen') continue;
        const note = noteOf(message) ?? '';
        const place = element.querySelector('.delivery');
        if (place.textContent !== note) place.textContent = note;
        element.classList.toggle('undelivered', note !== '');
      }
    },
  };
}
