// One's own data in the chat: what is kept, seeing it, deleting it, taking an agreement back. Every request leaves a proof.
import { PURPOSES, type Purpose } from '../../records/consent.js';
import type { Effect } from '../../turns/turn.js';
import { vnDate } from '../dates.js';
import type { Flow, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import type { TextKey, Texts } from '../texts.js';
import { holdings, PURPOSE_NAMES, platformOf } from './holdings.js';
import { requested } from './requests.js';
import { PRIVACY } from './texts.js';
import { agreements, queuedReports, takenBack, withdrawn } from './withdrawing.js';

function rights(texts: Texts): ReturnType<typeof choice>[] {
  return [
    choice(texts.format(PRIVACY.viewTitle), 'privacy.view'),
    choice(texts.format(PRIVACY.forgetTitle), 'privacy.forget'),
    choice(texts.format(PRIVACY.withdrawTitle), 'privacy.withdraw'),
    menuChoice(texts),
  ];
}

const about: Step = {
  read: nothing,
  show: ({ services: { texts, privacyUrl } }) => ({
    say: [say(texts.format(PRIVACY.about, { privacyUrl }), rights(texts))],
  }),
};

const view: Step = {
  read: nothing,
  async show(turn) {
    const { texts } = turn.services;
    const date = vnDate(turn.now);
    // Looking twice on one day is one request.
    const { id: code, effect } = requested(turn, 'view', { from: `${turn.lane} view ${date}` });
    const text = `${await holdings(turn)}\n\n${texts.format(PRIVACY.proof, { code, date })}`;
    const [, forgetChoice, withdrawChoice, menu] = rights(texts);
    const choices = [forgetChoice, withdrawChoice, staffChoice(texts), menu].filter((one) => one !== undefined);
    return { say: [say(text, choices)], effects: [effect] };
  },
};

/** Folded; a message that is nothing but these confirms. */
const CONFIRMS =
  /^(?:xoa(?: (?:het|luon|di|du lieu|het du lieu))*|dong y(?: xoa)?|chac(?: chan)?|toi chac chan)(?: (?:a|nhe|nha|roi|luon))*$/;

const forget: Step = {
  read: nothing,
  async show(turn) {
    const { texts } = turn.services;
    await turn.recordsSettled();
    const queued = (await queuedReports(turn)).length;
    const choices = [
      choice(texts.format(PRIVACY.forgetYes), 'privacy.forget-now'),
      choice(texts.format(PRIVACY.forgetNo), 'privacy.keep'),
    ];
    const { portal } = serviceFacts(texts);
    const waits = queued === 0 ? '' : `${texts.format(PRIVACY.forgetQueued, { count: queued })}\n\n`;
    const text = `${waits}${texts.format(PRIVACY.forget, { platform: platformOf(turn), portal })}`;
    return { say: [say(text, choices)], wait: {} };
  },
  hear(_turn, { plain, meaning }) {
    if (CONFIRMS.test(plain) || (meaning.certain && meaning.intent === 'affirm')) return { go: 'privacy.forget-now' };
    return meaning.certain && meaning.intent === 'deny' ? { go: 'privacy.keep' } : undefined;
  },
  remind: ({ services: { texts } }) => texts.format(PRIVACY.forgetReminder),
};

const forgetNow: Step = {
  read: nothing,
  async show(turn) {
    const { texts } = turn.services;
    await turn.recordsSettled();
    const waiting = (await queuedReports(turn)).map((report) => takenBack(turn, report, 'all'));
    const { id: code, effect } = requested(turn, 'delete');
    const said = {
      code,
      date: vnDate(turn.now),
      platform: platformOf(turn),
      portal: serviceFacts(texts).portal,
    };
    return { say: [say(texts.format(PRIVACY.forgotten, said))], effects: [...waiting, effect], forget: true };
  },
  acts: true,
  passing: true,
};

/** What the record of a withdrawal in the platform's own settings is. */
export async function platformWithdrawal(
  turn: Pick<Turn, 'lane' | 'now' | 'eventId' | 'recordsSettled'> & {
    services: Pick<Turn['services'], 'documents' | 'workingDays'>;
  },
): Promise<Effect[]> {
  await turn.recordsSettled();
  const waiting = (await queuedReports(turn)).map((report) => takenBack(turn, report, 'all'));
  return [...waiting, requested(turn, 'delete', { source: 'platform' }).effect];
}

const keep: Step = {
  read: nothing,
  show: ({ services: { texts } }) => ({ say: [say(texts.format(PRIVACY.keeping), rights(texts))] }),
  passing: true,
};

const TITLES: Readonly<Record<Purpose, TextKey>> = {
  notices: PRIVACY.noticesTitle,
  'publish-feedback': PRIVACY.publishTitle,
};

const withdraw: Step = {
  read: nothing,
  async show(turn) {
    const { texts } = turn.services;
    const given = await agreements(turn);
    const forgetChoice = choice(texts.format(PRIVACY.forgetTitle), 'privacy.forget');
    if (given.length === 0)
      return { say: [say(texts.format(PRIVACY.withdrawNothing), [forgetChoice, menuChoice(texts)])] };
    const list = given.map((purpose) => `• ${texts.format(PURPOSE_NAMES[purpose])}`).join('\n');
    const text = `${texts.format(PRIVACY.withdraw)}\n${list}\n${texts.format(PRIVACY.withdrawWhich)}`;
    const choices = given.map((purpose) =>
      choice(texts.format(TITLES[purpose]), `privacy.withdraw-now:${purpose}`, texts.format(PURPOSE_NAMES[purpose])),
    );
    return { say: [say(text, [...choices, forgetChoice, menuChoice(texts)])] };
  },
};

const withdrawNow: Step<{ purpose: Purpose }> = {
  read([name]) {
    const purpose = PURPOSES.find((one) => one === name);
    return purpose === undefined ? undefined : { purpose };
  },
  async show(turn, { purpose }) {
    if (!(await agreements(turn)).includes(purpose)) return { go: 'privacy.withdraw' };
    const { text, effects } = await withdrawn(turn, purpose);
    return { say: [say(text, [menuChoice(turn.services.texts)])], effects };
  },
  acts: true,
  passing: true,
};

/** Folded. */
const DELETES = /\b(?:xoa|go (?:xuong|bo)|huy (?:du lieu|thong tin|tai khoan)|thu hoi tin nhan|lang quen|delete)\b/;
const TAKES_BACK =
  /\b(?:(?:rut|huy|thu hoi)(?: lai)?(?: su)? (?:dong y|chap thuan)|khong (?:con )?(?:dong y|cho (?:phep )?(?:luu|dung|xu ly))|ngung xu ly|han che xu ly)\b/;
const LOOKS =
  /\b(?:xem|xuat|tai|ban sao|copy|trich)\b.*\b(?:du lieu|thong tin)\b|\b(?:luu|biet|giu|co)(?: (?:nhung|thong tin|du lieu))* gi (?:ve|cua)? ?(?:toi|em|minh)\b|\bluu gi ve (?:toi|em|minh)\b/;

function asked(_turn: Turn, { plain }: Heard): StepResult {
  if (TAKES_BACK.test(plain)) return { go: 'privacy.withdraw' };
  if (DELETES.test(plain)) return { go: 'privacy.forget' };
  return { go: LOOKS.test(plain) ? 'privacy.view' : 'privacy.about' };
}

export const privacyFlow: Flow = {
  name: 'privacy',
  version: 2,
  texts: { name: 'privacy', keys: PRIVACY },
  start: 'about',
  steps: { about, view, forget, 'forget-now': forgetNow, keep, withdraw, 'withdraw-now': withdrawNow },
  intents: { 'privacy.request': asked },
};
