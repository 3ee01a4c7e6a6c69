// Text messages that the SMS gateway took: they drop in at the top of the phone whose citizen gave that number.
import { h, icon } from './dom.js';
import { follow } from './live.js';

/** @param {{ gave: (number: string) => boolean, text: (message: { to: string, text: string }) => void }[]} phones */
export function watchSms(base, phones) {
  follow(`${base}/stream`, {
    opened: () => {},
    lost: () => {},
    events: {
      sms: (message) => {
        const number = message.to.replace(/^84/, '0');
        const owners = phones.filter((phone) => phone.gave(number));
        for (const phone of owners.length > 0 ? owners : phones) phone.text({ to: number, text: message.text });
      },
    },
  });
}

/**
 * The place on a phone where a text message drops in.
 * @param {(code: string) => void} fill puts a code that stands in it into the composer, as phones offer it
 */
export function smsBanner(fill) {
  const element = h('div', { class: 'sms', role: 'status', hidden: true });
  const hide = () => {
    element.hidden = true;
  };
  return {
    element,
    hide,
    show({ to, text }) {
      const code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0];
      element.replaceChildren(
        h('span', { class: 'sms-mark', 'aria-hidden': 'true' }, icon('sms')),
        h('div', { class: 'sms-words' }, h('strong', {}, `SMS đến ${to}`), h('p', {}, text)),
        h(
          'button',
          { class: 'sms-close', type: 'button', 'aria-label': 'Đóng tin nhắn SMS', onclick: hide },
          icon('close'),
        ),
      );
      if (code)
        element.append(
          h(
            'button',
            {
              class: 'sms-fill',
              type: 'button',
              onclick: () => {
                fill(code);
                hide();
              },
            },
            `Điền mã ${code}`,
          ),
        );
      element.hidden = false;
    },
  };
}
