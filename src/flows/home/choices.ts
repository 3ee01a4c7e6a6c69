// The buttons that lead home or from there, used at the end of many answers.
import type { Choice } from '../flow.js';
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

export function staffChoice(texts: Texts): Choice {
  return choice(texts.format(HOME.staff), 'staff.contact');
}

export function menuChoice(texts: Texts): Choice {
  return choice(texts.format(HOME.menuButton), 'home.menu');
}
