// The card of a procedure: its summary and what can be asked about it. The bot shows it, and staff send it.
import type { OutgoingActivity } from '../../channels/activity.js';
import type { Aspect } from '../../language/language.js';
import type { Procedure } from '../../records/procedure.js';
import type { Choice } from '../flow.js';
import { choice, say } from '../message.js';
import type { TextKey, Texts } from '../texts.js';
import { procedureAddress } from './addresses.js';
import { summary } from './summary.js';
import { PROC } from './texts.js';

const MAIN: readonly (readonly [TextKey, readonly Aspect[]])[] = [
  [PROC.documents, ['documents']],
  [PROC.feeAndTime, ['fee', 'time']],
  [PROC.where, ['where']],
];

export function procedureCard(texts: Texts, procedure: Procedure): OutgoingActivity {
  const { code } = procedure;
  return say(summary(texts, procedure), [...mainChoices(texts, code, []), moreChoice(texts, code)]);
}

/** What was not asked yet. */
export function mainChoices(texts: Texts, code: string, asked: readonly Aspect[]): Choice[] {
  return MAIN.filter(([, aspects]) => !aspects.every((one) => asked.includes(one))).map(([key, aspects]) =>
    choice(texts.format(key), procedureAddress(code, aspects)),
  );
}

export function moreChoice(texts: Texts, code: string): Choice {
  return choice(texts.format(PROC.more), `proc.more:${code}`);
}
