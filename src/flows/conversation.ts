// What the bot keeps of a conversation between two messages, as versioned JSON. No message text and no
// names but in a report that is being written, and no proofs.
import type { Json, JsonObject } from '../lib/json.js';
import type { Choice, Facts, Place } from './flow.js';

export const CONVERSATION_VERSION = 1;
const TRAIL_LENGTH = 8;
const CHOICES_KEPT = 30;

export type Conversation = {
  v: number;
  /** Places shown, newest last: the way "quay lại" goes. */
  trail: Place[];
  /** The question that waits for an answer. */
  open?: Place;
  /** Choices last shown. */
  choices: Choice[];
  /** Messages not understood in a row. */
  misses: number;
  facts: Facts;
  /** The last thing said was no place of its own: "quay lại" leads to the newest place, not past it. */
  aside?: true;
  /** The last message was left to staff, and the citizen knows: what follows is left to them without a word. */
  taken?: true;
  /** When the topic in `facts` was last spoken of (ms), and how many messages ago. */
  topic?: { at: number; turns: number };
  /** A message that was not understood and answered with choices: picking one tells what it meant. */
  asked?: { record: string; offered: string[] };
  /** The question that was repeated last, where it is repeated once only. */
  reminded?: Place;
  /** When the welcome was shown last (ms). */
  welcomed?: number;
};

export function newConversation(): Conversation {
  return { v: CONVERSATION_VERSION, trail: [], choices: [], misses: 0, facts: {} };
}

/**
 * The conversation in a lane's state. One of another version is dropped for a new one; `lostForm` then says that a
 * question was open, so that the citizen hears why it starts again. Older versions get their migration here.
 */
export function readConversation(state: Json | undefined): { conversation: Conversation; lostForm: boolean } {
  if (!isObject(state)) return { conversation: newConversation(), lostForm: false };
  if (state.v !== CONVERSATION_VERSION) return { conversation: newConversation(), lostForm: state.open !== undefined };
  // Written by this code under this version: its shape is known.
  return { conversation: state as Conversation, lostForm: false };
}

/** A talk with staff came in between: what the bot had asked before is over, and no number or title means its choices any more. */
export function interrupted({ trail, facts, welcomed }: Conversation): Conversation {
  return { ...newConversation(), trail, facts, ...(welcomed === undefined ? {} : { welcomed }) };
}

/** The trail with `place` on top; showing the same place again does not lengthen the way back. */
export function walked(trail: readonly Place[], place: Place): Place[] {
  const last = trail.at(-1);
  if (last !== undefined && samePlace(last, place)) return [...trail.slice(0, -1), place];
  return [...trail, place].slice(-TRAIL_LENGTH);
}

export function samePlace(a: Place, b: Place): boolean {
  return a.at === b.at && JSON.stringify(a.memory) === JSON.stringify(b.memory);
}

export function keptChoices(choices: readonly Choice[]): Choice[] {
  return choices.slice(0, CHOICES_KEPT);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
