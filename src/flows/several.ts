// Answers to several questions of one message, put together as one: short texts joined, one set of buttons at the end. Pure.
import type { OutgoingActivity } from '../channels/activity.js';
import type { Choice } from './flow.js';
import { choicesOf, say } from './message.js';
import { PAGE_LENGTH } from './paging.js';

/** What one question brought. */
export interface Answer {
  said: OutgoingActivity[];
  /** What numbers and titles pick where it differs from the buttons. */
  picks: Choice[] | undefined;
  /** It ended with a question to the citizen. */
  asks: boolean;
}

/** The answers in order; the one that asks something back comes last, because its buttons are what is tapped next. */
export function inOrder(answers: readonly Answer[]): Answer[] {
  return [...answers.filter(({ asks }) => !asks), ...answers.filter(({ asks }) => asks)];
}

/** As few messages as read well on a phone. Only the last one has buttons: on some platforms others vanish. */
export function oneReply(answers: readonly Answer[]): OutgoingActivity[] {
  const last = answers.at(-1);
  if (last === undefined) return [];
  const activities = answers.flatMap(({ said }) => said);
  const choices = choicesOf(last.said);
  const texts: string[] = [];
  const out: OutgoingActivity[] = [];
  const flush = (buttons: readonly Choice[] = []) => {
    if (texts.length > 0) out.push(say(texts.splice(0).join('\n\n'), buttons));
  };
  for (const activity of activities) {
    if ((activity.attachments?.length ?? 0) > 0) {
      flush();
      out.push(activity);
      continue;
    }
    const text = activity.text ?? '';
    if (texts.length > 0 && [...texts, text].join('\n\n').length > PAGE_LENGTH) flush();
    texts.push(text);
  }
  flush(choices);
  return out;
}
