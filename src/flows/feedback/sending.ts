// Sending a report: stored and queued for the portal in the turn's own commit, and its code said at once.
import { systemLane } from '../../lib/ids.js';
import type { JsonObject } from '../../lib/json.js';
import { consentOf, consentRecord } from '../../records/consent.js';
import { putDocument } from '../../records/documents.js';
import { FEEDBACK, type Report } from '../../records/feedback.js';
import type { Effect } from '../../turns/turn.js';
import type { Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import { menuChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { categoryOf } from './categories.js';
import { reportCode } from './code.js';
import { missing, type ReportDraft } from './draft.js';
import { advance, lastReports, rulesOf } from './form.js';
import { deskAgency } from './staff-actions.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

/** A code that another report has is so rare that this many tries always find a free one. */
const MOST_CODES_TRIED = 5;

export const send: Step = {
  passing: true,
  acts: true,
  read: nothing,
  async show(turn) {
    const { report: draft } = turn.facts;
    if (draft === undefined) return sentBefore(turn);
    if (missing(draft, rulesOf(turn)) !== undefined) return advance(turn, draft);
    const code = await freeCode(turn);
    const report = reportOf(turn, draft);
    const { texts } = turn.services;
    const agreed = report.publishConsent ? await agreement(turn) : [];
    return {
      say: [
        say(texts.format(T.sent, { code }), [choice(texts.format(T.see), `feedback.show:${code}`), menuChoice(texts)]),
      ],
      remember: { report: undefined },
      close: true,
      effects: [
        { type: 'record', change: putDocument(FEEDBACK, code, report) },
        ...agreed,
        {
          type: 'append',
          lane: systemLane('portal', code),
          at: turn.now,
          body: { kind: 'portal-task', task: 'send-feedback', data: taskData(turn, code, report) },
        },
      ],
    };
  },
};

/** The proof that it may be shown: the summary that was sent said so. A "no" leaves earlier reports as they were. */
async function agreement({ lane, now, eventId, services: { documents, texts } }: Turn): Promise<Effect[]> {
  const before = await consentOf(documents, lane, 'publish-feedback');
  const change = consentRecord(lane, before, {
    purpose: 'publish-feedback',
    given: true,
    now,
    words: texts.format(T.consentVersion),
    event: eventId,
  });
  return change === undefined ? [] : [{ type: 'record', change }];
}

/** The button was tapped twice: the report that it sent is told once more. */
async function sentBefore(turn: Turn): Promise<StepResult> {
  const { texts } = turn.services;
  const [last] = await lastReports(turn, 1);
  if (last === undefined) return { go: 'feedback.gone' };
  const choices = [choice(texts.format(T.see), `feedback.show:${last.id}`), menuChoice(texts)];
  return { say: [say(texts.format(T.sentAlready, { code: last.id }), choices)] };
}

async function freeCode({ eventId, services: { documents }, recordsSettled }: Turn): Promise<string> {
  await recordsSettled();
  for (let attempt = 0; attempt < MOST_CODES_TRIED; attempt += 1) {
    const code = reportCode(eventId, attempt);
    const other = await documents.get(FEEDBACK, code);
    if (other === undefined || other.body.event === eventId) return code;
  }
  return reportCode(eventId, MOST_CODES_TRIED);
}

function reportOf(turn: Turn, draft: ReportDraft): Report {
  const { eventId, now } = turn;
  const agency = deskAgency(turn);
  const { content = '', category = '', place, photos, name, phone, anonymous, publish = false } = draft;
  const contact =
    anonymous === true || (name === undefined && phone === undefined)
      ? undefined
      : { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) };
  return {
    event: eventId,
    category,
    content,
    ...(place === undefined ? {} : { place }),
    photos,
    ...(contact === undefined ? {} : { contact }),
    publishConsent: publish,
    createdAt: now,
    delivery: 'queued',
    reopened: 0,
    ...(agency === undefined ? {} : { agency }),
    changedAt: now,
  };
}

/** All that the portal is told goes with the task: it may run before the record can be read. */
function taskData({ lane, services: { feedback } }: Turn, code: string, report: Report): JsonObject {
  const { category, content, place, photos, contact, publishConsent, createdAt } = report;
  const name = categoryOf(feedback.categories, category)?.name ?? category;
  return {
    code,
    lane,
    photos,
    report: {
      category: name,
      content,
      ...(place === undefined ? {} : { place }),
      ...(contact === undefined ? {} : { contact }),
      publishConsent,
      createdAt,
    },
  };
}
