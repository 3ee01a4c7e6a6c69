// The dossiers of a number that was checked: kept as codes for a day, shown page by page with their state of now.
import { DAY } from '../../lib/clock.js';
import type { Dossier } from '../../portal/portal.js';
import { vnClock } from '../dates.js';
import { dossierAddress } from '../dossier-tracking/addresses.js';
import { lookUp, stopped, unanswered } from '../dossier-tracking/answers.js';
import { statusWords } from '../dossier-tracking/card.js';
import { DOSSIER } from '../dossier-tracking/texts.js';
import type { Choice, Facts, Step, StepResult, Turn } from '../flow.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { shortened } from '../paging.js';
import { FORGET_CLAIM, lastOf, maskedNumber } from './claim.js';
import { MINE } from './texts.js';

export const FORGET_NUMBER = 'forget-number';
const NUMBER_KEPT = DAY;
const MOST_LISTED = 60;
/** With the button for more they are four, as many as Zalo shows. */
const PAGE = 3;
const LISTED_NAME = 120;

/** What waits for the citizen comes first, then what the agency works on, then what has ended. */
const URGENCY: Readonly<Record<number, number>> = { 5: 0, 6: 0, 9: 0, 2: 1, 4: 1, 1: 1, 8: 1 };

export function mineOf({ facts: { mine }, now }: Turn): Facts['mine'] {
  return mine !== undefined && mine.until > now ? mine : undefined;
}

/** Whether somebody has shown here that a dossier is theirs: by its proof of just now, or by the number that it was filed with. */
export function isTheirs(turn: Turn, code: string): boolean {
  const { proven } = turn.facts;
  if (proven !== undefined && proven.code === code && proven.until > turn.now) return true;
  return mineOf(turn)?.codes.includes(code) === true;
}

/** The number counts as checked from now on; what is kept of it is no number. */
export function opened(turn: Turn, phone: string, dossiers: readonly Dossier[]): StepResult {
  const { otp, texts } = turn.services;
  const until = turn.now + NUMBER_KEPT;
  const codes = dossiers
    .toSorted((a, b) => urgency(a) - urgency(b) || b.submittedAt - a.submittedAt)
    .map(({ code }) => code);
  const mine = { number: otp.subject(phone), last: lastOf(phone), codes: codes.slice(0, MOST_LISTED), until };
  return {
    ...(codes.length > MOST_LISTED && { say: [say(texts.format(MINE.listCut, { most: MOST_LISTED }))] }),
    remember: { mine, claim: undefined },
    timers: [
      { type: 'cancel', name: FORGET_CLAIM },
      { type: 'set', name: FORGET_NUMBER, dueAt: until },
    ],
    go: 'mine.list:1',
  };
}

function urgency({ status }: Dossier): number {
  return URGENCY[status] ?? 2;
}

export const list: Step<{ page: number }> = {
  read([text = '1']) {
    return /^[1-9]\d?$/.test(text) ? { page: Number(text) } : undefined;
  },
  async show(turn, { page }) {
    const mine = mineOf(turn);
    if (mine === undefined) return { go: 'mine.ask' };
    const { texts } = turn.services;
    const number = maskedNumber(mine.last);
    const pages = Math.ceil(mine.codes.length / PAGE);
    if (pages === 0) return { say: [say(texts.format(MINE.none, { number }), noneChoices(turn))] };
    const at = Math.min(page, pages);
    const codes = mine.codes.slice((at - 1) * PAGE, at * PAGE);
    const answers = await Promise.all(codes.map((code) => lookUp(turn, code)));
    const lines: string[] = [];
    for (const [i, answer] of answers.entries()) {
      const line = { n: i + 1, code: codes[i] ?? '' };
      if (answer === 'stopped') return stopped(turn);
      if (answer.result === 'not-found') lines.push(texts.format(DOSSIER.shortMissing, line));
      else if (answer.result !== 'found') return unanswered(turn, line.code, answer, `mine.list:${at}`);
      else {
        const procedure = shortened(answer.dossier.procedureName, LISTED_NAME);
        lines.push(texts.format(DOSSIER.shortLine, { ...line, procedure, status: statusWords(texts, answer.dossier) }));
      }
    }
    const shown = { number, list: lines.join('\n\n') };
    const text =
      pages === 1 ? texts.format(MINE.list, shown) : texts.format(MINE.listPage, { ...shown, page: at, pages });
    const kept = texts.format(MINE.keptUntil, { time: vnClock(mine.until) });
    const [dossier, ...dossiers] = codes;
    return {
      say: [say(at === 1 ? `${text}\n\n${kept}` : text, listChoices(turn, codes, at < pages ? at + 1 : undefined))],
      remember: { dossier, dossiers, shown: 'dossier' },
    };
  },
};

function listChoices({ services: { texts } }: Turn, codes: readonly string[], next: number | undefined): Choice[] {
  const dossiers = codes.map((code, i) => choice(texts.format(DOSSIER.nth, { n: i + 1 }), dossierAddress([code])));
  return [
    ...dossiers,
    next === undefined
      ? choice(texts.format(MINE.forget), 'mine.forget')
      : choice(texts.format(MINE.next), `mine.list:${next}`),
  ];
}

function noneChoices({ services: { texts } }: Turn): Choice[] {
  return [
    choice(texts.format(MINE.change), 'mine.number'),
    choice(texts.format(MINE.typeCode), 'dossier.ask'),
    staffChoice(texts),
    menuChoice(texts),
  ];
}

/** Forgets at once what the timers would forget later. */
export function forgotten({ services: { texts }, facts }: Turn): StepResult {
  const kept = facts.mine !== undefined || facts.claim !== undefined;
  return {
    say: [say(texts.format(kept ? MINE.forgotten : MINE.nothingKept), [menuChoice(texts)])],
    remember: { mine: undefined, claim: undefined, dossier: undefined, dossiers: undefined, shown: undefined },
    timers: [FORGET_CLAIM, FORGET_NUMBER].map((name) => ({ type: 'cancel', name })),
  };
}
