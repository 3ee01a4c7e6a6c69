// The buttons that lead home or from there, used at the end of many answers.
import type { Address, Choice } from '../flow.js';
import { choice } from '../message.js';
import type { Texts } from '../texts.js';
import { HOME } from './texts.js';

/** Of the menu's buttons, people aside. */
const MENU = { find: 'proc.ask', track: 'dossier.ask', others: 'home.more', menu: 'home.menu' } as const;
const IN_MENU: ReadonlySet<Address> = new Set(Object.values(MENU));

export function menuChoices(texts: Texts): Choice[] {
  return [
    choice(texts.format(HOME.find), MENU.find),
    choice(texts.format(HOME.track), MENU.track),
    staffChoice(texts),
    choice(texts.format(HOME.others), MENU.others),
  ];
}

/** Stands below any answer and says nothing about what was asked. */
export function isWayOut(payload: Address): boolean {
  return IN_MENU.has(payload) || leadsToStaff(payload);
}

/** `to`: `staff.ask:` with the reason, where there is one of its own. */
export function staffChoice(texts: Texts, to: Address = 'staff.contact'): Choice {
  return choice(texts.format(HOME.staff), to);
}

export function leadsToStaff(payload: Address): boolean {
  return payload === 'staff.contact' || payload.startsWith('staff.ask:');
}

export function menuChoice(texts: Texts): Choice {
  return choice(texts.format(HOME.menuButton), MENU.menu);
}
