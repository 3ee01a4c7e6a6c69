// Puts the page together: reads the set-up once, then starts both phones, the status line and the faults drawer.
import { h } from './dom.js';
import { examples } from './examples.js';
import { faultsDrawer } from './faults.js';
import { showNotice } from './notice.js';
import { phone } from './phone.js';
import { portalHints, simulator } from './simulator.js';
import { messengerSkin, zaloSkin } from './skins.js';
import { watchSms } from './sms.js';
import { watchStatus } from './status.js';
import { bindTabs } from './tabs.js';

/** @type {{ zalo: { base: string, name: string }, messenger: { base: string, name: string }, portal: { base: string }, sms: { base: string } }} */
const setup = await (await fetch('/__phone/setup')).json();
const simulators = {
  zalo: simulator(setup.zalo.base),
  messenger: simulator(setup.messenger.base),
  portal: simulator(setup.portal.base),
};
const byId = (id) => document.getElementById(id);

const phones = Object.fromEntries(
  [zaloSkin(setup.zalo.name), messengerSkin(setup.messenger.name)].map((skin) => [
    skin.id,
    phone(skin, simulators[skin.id]),
  ]),
);

showNotice(byId('notice'));
const hints = await portalHints(setup.portal.base);
for (const [id, each] of Object.entries(phones)) {
  byId(`stand-${id}`).append(h('div', { class: 'rail' }, examples(id, hints, each.say)), each.element);
}
bindTabs(document.querySelector('[role=tablist]'), (id) => phones[id].focus());
await Promise.all(Object.values(phones).map((each) => each.resume()));
phones.zalo.focus();

watchSms(setup.sms.base, Object.values(phones));
watchStatus(byId('status'));
faultsDrawer(byId('faults'), byId('faults-open'), simulators);
