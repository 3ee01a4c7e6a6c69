// The record of a message that was not understood: what people review and what the training learns from. Pure.
import { maskPersonal } from '../language/mask.js';
import type { NotUnderstoodMessage } from '../records/records.js';
import { keptUntil } from '../records/retention.js';
import type { Effect } from '../turns/turn.js';
import type { Choice } from './flow.js';
import type { Heard } from './heard.js';

const LONGEST = 300;
const MOST_GUESSES = 4;
const MOST_OFFERED = 6;

interface Circumstances {
  id: string;
  now: number;
  offered: readonly Choice[];
  /** Address of the step whose question was open. */
  open?: string | undefined;
}

export function notUnderstoodRecord(heard: Heard, { id, now, offered, open }: Circumstances): Effect {
  const { intent, confidence, alternatives } = heard.meaning;
  const what: NotUnderstoodMessage = {
    text: maskPersonal(heard.text).slice(0, LONGEST),
    guesses: [{ intent, confidence }, ...alternatives].slice(0, MOST_GUESSES).map((guess) => ({
      intent: guess.intent,
      confidence: Math.round(guess.confidence * 1000) / 1000,
    })),
    offered: offeredOf(offered),
    ...(open === undefined ? {} : { open }),
  };
  return {
    type: 'record',
    change: { type: 'not-understood', record: { id, at: now, keepUntil: keptUntil('not-understood', now), what } },
  };
}

/** The addresses that were offered. */
export function offeredOf(choices: readonly Choice[]): string[] {
  return choices.slice(0, MOST_OFFERED).map(({ payload }) => payload);
}

/** The label: what the message turned out to mean. */
export function choiceRecord(id: string, chosen: string): Effect {
  return { type: 'record', change: { type: 'not-understood-choice', id, chosen } };
}
