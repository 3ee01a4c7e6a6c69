// What staff do with a report at the desk, in the lane of the citizen who sent it: classify, forward, answer, mark as published.
// `of` is the agency for which the desk checked the permission.
import { z } from 'zod';
import { addressOf } from '../../lib/ids.js';
import type { AuditLine } from '../../records/audit.js';
import { putDocument } from '../../records/documents.js';
import { FEEDBACK, isAnswered, type Report } from '../../records/feedback.js';
import { audited, outcomeOf } from '../../turns/desk-action.js';
import type { DeskActionBody, Effect } from '../../turns/turn.js';
import type { Turn } from '../flow.js';
import { categoryOf } from './categories.js';

export const LONGEST_FEEDBACK_ANSWER = 4000;

const of = { code: z.string().min(1).max(40), of: z.string().min(1).max(100) };
const SCHEMAS = {
  'feedback.classify': z.strictObject({ ...of, category: z.string().min(1).max(60) }),
  /** `agency`: to whom. */
  'feedback.forward': z.strictObject({ ...of, agency: z.string().min(1).max(100) }),
  'feedback.answer': z.strictObject({ ...of, text: z.string().trim().min(1).max(LONGEST_FEEDBACK_ANSWER) }),
  'feedback.publish': z.strictObject(of),
} as const;

type Name = keyof typeof SCHEMAS;
type Action = { [N in Name]: { action: N; data: z.output<(typeof SCHEMAS)[N]> } }[Name];

export type FeedbackRefusal =
  | 'action.unreadable'
  /** No such report here: it may have been deleted. */
  | 'feedback.unknown'
  /** It belongs to another agency by now. */
  | 'feedback.moved'
  | 'feedback.bad-category'
  | 'agency.unknown'
  /** The portal has the report, or is to get it: it is answered there, and the answer comes from there. */
  | 'feedback.portal-answers'
  | 'feedback.no-consent'
  | 'feedback.unanswered';

type Change = { report: Report; detail: NonNullable<AuditLine['detail']>; told?: true };

export function isFeedbackAction(action: string): boolean {
  return Object.hasOwn(SCHEMAS, action);
}

/** The effects of the turn: the outcome, and where it is done the report, the audit line and the notice to the citizen. */
export async function feedbackAction(turn: Turn, { action, by: { user }, data }: DeskActionBody): Promise<Effect[]> {
  const { lane, now, eventId } = turn;
  const outcome = (code: string) => outcomeOf({ id: eventId }, now, code);
  const read = readAction(action, data);
  if (read === undefined) return [outcome('action.unreadable')];
  const { code } = read.data;
  await turn.recordsSettled();
  const found = await turn.services.documents.get(FEEDBACK, code);
  if (found === undefined || found.lane !== lane) return [outcome('feedback.unknown')];
  const agency = found.body.agency ?? deskAgency(turn);
  if (agency === undefined || agency !== read.data.of) return [outcome('feedback.moved')];
  const change = changed(turn, { ...found.body, agency }, read, user);
  if (typeof change === 'string') return [outcome(change)];
  const { report, detail, told } = change;
  return [
    { type: 'record', change: putDocument(FEEDBACK, code, report) },
    outcomeOf({ id: eventId }, now, 'done', { code, agency: report.agency ?? agency }),
    audited(now, { agency, by: user, action, object: `feedback:${code}`, detail }),
    // By way of a notice: when and how it may be said is decided as for an answer of the portal's.
    ...(told ? [answerTold(turn, code)] : []),
  ];
}

function readAction(action: string, data: DeskActionBody['data']): Action | undefined {
  if (!isFeedbackAction(action)) return undefined;
  const read = SCHEMAS[action as Name].safeParse(data);
  return read.success ? ({ action, data: read.data } as Action) : undefined;
}

function changed(turn: Turn, before: Report, { action, data }: Action, by: string): Change | FeedbackRefusal {
  const { now, services } = turn;
  const report = { ...before, changedAt: now };
  switch (action) {
    case 'feedback.classify': {
      const { category } = data;
      if (categoryOf(services.feedback.categories, category) === undefined) return 'feedback.bad-category';
      return { report: { ...report, category }, detail: { category } };
    }
    case 'feedback.forward': {
      const { agency } = data;
      if (services.handover?.agencies.get(agency) === undefined) return 'agency.unknown';
      return { report: { ...report, agency }, detail: { to: agency } };
    }
    case 'feedback.answer': {
      if (services.portal.configured && portalHas(before)) return 'feedback.portal-answers';
      return { report: { ...report, answer: { text: data.text, at: now, by } }, detail: {}, told: true };
    }
    case 'feedback.publish':
      if (!before.publishConsent) return 'feedback.no-consent';
      if (!isAnswered(before)) return 'feedback.unanswered';
      return { report: { ...report, publishedAt: before.publishedAt ?? now }, detail: {} };
  }
}

/** Also what is still on its way there. What the portal would not take, or could not be told, is for staff alone. */
function portalHas({ delivery }: Report): boolean {
  return delivery === 'sent' || delivery === 'queued';
}

function answerTold({ lane, now }: Turn, code: string): Effect {
  return {
    type: 'append',
    lane,
    at: now,
    body: { kind: 'notice', name: 'feedback.status', data: { code, desk: true } },
  };
}

/** Whose staff see the reports of this OA or Page; undefined where nobody answers at a desk. */
export function deskAgency({ lane, services }: Pick<Turn, 'lane' | 'services'>): string | undefined {
  const address = addressOf(lane);
  return address && services.handover?.agencies.ofAccount(address.channel, address.account).id;
}
