// How many dossiers an agency handled: the portal's figures as they are, percentages only where they mean something.
import type { Statistics } from '../../portal/portal.js';
import { vnMonth } from '../dates.js';
import type { Flow, Step, Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import type { Texts } from '../texts.js';
import { declareTexts, text } from '../texts.js';

const STATS = declareTexts('statistics', {
  head: text('agency', 'month'),
  allAgencies: text(),
  received: text('count'),
  online: text('count'),
  finished: text('count'),
  onTime: text('count'),
  onTimeOf: text('count', 'finished', 'percent'),
  overdue: text('count'),
  paused: text('count'),
  source: text(),
  nothing: text('month'),
  unavailable: text('portal'),
});

/** A percentage of fewer says more than it knows. */
const FEWEST_FOR_PERCENT = 10;
const LONGEST_AGENCY = 100;

type Memory = { agency?: string; month?: string };

const show: Step<Memory> = {
  read([month, ...agency]) {
    const memory: Memory = {};
    if (month !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(month)) memory.month = month;
    if (agency.length > 0) memory.agency = agency.join(':').slice(0, LONGEST_AGENCY);
    return memory;
  },
  async show(turn, memory) {
    const { texts, portal } = turn.services;
    const answer = await portal.statistics(memory, turn.signal);
    if (answer.result !== 'ok') {
      const text = texts.format(STATS.unavailable, { portal: serviceFacts(texts).portal });
      return { say: [say(text, [staffChoice(texts), menuChoice(texts)])] };
    }
    const month = monthName(answer.statistics.month ?? memory.month ?? vnMonth(turn.now));
    const lines = figures(texts, answer.statistics);
    const head = texts.format(STATS.head, {
      agency: answer.statistics.agency ?? texts.format(STATS.allAgencies),
      month,
    });
    const text =
      lines.length === 0
        ? texts.format(STATS.nothing, { month })
        : [head, ...lines, texts.format(STATS.source)].join('\n');
    return { say: [say(text, [menuChoice(texts)])] };
  },
};

function figures(texts: Texts, { received, online, finished, onTime, overdue, paused }: Statistics): string[] {
  const share = onTime !== undefined && finished !== undefined && finished >= FEWEST_FOR_PERCENT && onTime <= finished;
  return [
    received === undefined ? undefined : texts.format(STATS.received, { count: received }),
    online === undefined ? undefined : texts.format(STATS.online, { count: online }),
    finished === undefined ? undefined : texts.format(STATS.finished, { count: finished }),
    onTime === undefined
      ? undefined
      : share
        ? texts.format(STATS.onTimeOf, { count: onTime, finished, percent: Math.round((onTime / finished) * 100) })
        : texts.format(STATS.onTime, { count: onTime }),
    overdue === undefined ? undefined : texts.format(STATS.overdue, { count: overdue }),
    paused === undefined ? undefined : texts.format(STATS.paused, { count: paused }),
  ].filter((line) => line !== undefined);
}

function monthName(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${number}/${year}`;
}

function asked({ now }: Turn, heard: Heard) {
  const memory: Memory = {};
  const agency = heard.entities('agency')[0]?.value ?? heard.entities('place')[0]?.value;
  if (agency !== undefined) memory.agency = agency.slice(0, LONGEST_AGENCY);
  const month = monthAsked(heard, now);
  if (month !== undefined) memory.month = month;
  return { go: { at: 'stats.show', memory } };
}

/** `YYYY-MM`; a month without a year is the last one of that name. */
function monthAsked(heard: Heard, now: number): string | undefined {
  const value = heard.entities('month')[0]?.value ?? heard.entities('date')[0]?.value.replace(/-\d\d$/, '');
  if (value === undefined) return undefined;
  if (/^\d{4}-\d{2}$/.test(value)) return value;
  const number = /^--(\d{2})$/.exec(value)?.[1];
  if (number === undefined) return undefined;
  const [year = '', current = ''] = vnMonth(now).split('-');
  return `${number <= current ? Number(year) : Number(year) - 1}-${number}`;
}

export const statisticsFlow: Flow = {
  name: 'stats',
  version: 1,
  texts: { name: 'statistics', keys: STATS },
  start: 'show',
  steps: { show },
  intents: { 'statistics.ask': asked },
};
