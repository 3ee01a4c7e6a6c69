// One phone: its frame, its composer and its life with one simulated citizen on one simulator.
import { attachMenu } from './attach.js';
import { conversationView } from './conversation.js';
import { watchDeliveries } from './deliveries.js';
import { h, icon } from './dom.js';
import { follow } from './live.js';
import { hour } from './message.js';
import { smsBanner } from './sms.js';

const LONGEST_TEXT = 2_000;
const EXPLANATION_MS = 4_500;

/**
 * @param skin the app's looks (skins.js)
 * @param simulator its routes (simulator.js)
 */
export function phone(skin, simulator) {
  const memory = `mot-cua-phone-${skin.id}`;
  let user;
  let stop = () => {};
  const view = conversationView(skin, {
    tap: (message, action) => act(() => simulator.tap(user, message.id, action.index)),
    explain,
  });
  const deliveries = watchDeliveries(simulator, (noteOf) => view.setDelivery(noteOf));
  const input = h('textarea', {
    class: 'input',
    rows: '1',
    maxlength: String(LONGEST_TEXT),
    placeholder: skin.placeholder,
    'aria-label': `Nhắn tin cho ${skin.name} trên ${skin.app}`,
    enterkeyhint: 'send',
    autocomplete: 'off',
  });
  const sendButton = h('button', { class: 'send', type: 'submit', 'aria-label': 'Gửi', disabled: true }, icon('send'));
  const composer = h(
    'form',
    { class: 'composer' },
    attachMenu('plus', {
      picture: (file) => act(() => simulator.sendPicture(user, file)),
      place: () => act(() => simulator.sendPlace(user)),
    }),
    input,
    sendButton,
  );
  const start = h(
    'button',
    { class: 'start', type: 'button', onclick: () => act(() => simulator.open(user)) },
    skin.startLabel,
  );
  const startBar = h('div', { class: 'start-bar', hidden: true }, start, h('span', {}, 'hoặc nhắn tin luôn'));
  const renew = h(
    'button',
    {
      class: 'renew',
      type: 'button',
      'aria-label': 'Cuộc trò chuyện mới',
      title: 'Cuộc trò chuyện mới, với một người dân khác',
      onclick: begin,
    },
    icon('renew'),
  );
  const sms = smsBanner((code) => {
    write(code);
    input.focus();
  });
  /** Digits of what this citizen wrote: a text message belongs to whoever gave its number. */
  let digits = '';
  const toast = h('p', { class: 'toast', role: 'status', hidden: true });
  const clock = h('span', { class: 'clock' });
  const element = h(
    'div',
    { class: 'phone', 'data-skin': skin.id },
    h(
      'div',
      { class: 'device-bar', 'aria-hidden': 'true' },
      clock,
      h('span', { class: 'signal' }, h('i'), h('i'), h('i'), h('b')),
    ),
    sms.element,
    h('header', { class: 'head' }, ...skin.head(renew)),
    h('div', { class: 'screen' }, ...view.elements.slice(0, 2), toast),
    view.elements[2],
    startBar,
    composer,
  );

  const tick = () => {
    clock.textContent = hour(new Date());
  };
  tick();
  setInterval(tick, 10_000);

  let toastTimer;
  function explain(sentence) {
    toast.textContent = sentence;
    toast.hidden = false;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => {
      toast.hidden = true;
    }, EXPLANATION_MS);
  }

  async function act(request) {
    try {
      await request();
      return true;
    } catch (error) {
      explain(
        error instanceof TypeError
          ? 'Máy giả lập không trả lời. Nó còn chạy không?'
          : `Máy giả lập từ chối: ${error.message}`,
      );
      return false;
    }
  }

  async function say(text) {
    const words = text.trim();
    if (words === '' || !user) return;
    // On a small screen the introduction makes room once somebody has begun.
    document.body.classList.add('begun');
    digits = `${digits} ${words.replace(/\D/g, '')}`.slice(-500);
    if (!(await act(() => simulator.say(user, words))) && input.value === '') write(words);
  }

  function write(text) {
    input.value = text;
    grow();
  }

  /** The field grows with its text, up to a few lines; CSS sets the most. */
  function grow() {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight}px`;
    sendButton.disabled = input.value.trim() === '';
  }

  function submit() {
    const text = input.value;
    write('');
    input.focus();
    return say(text);
  }

  input.addEventListener('input', grow);
  input.addEventListener('keydown', (event) => {
    // While an input method composes a syllable, Enter accepts it and must not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  composer.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });

  function setState(state) {
    startBar.hidden = state !== 'new';
  }

  function receive(message) {
    view.show(message);
    if (message.from === 'citizen') deliveries.expect(message.id);
  }

  /** Reads the whole conversation again; a simulator that was started anew does not know the citizen any more. */
  async function reload() {
    const asked = user;
    const conversation = await simulator.conversation(asked).catch((error) => {
      if (error.status === 404 && asked === user) return begin();
    });
    if (!conversation || asked !== user) return;
    view.restore(conversation.messages);
    view.setTyping(conversation.typing);
    setState(conversation.state);
    deliveries.expect(...unanswered(conversation.messages));
  }

  function listen() {
    stop();
    stop = follow(simulator.streamAddress(user), {
      opened: () => {
        element.dataset.live = 'yes';
        reload();
      },
      lost: () => {
        element.dataset.live = 'no';
        reload();
      },
      events: {
        message: receive,
        typing: (data) => view.setTyping(data.typing),
        state: (data) => setState(data.state),
      },
    });
  }

  /** A new citizen with an empty conversation. */
  async function begin() {
    await act(async () => {
      const { id } = await simulator.newUser();
      user = id;
      localStorage.setItem(memory, id);
      deliveries.forget();
      view.clear();
      sms.hide();
      digits = '';
      setState('new');
      listen();
    });
  }

  /** Goes on with the citizen of the last visit, if the simulator still knows them. */
  async function resume() {
    const known = localStorage.getItem(memory);
    const conversation = known ? await simulator.conversation(known).catch(() => undefined) : undefined;
    if (!conversation) return begin();
    user = known;
    listen();
  }

  return {
    element,
    resume,
    say,
    gave: (number) => digits.includes(number) || digits.includes(number.replace(/^0/, '84')),
    text: sms.show,
    focus: () => input.focus({ preventScroll: true }),
  };
}

/** Ids of what the citizen wrote since the bot last spoke. */
function unanswered(messages) {
  const answered = messages.findLastIndex((message) => message.from !== 'citizen');
  return messages.slice(answered + 1).map((message) => message.id);
}
