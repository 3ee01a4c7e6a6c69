// What the portal said of a report, told the citizen once: notices of the portal's lanes (notices/) end here.
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.js';
import type { FeedbackStatus } from '../../portal/portal.js';
import { putDocument } from '../../records/documents.js';
import { FEEDBACK, type Report } from '../../records/feedback.js';
import { vnDate } from '../dates.js';
import type { Choice, NoticeAbout, StepResult, Turn } from '../flow.js';
import { staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import type { Texts } from '../texts.js';
import { changed, followUps, progressWords, statusWords } from './status.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

const status = z.object({
  code: z.string().max(80),
  status: z.string().max(40),
  agency: z.string().max(300).optional(),
  dueAt: z.number().optional(),
  answer: z.string().max(10_000).optional(),
  updatedAt: z.number().optional(),
});
const notice = z.object({
  code: z.string().max(40),
  status: status.optional(),
  occurredAt: z.number().optional(),
  /** Answered at the desk: the answer stands in the report already. */
  desk: z.literal(true).optional(),
  reason: z.string().max(80).optional(),
});

type Told = {
  code: string;
  report: Report;
  status?: FeedbackStatus;
  occurredAt?: number;
  desk?: true;
  reason?: string;
};
type Words = { text: string; choices: Choice[] } | undefined;

/** Stores what changed and says it; a report that was deleted meanwhile says nothing. */
function tells(change: (told: Told, turn: Turn) => { report: Report; words: Words } | undefined) {
  return async (turn: Turn, data: JsonObject): Promise<StepResult | undefined> => {
    const read = notice.safeParse(data);
    if (!read.success) return undefined;
    await turn.recordsSettled();
    const found = await turn.services.documents.get(FEEDBACK, read.data.code);
    if (found === undefined || found.lane !== turn.lane) return undefined;
    const result = change({ ...(read.data as Omit<Told, 'report'>), report: found.body }, turn);
    if (result === undefined) return undefined;
    return {
      effects: [{ type: 'record', change: putDocument(FEEDBACK, found.id, result.report) }],
      notice: aboutOf(turn, found.id, result.report, read.data.status?.updatedAt ?? read.data.occurredAt),
      say: result.words === undefined ? [] : [say(result.words.text, result.words.choices)],
    };
  };
}

/** What an approved template may carry: nothing that the citizen or the agency wrote. */
function aboutOf({ services: { texts } }: Turn, code: string, report: Report, at: number | undefined): NoticeAbout {
  const values = { code, status: statusWords(texts, report) };
  return { subject: `feedback:${code}`, values, ...(at === undefined ? {} : { at }) };
}

function staffAbout(texts: Texts, code: string): Choice {
  return staffChoice(texts, `staff.ask:feedback:${code}`);
}

/** In the words of a state: an answer whole, with what may follow it. */
function stateWords({ services: { texts } }: Turn, code: string, report: Report): Words {
  const { progress } = report;
  if (progress === undefined) return undefined;
  const { status: state, answer } = progress;
  const see = choice(texts.format(T.see), `feedback.show:${code}`);
  if (state === 'returned') {
    const text =
      answer === undefined
        ? texts.format(T.toldReturnedBare, { code })
        : texts.format(T.toldReturned, { code, answer });
    return {
      text,
      choices: [choice(texts.format(T.writeAnother), 'feedback.ask'), staffAbout(texts, code)],
    };
  }
  if (state === 'answered') {
    const text =
      answer === undefined
        ? texts.format(T.toldAnsweredBare, { code })
        : texts.format(T.toldAnswered, { code, answer });
    return { text, choices: [...followUps(texts, code, report), see] };
  }
  const text = texts.format(T.toldStatus, { code, status: progressWords(texts, state) });
  return { text, choices: [see] };
}

const accepted = tells(({ code, report, status: state }, turn) => {
  const { texts } = turn.services;
  if (state === undefined) return undefined;
  const news = changed(report, state, turn.now);
  // A later state overtook the answer: it has been told already.
  if (news === undefined) return undefined;
  const { dueAt } = state;
  const text =
    dueAt === undefined
      ? texts.format(T.toldAccepted, { code })
      : texts.format(T.toldAcceptedDue, { code, date: vnDate(dueAt) });
  return { report: news.report, words: { text, choices: [choice(texts.format(T.see), `feedback.show:${code}`)] } };
});

/** In the words of an answer of the portal's. */
function deskWords({ services: { texts } }: Turn, code: string, report: Report): Words {
  const { answer } = report;
  if (answer === undefined) return undefined;
  const see = choice(texts.format(T.see), `feedback.show:${code}`);
  const text = texts.format(T.toldAnswered, { code, answer: answer.text });
  return { text, choices: [...followUps(texts, code, report), see] };
}

const newStatus = tells(({ code, report, status: state, occurredAt, desk }, turn) => {
  if (desk === true) return { report, words: deskWords(turn, code, report) };
  const news = state === undefined ? undefined : changed(report, state, turn.now, occurredAt);
  if (news === undefined) return undefined;
  return { report: news.report, words: news.tells ? stateWords(turn, code, news.report) : undefined };
});

const rejected = tells(({ code, report, reason }, turn) => {
  const { texts } = turn.services;
  const { province } = serviceFacts(texts);
  return {
    report: { ...report, delivery: 'rejected', ...(reason === undefined ? {} : { reason }), changedAt: turn.now },
    words: {
      text: texts.format(T.toldRejected, { code, province }),
      choices: [staffAbout(texts, code)],
    },
  };
});

const undelivered = tells(({ code, report }, turn) => {
  const { texts } = turn.services;
  const { province } = serviceFacts(texts);
  return {
    report: { ...report, delivery: 'undelivered', changedAt: turn.now },
    words: {
      text: texts.format(T.toldUndelivered, { code, province }),
      choices: [staffAbout(texts, code)],
    },
  };
});

const reopened = tells(({ code, report, status: state }, turn) => {
  const { reopening: _reopening, ...rest } = report;
  const settled: Report = { ...rest, reopened: report.reopened + 1, changedAt: turn.now };
  const news = state === undefined ? undefined : changed(settled, state, turn.now);
  const text = turn.services.texts.format(T.toldReopened, { code });
  // Told already when the portal's own event came first.
  const known = news === undefined && report.progress?.status === 'reopened';
  return { report: news?.report ?? settled, words: known ? undefined : { text, choices: [] } };
});

const reopenRefused = tells(({ code, report, reason }, turn) => {
  const { texts } = turn.services;
  const { province } = serviceFacts(texts);
  const { reopening: _reopening, ...rest } = report;
  const text =
    reason === 'not-answered'
      ? texts.format(T.reopenNotAnswered, { code })
      : reason !== undefined && /window|passed|expired|late|deadline/.test(reason)
        ? texts.format(T.reopenTooLate, { code, province })
        : texts.format(T.reopenRefused, { code, province });
  const choices = [choice(texts.format(T.writeAnother), 'feedback.ask'), staffAbout(texts, code)];
  return { report: { ...rest, changedAt: turn.now }, words: { text, choices } };
});

export const NOTICES = {
  'feedback.accepted': accepted,
  'feedback.status': newStatus,
  'feedback.rejected': rejected,
  'feedback.undelivered': undelivered,
  'feedback.reopened': reopened,
  'feedback.reopen-refused': reopenRefused,
};
