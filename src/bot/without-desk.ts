// Officers in the platform's own inbox where there is no desk: the bot is silent while they write, and speaks again when they are done.
import type { OutgoingActivity } from '../channels/activity.js';
import { say } from '../flows/message.js';
import { handoverSubject } from '../flows/rating/subject.js';
import { TALK } from '../flows/talk/texts.js';
import type { Texts } from '../flows/texts.js';
import { MINUTE } from '../lib/clock.js';
import { HAND_BACK } from './ticket-keeping.js';
import type { TurnWork } from './turn-adapter.js';

/** After this silence of staff the bot takes the conversation back. */
const HAND_BACK_AFTER = 30 * MINUTE;

export function takenOver(work: TurnWork): void {
  work.mode = 'staff';
  work.timers.push({ type: 'set', name: HAND_BACK, dueAt: work.request.now + HAND_BACK_AFTER });
}

/** What the bot says when it is back. */
export function handedBack(work: TurnWork, texts: Texts): OutgoingActivity[] {
  work.mode = 'bot';
  work.timers.push({ type: 'cancel', name: HAND_BACK });
  const { event, now } = work.request;
  // By way of a notice: whether this is a good time to ask is decided as for all of them.
  const body = { kind: 'notice', name: 'rating.invite', data: handoverSubject({ event: event.id }) } as const;
  work.effects.push({ type: 'append', lane: event.lane, at: now, body });
  return [say(texts.format(TALK.handBack))];
}
