// A report that was begun and comes to nothing: given up by the citizen, or left for a week. Its pictures go with it.
import { DAY } from '../../lib/clock.js';
import type { TimerChange } from '../../turns/turn.js';
import type { StepResult, Turn } from '../flow.js';
import { menuChoices } from '../home/choices.js';
import { say } from '../message.js';
import { newDraft, type ReportDraft } from './draft.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

/** What nobody went on with for this long is given up. */
export const DRAFT_KEPT = 7 * DAY;
export const DRAFT_TIMER = 'feedback-draft';

/** Set anew at each step of a draft. */
export function draftTimer({ now }: Pick<Turn, 'now'>): TimerChange {
  return { type: 'set', name: DRAFT_TIMER, dueAt: now + DRAFT_KEPT };
}

/** The pictures of the draft are deleted; a turn that runs twice deletes nothing twice. */
export async function dropPhotos({ services: { pictures }, facts }: Turn): Promise<void> {
  const { photos = [] } = facts.report ?? {};
  if (photos.length > 0) await pictures?.drop(photos);
}

/** What a new story begins with: the pictures that came before any words belong to it, an older story does not. */
export async function begun(turn: Turn): Promise<ReportDraft> {
  const { report } = turn.facts;
  if (report !== undefined && report.content === undefined) return report;
  await dropPhotos(turn);
  return newDraft(turn.now);
}

export async function cancelled(turn: Turn): Promise<StepResult> {
  const { texts } = turn.services;
  await dropPhotos(turn);
  return { say: [say(texts.format(T.cancelled), menuChoices(texts))], remember: { report: undefined }, close: true };
}

/** The timer. */
export async function leftAlone(turn: Turn): Promise<StepResult> {
  const { report } = turn.facts;
  if (report === undefined || turn.now - report.touched < DRAFT_KEPT) return {};
  await dropPhotos(turn);
  return { remember: { report: undefined }, close: true };
}
