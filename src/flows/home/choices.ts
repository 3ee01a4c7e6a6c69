// The buttons that lead home or from there, used at the end of many answers.
import type { Address, Choice } from '../flow.js';
import { choice } from '../message.js';
import type { Texts } from '../texts.js';
import { HOME } from './texts.js';

export function menuChoices(texts: Texts): Choice[] {
  return [
    choice(texts.format(HOME.find), 'proc.ask'),
    choice(texts.format(HOME.track), 'dossier.ask'),
    choice(texts.format(HOME.staff), 'staff.contact'),
    choice(texts.format(HOME.others), 'home.more'),
  ];
}

/** `to`: `staff.ask:` with the reason, where there is one of its own. */
export function staffChoice(texts: Texts, to: Address = 'staff.contact'): Choice {
  return choice(texts.format(HOME.staff), to);
}

export function leadsToStaff(payload: Address): boolean {
  return payload === 'staff.contact' || payload.startsWith('staff.ask:');
}

export function menuChoice(texts: Texts): Choice {
  return choice(texts.format(HOME.menuButton), 'home.menu');
}
