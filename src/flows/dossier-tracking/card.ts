// A dossier in plain words: what anybody with the code may know, and what only the applicant may. Pure.
import type { WorkingDays } from '../../lib/working-days.js';
import type { Dossier } from '../../portal/portal.js';
import { vnClock, vnDate } from '../dates.js';
import { shortened } from '../paging.js';
import type { TextKey, Texts } from '../texts.js';
import { dueOf, isOverdue } from './due.js';
import { DOSSIER } from './texts.js';

const STATES: Readonly<Record<number, readonly [TextKey, TextKey]>> = {
  1: [DOSSIER.state1, DOSSIER.next1],
  2: [DOSSIER.state2, DOSSIER.next2],
  3: [DOSSIER.state3, DOSSIER.next3],
  4: [DOSSIER.state4, DOSSIER.next4],
  5: [DOSSIER.state5, DOSSIER.next5],
  6: [DOSSIER.state6, DOSSIER.next6],
  7: [DOSSIER.state7, DOSSIER.next7],
  8: [DOSSIER.state8, DOSSIER.next8],
  9: [DOSSIER.state9, DOSSIER.next9],
  10: [DOSSIER.state10, DOSSIER.next10],
};
const NAME = 160;
const HISTORY = 5;

/** The state in plain words; a state that the national list does not have in the portal's own. */
export function statusWords(texts: Texts, dossier: Dossier): string {
  const words = STATES[dossier.status]?.[0];
  return words === undefined ? texts.format(DOSSIER.stateUnknown, { label: dossier.statusLabel }) : texts.format(words);
}

export function dossierCard(texts: Texts, dossier: Dossier, now: number, calendar: WorkingDays): string {
  const { acceptedAt, dueAt, finishedAt, collectAt } = dossier;
  return joined([
    texts.format(DOSSIER.head, { code: dossier.code, procedure: shortened(dossier.procedureName, NAME) }),
    texts.format(DOSSIER.status, { status: statusWords(texts, dossier) }),
    texts.format(DOSSIER.agency, { agency: dossier.agency }),
    texts.format(DOSSIER.submitted, { date: vnDate(dossier.submittedAt) }),
    acceptedAt === undefined ? undefined : texts.format(DOSSIER.accepted, { date: vnDate(acceptedAt) }),
    dueAt === undefined ? undefined : texts.format(DOSSIER.due, { date: vnDate(dueAt) }),
    finishedAt === undefined ? undefined : texts.format(DOSSIER.finished, { date: vnDate(finishedAt) }),
    dueLine(texts, dossier, now, calendar),
    collectAt === undefined ? undefined : texts.format(DOSSIER.collectAt, { place: collectAt }),
    '',
    nextLine(texts, dossier, now, calendar),
    texts.format(DOSSIER.source, { time: vnClock(now) }),
  ]);
}

/** The short answer to "how much longer?": the state, the day and what stands in the way. */
export function dossierWhen(texts: Texts, dossier: Dossier, now: number, calendar: WorkingDays): string {
  const { code, dueAt, finishedAt, collectAt } = dossier;
  const waits = finishedAt === undefined && dueAt !== undefined;
  return joined([
    texts.format(DOSSIER.when, { code, status: statusWords(texts, dossier) }),
    waits ? texts.format(DOSSIER.due, { date: vnDate(dueAt) }) : undefined,
    finishedAt === undefined ? undefined : texts.format(DOSSIER.finished, { date: vnDate(finishedAt) }),
    dueLine(texts, dossier, now, calendar),
    waits || finishedAt !== undefined ? undefined : texts.format(DOSSIER.noDueDate),
    collectAt === undefined ? undefined : texts.format(DOSSIER.collectAt, { place: collectAt }),
    '',
    nextLine(texts, dossier, now, calendar),
  ]);
}

function joined(lines: (string | undefined)[]): string {
  return lines
    .filter((line) => line !== undefined)
    .join('\n')
    .trimEnd();
}

/** What comes next; "wait for the appointment" would be wrong once it has passed. */
function nextLine(texts: Texts, dossier: Dossier, now: number, calendar: WorkingDays): string | undefined {
  if (isOverdue(dossier, now, calendar)) return texts.format(DOSSIER.apology);
  const next = STATES[dossier.status]?.[1];
  return next === undefined ? undefined : texts.format(next);
}

function dueLine(texts: Texts, dossier: Dossier, now: number, calendar: WorkingDays): string | undefined {
  const due = dueOf(dossier, now, calendar);
  switch (due.is) {
    case 'none':
      return undefined;
    case 'paused':
      return texts.format(DOSSIER.paused);
    case 'today':
      return texts.format(DOSSIER.dueToday);
    case 'early':
      return texts.format(DOSSIER.finishedEarly);
    case 'on-time':
      return texts.format(DOSSIER.finishedOnTime);
    case 'left': {
      const left = texts.format(due.about ? DOSSIER.daysLeftAbout : DOSSIER.daysLeft, { days: due.days });
      return due.opens === undefined
        ? left
        : `${texts.format(DOSSIER.dueOnDayOff, { date: vnDate(due.opens) })}\n${left}`;
    }
    case 'late':
      if (due.days === 0) return texts.format(DOSSIER.finishedLateNow);
      return texts.format(due.about ? DOSSIER.finishedLateAbout : DOSSIER.finishedLate, { days: due.days });
    case 'overdue':
      if (due.days === 0) return texts.format(DOSSIER.overdueNow);
      return texts.format(due.about ? DOSSIER.overdueAbout : DOSSIER.overdue, { days: due.days });
  }
}

/** "Nguyễn Văn An" → "N*** V** A*": enough for its owner to recognise. */
export function maskedName(name: string): string {
  return name
    .trim()
    .split(/\s+/)
    .map((word) => {
      const [first = '', ...rest] = [...word];
      return first + '*'.repeat(Math.min(rest.length, 3));
    })
    .join(' ');
}

/** What only the applicant may see. Call it after the portal accepted the proof. */
export function personalPart(texts: Texts, code: string, personal: NonNullable<Dossier['personal']>): string {
  const { applicantName, statusReason, missingDocuments, fee, history } = personal;
  const lines = [
    applicantName ? texts.format(DOSSIER.applicant, { name: maskedName(applicantName) }) : undefined,
    statusReason ? texts.format(DOSSIER.reason, { reason: statusReason }) : undefined,
    missingDocuments.length === 0
      ? undefined
      : texts.format(DOSSIER.missing, {
          list: missingDocuments.map((name) => texts.format(DOSSIER.missingLine, { name })).join('\n'),
        }),
    ...feeLines(texts, fee),
    historyLines(texts, history),
  ].filter((line) => line !== undefined);
  if (lines.length === 0) return texts.format(DOSSIER.noDetail, { code });
  return [texts.format(DOSSIER.proven, { code }), ...lines].join('\n');
}

function feeLines(texts: Texts, fee: NonNullable<Dossier['personal']>['fee']): (string | undefined)[] {
  if (fee?.amount === undefined) return [];
  if (fee.paid === true) return [texts.format(DOSSIER.feePaid, { amount: fee.amount })];
  const official = fee.payUrl?.startsWith('https://') === true ? fee.payUrl : undefined;
  return [
    texts.format(DOSSIER.feeUnpaid, { amount: fee.amount }),
    official === undefined ? undefined : texts.format(DOSSIER.payAt, { url: official }),
  ];
}

function historyLines(texts: Texts, history: NonNullable<Dossier['personal']>['history']): string | undefined {
  const steps = history
    .map(({ at, status, note }) => {
      const state = status === undefined ? undefined : STATES[status]?.[0];
      const said = note ?? (state === undefined ? undefined : texts.format(state));
      return said === undefined ? undefined : texts.format(DOSSIER.historyLine, { date: vnDate(at), note: said });
    })
    .filter((line) => line !== undefined)
    .slice(-HISTORY);
  return steps.length === 0 ? undefined : texts.format(DOSSIER.history, { list: steps.join('\n') });
}
