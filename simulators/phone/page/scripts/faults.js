// The drawer that makes a platform or the portal misbehave. What is set lives in the simulators; while the drawer is
// open it is read again, because some faults end by themselves.
import { h, icon } from './dom.js';
import { modeWords, platformSwitches, portalSwitches } from './fault-modes.js';

const READ_AGAIN_MS = 2_000;

const twistWords = {
  duplicate: { label: 'Gửi trùng', hint: 'Mỗi tin của người dân tới bot hai lần cùng lúc.' },
  reorder: { label: 'Đảo thứ tự', hint: 'Bật: giữ tin lại. Tắt: thả ra, tin sau tới trước.' },
};

/** One simulator's group of switches; `show()` reads what is set and says whether anything is. */
function group(id, title, switches, failed) {
  const hint = h('p', { class: 'fault-hint' });
  const choices = switches.modes.map((mode) => {
    const input = h('input', {
      type: 'radio',
      name: `mode-${id}`,
      value: mode,
      onchange: () => attempt(() => switches.choose(mode)),
    });
    return { mode, input, element: h('label', { class: 'mode' }, input, h('span', {}, modeWords[mode].label)) };
  });
  const twists = Object.entries(switches.twist ?? {}).map(([name, set]) => {
    const input = h('input', { type: 'checkbox', role: 'switch', onchange: () => attempt(() => set(input.checked)) });
    const words = twistWords[name];
    return {
      input,
      set,
      element: h('label', { class: 'twist' }, input, h('span', {}, h('b', {}, words.label), ` ${words.hint}`)),
    };
  });
  const wake = h(
    'button',
    { class: 'tool', type: 'button', onclick: () => attempt(() => switches.enableWebhook()) },
    'Bật lại',
  );
  const asleep = h('p', { class: 'asleep', hidden: true }, `${title} đã tắt webhook vì bot hỏng quá lâu. `, wake);

  /** The newest change that was asked for; changes run one after the other. */
  let changing = Promise.resolve();

  function attempt(change) {
    changing = changing.then(change).catch(failed);
  }

  async function show() {
    let current;
    let off;
    let seen;
    // What is read while a change is under way would turn the switches back for a moment: read again after it.
    do {
      seen = changing;
      await seen;
      current = await switches.current();
      off = (await switches.webhookOff?.()) ?? false;
    } while (seen !== changing);
    for (const { mode, input } of choices) input.checked = mode === current;
    hint.textContent = modeWords[current].hint;
    asleep.hidden = !off;
    return current !== 'normal' || twists.some(({ input }) => input.checked);
  }

  return {
    element: h(
      'fieldset',
      { class: 'fault-group', 'data-simulator': id },
      h('legend', {}, title),
      h('div', { class: 'modes' }, ...choices.map(({ element }) => element)),
      hint,
      ...twists.map(({ element }) => element),
      asleep,
    ),
    show,
    async reset() {
      await switches.choose('normal');
      for (const { input, set } of twists) {
        if (input.checked) await set(false);
        input.checked = false;
      }
    },
  };
}

/** @param simulators the routes of `zalo`, `messenger` and `portal` */
export function faultsDrawer(drawer, opener, simulators) {
  const trouble = h('p', { class: 'fault-trouble', role: 'alert', hidden: true });
  const failed = (error) => {
    trouble.textContent = `Chưa đặt được: ${error.message}`;
    trouble.hidden = false;
  };
  const groups = [
    group('zalo', 'Zalo', platformSwitches(simulators.zalo), failed),
    group('messenger', 'Messenger', platformSwitches(simulators.messenger), failed),
    group('portal', 'Cổng dịch vụ công', portalSwitches(simulators.portal), failed),
  ];
  const closer = h(
    'button',
    { class: 'quiet', type: 'button', 'aria-label': 'Đóng', onclick: () => toggle(false) },
    icon('close'),
  );
  const calm = h('button', { class: 'tool calm', type: 'button', onclick: reset }, 'Đưa tất cả về bình thường');
  drawer.append(
    h('header', {}, h('h2', {}, 'Tạo sự cố'), closer),
    h('p', { class: 'fault-lead' }, 'Xem bot làm gì khi nền tảng hoặc cổng dịch vụ công gặp trục trặc.'),
    ...groups.map(({ element }) => element),
    trouble,
    calm,
  );

  let timer;
  async function refresh() {
    clearTimeout(timer);
    try {
      const set = await Promise.all(groups.map((each) => each.show()));
      opener.dataset.active = set.some(Boolean) ? 'yes' : 'no';
      trouble.hidden = true;
    } catch (error) {
      failed(error);
    }
    if (!drawer.hidden) timer = setTimeout(refresh, READ_AGAIN_MS);
  }

  async function reset() {
    try {
      for (const each of groups) await each.reset();
    } catch (error) {
      failed(error);
    }
    await refresh();
  }

  function toggle(open) {
    drawer.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
    if (open) closer.focus();
    else opener.focus();
    refresh();
  }

  opener.addEventListener('click', () => toggle(drawer.hidden));
  drawer.addEventListener('change', refresh);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !drawer.hidden) toggle(false);
  });
  refresh();
}
