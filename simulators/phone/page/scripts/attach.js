// What a citizen sends besides words: a picture from this device, or a place. A small menu beside the writing field.
import { h, icon } from './dom.js';

/**
 * @param {string} glyph the icon that opens the menu
 * @param {{ picture: (file: File) => unknown, place: () => unknown }} send
 */
export function attachMenu(glyph, send) {
  const file = h('input', { type: 'file', accept: 'image/*', hidden: true, 'aria-label': 'Chọn ảnh' });
  const entry = (label, act) =>
    h(
      'button',
      {
        type: 'button',
        onclick: () => {
          menu.open = false;
          act();
        },
      },
      label,
    );
  const menu = h(
    'details',
    { class: 'attach' },
    h('summary', { class: 'glyph', 'aria-label': 'Gửi ảnh hoặc vị trí' }, icon(glyph)),
    h(
      'div',
      { class: 'attach-menu' },
      entry('Gửi ảnh', () => file.click()),
      entry('Gửi vị trí', send.place),
    ),
    file,
  );
  file.addEventListener('change', () => {
    const [chosen] = file.files;
    file.value = '';
    if (chosen) send.picture(chosen);
  });
  return menu;
}
