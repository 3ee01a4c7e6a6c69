// Building the page from nodes. Content only ever enters as text nodes and attributes, so nothing that a citizen or the
// bot writes can become markup.

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `class`, any attribute, or `on…` with a function; false and undefined are left out
 * @param {...(Node|string|null|undefined|false)} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || value === null) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

export function append(parent, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child);
  }
}

/** Line drawings on a 24-unit grid; decoration, so hidden from screen readers. */
const drawings = {
  back: 'M15 5l-7 7 7 7',
  send: 'M4 12l16-8-5 16-3.5-6.5z M11.5 13.5L20 4',
  plus: 'M12 5v14 M5 12h14',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M8.5 14.5a4.5 4.5 0 0 0 7 0 M9 9.5v.5 M15 9.5v.5',
  phone: 'M6 4h3l1.6 4.2-2 1.5a11 11 0 0 0 5.7 5.7l1.5-2L20 15v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
  sms: 'M4 5h16v11H9l-5 4z M8 10.5h8',
  link: 'M14 4h6v6 M20 4l-9 9 M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5',
  next: 'M9 5l7 7-7 7',
  renew: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.4 M20 4v5.4h-5.4',
  file: 'M7 3h7l5 5v13H7z M14 3v5h5',
  down: 'M12 5v14 M6 13l6 6 6-6',
  close: 'M6 6l12 12 M18 6L6 18',
};

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', drawings[name]);
  svg.append(path);
  return svg;
}

/** The check mark in a scalloped badge that both apps put beside a verified name. */
export function verifiedMark() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'verified');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', 'Đã xác thực');
  for (const [name, d] of [
    [
      'badge',
      'M12 1.8l2.6 2 3.2-.4 1.2 3 3 1.2-.4 3.2 2 2.6-2 2.6.4 3.2-3 1.2-1.2 3-3.2-.4-2.6 2-2.6-2-3.2.4-1.2-3-3-1.2.4-3.2-2-2.6 2-2.6-.4-3.2 3-1.2 1.2-3 3.2.4z',
    ],
    ['tick', 'M7.6 13.4l3 3 6-6.2'],
  ]) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('class', name);
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}
