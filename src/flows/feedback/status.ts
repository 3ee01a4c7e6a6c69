// The states of a report: their words, what may follow, and which of two states is the newer one. Pure.
import type { FeedbackStatus } from '../../portal/portal.js';
import { isAnswered, type Report, type ReportProgress } from '../../records/feedback.js';
import type { Choice } from '../flow.js';
import { choice } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import type { TextKey, Texts } from '../texts.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

/** In the order of a report's life: of two states of the same moment the later one counts. */
const STATES: readonly (readonly [string, TextKey])[] = [
  ['received', T.received],
  ['assigned', T.assigned],
  ['processing', T.processing],
  ['returned', T.returned],
  ['answered', T.answered],
  ['published', T.published],
  ['reopened', T.reopened],
  ['closed', T.closed],
];
const WORDS = new Map(STATES);
const RANK = new Map(STATES.map(([state], i) => [state, i]));

/** The portal's own word where it uses one that we do not know. */
export function progressWords(texts: Texts, status: string): string {
  const key = WORDS.get(status);
  return key === undefined ? texts.format(T.otherStatus, { status }) : texts.format(key);
}

export function statusWords(texts: Texts, { delivery, progress, answer }: Report): string {
  if (progress !== undefined) return progressWords(texts, progress.status);
  if (answer !== undefined) return texts.format(T.answered);
  const { province } = serviceFacts(texts);
  if (delivery === 'rejected') return texts.format(T.rejected, { province });
  return delivery === 'undelivered' ? texts.format(T.undelivered, { province }) : texts.format(T.queued);
}

/** Only the portal opens again what it has answered. */
export function canReopen(report: Report): boolean {
  return isAnswered(report) && report.progress !== undefined && report.reopening !== true;
}

/** What the citizen may do with a report as it stands. */
export function followUps(texts: Texts, code: string, report: Report): Choice[] {
  if (!isAnswered(report)) return [];
  return [
    choice(texts.format(T.rate), `rating.ask:feedback:${code}`),
    ...(canReopen(report) ? [choice(texts.format(T.reopenButton), `feedback.reopen:${code}`)] : []),
  ];
}

/**
 * The report with a state that the portal told; undefined when it is not news: told before, or older than what is known.
 * `tells`: the citizen can see a difference. `at`: when the portal told it, for a state without a time of its own.
 */
export function changed(
  report: Report,
  status: FeedbackStatus,
  now: number,
  at = 0,
): { report: Report; tells: boolean } | undefined {
  const before = report.progress;
  const updatedAt = status.updatedAt ?? at;
  if (before !== undefined && !isNewer(before, status, updatedAt)) return undefined;
  const answer = status.answer ?? before?.answer;
  const agency = status.agency ?? before?.agency;
  const dueAt = status.dueAt ?? before?.dueAt;
  const progress: ReportProgress = {
    code: status.code,
    status: status.status,
    ...(agency === undefined ? {} : { agency }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(answer === undefined ? {} : { answer }),
    updatedAt,
  };
  const tells = before?.status !== progress.status || before.answer !== progress.answer;
  return { report: { ...report, delivery: 'sent', progress, changedAt: now }, tells };
}

function isNewer(before: ReportProgress, status: FeedbackStatus, updatedAt: number): boolean {
  if (updatedAt !== before.updatedAt) return updatedAt > before.updatedAt;
  const [was, is] = [RANK.get(before.status) ?? 0, RANK.get(status.status) ?? 0];
  return is > was || (is === was && status.answer !== undefined && status.answer !== before.answer);
}
