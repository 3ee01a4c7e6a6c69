// Where a report stands, by its code or the last ones sent from here, and asking to have it looked at again.
import { HOUR } from '../../lib/clock.js';
import { systemLane } from '../../lib/ids.js';
import type { CounterRule } from '../../records/counters.js';
import { putDocument, type StoredDocument } from '../../records/documents.js';
import { FEEDBACK, type Report } from '../../records/feedback.js';
import { vnDate } from '../dates.js';
import type { Choice, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { shortened } from '../paging.js';
import { serviceFacts } from '../service/texts.js';
import { reportCodeIn } from './code.js';
import { lastReports } from './form.js';
import { isElsewhere } from './reading.js';
import { canReopen, changed, followUps, statusWords } from './status.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

const LISTED = 4;
const SHOWN_CONTENT = 300;
const SHOWN_DRAFT = 80;
/** Codes can be guessed by trying: whoever keeps missing is stopped. */
const UNKNOWN_CODES: CounterRule = { limit: 10, windowMs: HOUR };

type CodeMemory = { code: string };

function readCode([code = '']: readonly string[]): CodeMemory | undefined {
  const read = reportCodeIn(code);
  return read === undefined ? undefined : { code: read };
}

/** "phản ánh của tôi tới đâu rồi": by the code in it, else the last ones. */
export function tracked(_turn: Turn, heard: Heard): StepResult {
  const code = reportCodeIn(heard.text);
  return { go: code === undefined ? 'feedback.mine' : `feedback.show:${code}` };
}

export const mine: Step = {
  read: nothing,
  async show(turn) {
    const { texts } = turn.services;
    const reports = await lastReports(turn, LISTED);
    const [only] = reports;
    const draft = turn.facts.report?.content;
    if (only === undefined && draft !== undefined) {
      const text = texts.format(T.trackDraft, { content: shortened(draft, SHOWN_DRAFT) });
      return {
        say: [say(text, [choice(texts.format(T.goOn), 'feedback.go-on'), menuChoice(texts)])],
        wait: { draft: true },
      };
    }
    if (only === undefined) {
      const { province } = serviceFacts(texts);
      const choices = [choice(texts.format(T.writeAnother), 'feedback.ask'), menuChoice(texts)];
      return { say: [say(texts.format(T.trackNone, { province }), choices)], wait: {} };
    }
    if (reports.length === 1) return { go: `feedback.show:${only.id}` };
    const list = reports.map(({ id, body }, i) =>
      texts.format(T.trackLine, { n: i + 1, code: id, date: vnDate(body.createdAt), status: statusWords(texts, body) }),
    );
    const choices = reports.map(({ id }, i) => choice(texts.format(T.nth, { n: i + 1 }), `feedback.show:${id}`, id));
    return { say: [say(texts.format(T.trackList, { list: list.join('\n') }), choices)], wait: {} };
  },
  hear(_turn, heard, { draft }) {
    const code = reportCodeIn(heard.text);
    if (code !== undefined) return { go: `feedback.show:${code}` };
    return draft === true && GOES_ON.test(heard.plain) ? { go: 'feedback.go-on' } : undefined;
  },
};

/** Folded. */
const GOES_ON = /^(?:viet tiep|tiep tuc|tiep|gui|gui di|gui luon|co|ok)$/;

export const show: Step<CodeMemory> = {
  read: readCode,
  async show(turn, { code }) {
    const { texts, documents, counters } = turn.services;
    const { province } = serviceFacts(texts);
    const key = `unknown-report:${turn.lane}`;
    if (!(await counters.peek(key, UNKNOWN_CODES)).allowed)
      return { say: [say(texts.format(T.trackStopped, { province }), [staffChoice(texts), menuChoice(texts)])] };
    await turn.recordsSettled();
    const found = await documents.get(FEEDBACK, code);
    if (found === undefined) {
      await counters.take(key, UNKNOWN_CODES, `${turn.eventId}:${code}`);
      const choices = [choice(texts.format(T.mine), 'feedback.mine'), menuChoice(texts)];
      return { say: [say(texts.format(T.trackUnknown, { code, province }), choices)] };
    }
    return found.lane === turn.lane ? showOwn(turn, found) : showOther(turn, found);
  },
};

/** The portal is asked as well: where it cannot push, nobody else tells us. */
async function showOwn(turn: Turn, found: StoredDocument<Report>): Promise<StepResult> {
  const { texts, portal } = turn.services;
  const { id: code } = found;
  const portalCode = found.body.progress?.code;
  const answer = portalCode === undefined ? undefined : await portal.feedback(portalCode, turn.signal);
  const news = answer?.result === 'found' ? changed(found.body, answer.feedback, turn.now) : undefined;
  const report = news?.report ?? found.body;
  const { progress } = report;
  const words = progress?.answer ?? report.answer?.text;
  const lines = [
    head(turn, code, report),
    texts.format(T.cardWhat, { value: shortened(report.content, SHOWN_CONTENT) }),
    progress?.agency === undefined ? undefined : texts.format(T.cardAgency, { agency: progress.agency }),
    progress?.dueAt === undefined || words !== undefined
      ? undefined
      : texts.format(T.cardDue, { date: vnDate(progress.dueAt) }),
    words === undefined ? undefined : texts.format(T.cardAnswer, { answer: words }),
    progress === undefined ? undefined : texts.format(T.cardPortal, { code: progress.code }),
  ].filter((line) => line !== undefined);
  return {
    say: [say(lines.join('\n'), [...followUps(texts, code, report), menuChoice(texts)])],
    effects: news === undefined ? [] : [{ type: 'record', change: putDocument(FEEDBACK, code, news.report) }],
  };
}

/** Whoever only has the code sees no words of the citizen and none of the answer. */
function showOther(turn: Turn, { id, body }: StoredDocument<Report>): StepResult {
  const { texts } = turn.services;
  return { say: [say(`${head(turn, id, body)}\n${texts.format(T.cardOther)}`, [menuChoice(texts)])] };
}

function head({ services: { texts } }: Turn, code: string, report: Report): string {
  return texts.format(T.card, { code, date: vnDate(report.createdAt), status: statusWords(texts, report) });
}

export const reopen: Step<CodeMemory> = {
  read: readCode,
  async show(turn, { code }) {
    const { texts } = turn.services;
    const own = await ownReport(turn, code);
    if (own === undefined) return { go: 'feedback.mine' };
    if (own.reopening === true) return { say: [say(texts.format(T.reopenWaits, { code }), [menuChoice(texts)])] };
    if (!canReopen(own))
      return {
        say: [say(texts.format(T.reopenNotAnswered, { code }), [choice(texts.format(T.see), `feedback.show:${code}`)])],
      };
    const choices: Choice[] = [
      choice(texts.format(T.reopenConfirm), `feedback.reopen-now:${code}`),
      staffChoice(texts),
      menuChoice(texts),
    ];
    return { say: [say(texts.format(T.reopen, { code }), choices)], wait: { code } };
  },
  hear(_turn, heard, { code }) {
    if (isElsewhere(heard)) return undefined;
    return heard.plain === 'co' || heard.meaning.intent === 'affirm'
      ? { go: `feedback.reopen-now:${code}` }
      : undefined;
  },
};

/** Stored and queued; whether the time for it has passed is the portal's to say. */
export const reopenNow: Step<CodeMemory> = {
  passing: true,
  acts: true,
  read: readCode,
  async show(turn, { code }) {
    const { texts } = turn.services;
    const own = await ownReport(turn, code);
    const { progress } = own ?? {};
    if (own === undefined || progress === undefined || own.reopening === true || !canReopen(own))
      return { go: `feedback.reopen:${code}` };
    const report: Report = { ...own, reopening: true, changedAt: turn.now };
    const key = `${code}:reopen:${own.reopened + 1}`;
    return {
      say: [say(texts.format(T.reopenSent, { code }), [menuChoice(texts)])],
      effects: [
        { type: 'record', change: putDocument(FEEDBACK, code, report) },
        {
          type: 'append',
          lane: systemLane('portal', code),
          at: turn.now,
          body: {
            kind: 'portal-task',
            task: 'reopen-feedback',
            data: { code, portalCode: progress.code, lane: turn.lane, key },
          },
        },
      ],
    };
  },
};

async function ownReport(turn: Turn, code: string): Promise<Report | undefined> {
  await turn.recordsSettled();
  const found = await turn.services.documents.get(FEEDBACK, code);
  return found?.lane === turn.lane ? found.body : undefined;
}
