// My dossiers by phone: asks for the number, has it checked (by-code.ts, by-dossier.ts), shows the list (list.ts), forgets on request.
import type { Flow, SharedBody, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice } from '../home/choices.js';
import { choice, offeringContact, say } from '../message.js';
import { claim, code, resend } from './by-code.js';
import { byDossier, proof } from './by-dossier.js';
import { claiming, FORGET_CLAIM, numberIn, sharedNumber } from './claim.js';
import { FORGET_NUMBER, forgotten, list, mineOf } from './list.js';
import { MINE } from './texts.js';

const number: Step = {
  read: nothing,
  show(turn) {
    const { texts, portal } = turn.services;
    // Says where else to look.
    if (!portal.configured) return { go: 'dossier.ask' };
    const choices = [choice(texts.format(MINE.typeCode), 'dossier.ask'), menuChoice(texts)];
    return { say: [offeringContact(turn.services, say(texts.format(MINE.ask), choices))], wait: {} };
  },
  hear(turn, heard) {
    const phone = numberIn(heard);
    if (heard.entities('dossier-code').length > 0) return undefined;
    if (phone === 'wrong-shape' || (/^[\d\s.+-]{3,}$/.test(heard.text.trim()) && phone === undefined))
      return { say: [say(turn.services.texts.format(MINE.numberShape))], wait: {} };
    return phone === undefined ? undefined : claiming(phone);
  },
  receive: shared,
  remind: ({ services: { texts } }) => texts.format(MINE.askReminder),
};

/** What the platform's own form gave is a claim as well. */
function shared(turn: Turn, body: SharedBody): StepResult | undefined {
  if (body.kind !== 'contact-info') return undefined;
  const phone = sharedNumber(body.phone);
  return phone === undefined
    ? { say: [say(turn.services.texts.format(MINE.noNumberShared))], wait: {} }
    : claiming(phone);
}

/** Opens the list where the number was checked before, else asks for it. */
const ask: Step = {
  ...number,
  show: (turn) => (mineOf(turn) === undefined ? number.show(turn, {}) : { go: 'mine.list:1' }),
};

/** Folded. */
const FORGET =
  /^(?:hay |xin |vui long |ban |lam on )*(?:quen|xoa|huy luu|dung luu|ngung luu|khong luu|dung giu)(?: het| luon)?(?: so| sdt| so dien thoai| so dt| dien thoai)+(?: nay)?(?: cua)?(?: (?:toi|minh|em|e|con|to|t|tui|chau|anh|chi|a|c))+(?: (?:di|nhe|nha|a|voi|giup|ngay|luon))*$/;
const LISTED =
  /\b(?:tat ca|cac|nhung|danh sach|ds|may) (?:ho so|hs)\b.*\b(?:toi|minh|em|e|con|tui|to|t|chau)\b|\b(?:ho so|hs|tra|tra cuu|tim|xem)\b.*\b(?:theo|bang|qua) (?:so (?:toi|cua|dien|dt|phone|0|nay)|sdt|dien thoai|dt)/;

/** Which of them: the list says it, what waits for the citizen first. */
const WHICH = /\b(?:ho so|hs) nao\b/;

function overhear(turn: Turn, heard: Heard): StepResult | undefined {
  if (FORGET.test(heard.plain)) return { go: 'mine.forget' };
  if (WHICH.test(heard.plain) && mineOf(turn) !== undefined) return { go: 'mine.list:1' };
  if (!LISTED.test(heard.plain) || heard.entities('dossier-code').length > 0) return undefined;
  const phone = numberIn(heard);
  return phone === undefined || phone === 'wrong-shape' ? { go: 'mine.ask' } : claiming(phone);
}

export const mineFlow: Flow = {
  name: 'mine',
  version: 1,
  texts: { name: 'my-dossiers', keys: MINE },
  start: 'ask',
  steps: {
    ask,
    number,
    claim,
    resend,
    code,
    'by-dossier': byDossier,
    proof,
    list,
    forget: { read: nothing, passing: true, show: forgotten },
  },
  overhear,
  timers: {
    [FORGET_CLAIM]: () => ({ remember: { claim: undefined } }),
    [FORGET_NUMBER]: () => ({ remember: { mine: undefined } }),
  },
};
