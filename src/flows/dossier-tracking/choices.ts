// What can be done about a dossier in each of the ten national states: the buttons under its card, and how each is done.
import type { Dossier } from '../../portal/portal.js';
import type { Choice, Step, Turn } from '../flow.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import type { TextKey } from '../texts.js';
import { proveAddress, readDossierCode } from './addresses.js';
import { lookUp, stopped, unanswered } from './answers.js';
import { isOverdue } from './due.js';
import { DOSSIER } from './texts.js';

/** As many as Zalo shows. */
const MOST_BUTTONS = 4;
/** Nothing comes after them: there is nothing to be told of. */
const FINAL: ReadonlySet<number> = new Set([3, 7, 10]);

export function cardChoices(turn: Turn, dossier: Dossier): Choice[] {
  const { texts } = turn.services;
  const detail = choice(texts.format(DOSSIER.detail), proveAddress(dossier.code));
  return [detail, ...stateChoices(turn, dossier), ...subscribeChoice(turn, dossier), another(turn)].slice(
    0,
    MOST_BUTTONS,
  );
}

function stateChoices(turn: Turn, dossier: Dossier): Choice[] {
  const { texts, workingDays } = turn.services;
  const { code } = dossier;
  const staff = staffChoice(texts);
  switch (dossier.status) {
    case 3:
      return [choice(texts.format(DOSSIER.resubmitTitle), `dossier.resubmit:${code}`), staff];
    case 5:
      return [choice(texts.format(DOSSIER.supplementTitle), `dossier.supplement:${code}`), staff];
    case 6:
      return [choice(texts.format(DOSSIER.payTitle), `dossier.pay:${code}`), staff];
    case 8:
      return [staff];
    case 9:
      return [choice(texts.format(DOSSIER.collectTitle), `dossier.collect:${code}`), ...rateChoice(turn, code)];
    case 10:
      return [...rateChoice(turn, code), ...procedureChoice(turn, dossier)];
    default:
      if (isOverdue(dossier, turn.now, workingDays))
        return [staffChoice(texts, `staff.ask:overdue:${code}`), ...feedbackChoice(turn)];
      return procedureChoice(turn, dossier);
  }
}

/** Being told of changes needs the conversation for it, and something that can still change. */
export function subscribeChoice(turn: Turn, { code, status }: Pick<Dossier, 'code' | 'status'>): Choice[] {
  const address = `notify.subscribe:${code}`;
  if (FINAL.has(status) || !turn.knows(address)) return [];
  return [choice(turn.services.texts.format(DOSSIER.subscribe), address)];
}

function rateChoice(turn: Turn, code: string): Choice[] {
  const address = `rating.ask:dossier:${code}`;
  return turn.knows(address) ? [choice(turn.services.texts.format(DOSSIER.rate), address)] : [];
}

function feedbackChoice(turn: Turn): Choice[] {
  return turn.knows('feedback.ask') ? [choice(turn.services.texts.format(DOSSIER.feedback), 'feedback.ask')] : [];
}

function procedureChoice({ services: { texts, catalogue } }: Turn, { procedureCode }: Dossier): Choice[] {
  if (catalogue.get(procedureCode) === undefined) return [];
  return [choice(texts.format(DOSSIER.procedure), `proc.show:${procedureCode}`)];
}

function another({ services: { texts } }: Turn): Choice {
  return choice(texts.format(DOSSIER.another), 'dossier.ask');
}

type HowKey = TextKey<'code' | 'portal'> | TextKey<'code'>;

/** How a thing is done, told in words: the bot takes no money and no papers. */
function how(
  key: HowKey,
  more: (turn: Turn, dossier: Dossier) => string | undefined = () => undefined,
): Step<{ code: string }> {
  return {
    read([text]) {
      const code = readDossierCode(text);
      return code === undefined ? undefined : { code };
    },
    async show(turn, { code }) {
      const { texts } = turn.services;
      const answer = await lookUp(turn, code);
      if (answer === 'stopped') return stopped(turn);
      if (answer.result !== 'found') return unanswered(turn, code, answer);
      const { portal } = serviceFacts(texts);
      const text = [texts.format(key as TextKey<'code' | 'portal'>, { code, portal }), more(turn, answer.dossier)];
      const choices = [
        choice(texts.format(DOSSIER.detail), proveAddress(code)),
        choice(texts.format(DOSSIER.findOffice), 'office.ask'),
        staffChoice(texts),
        menuChoice(texts),
      ];
      return { say: [say(text.filter((one) => one !== undefined).join('\n'), choices)], remember: { dossier: code } };
    },
  };
}

export const pay = how(DOSSIER.pay);
export const supplement = how(DOSSIER.supplement);
export const resubmit = how(DOSSIER.resubmit);
export const collect = how(DOSSIER.collect, ({ services: { texts } }, { collectAt }) =>
  collectAt === undefined ? undefined : texts.format(DOSSIER.collectPlace, { place: collectAt }),
);
