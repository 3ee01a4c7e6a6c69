// The portal without HTTP: its parts in one place, and what can happen to it from outside the contract (a state changes,
// a procedure is withdrawn, news appear), each told to the bot by webhook. Used by the control routes and by tests.
import { addWorkingDays, isoTime } from './calendar.js';
import type { SimulatedClock } from './clock.js';
import { changeStatus, type StatusChange } from './dossier-status.js';
import type { Faults } from './faults.js';
import { notFound } from './problem.js';
import type { SampleData } from './sample-data.js';
import type { Dossier, FeedbackState, FeedbackStatus, NewsItem, Procedure, WebhookEvent } from './schemas.js';
import { createState, type PortalState } from './state.js';
import type { DeliveryReport, WebhookSender } from './webhook.js';

export interface Portal {
  clock: SimulatedClock;
  faults: Faults;
  webhook: WebhookSender;
  sample: SampleData;
  /** Replaced as a whole by a reset. */
  state: PortalState;
}

/** What changed, and what became of telling the bot; no delivery when it was not to be told. */
export interface Outcome<T> {
  changed: T;
  event: WebhookEvent;
  delivery?: DeliveryReport;
}

/** Changes a dossier's state and makes the event; sending is the caller's, who may want to do it late or twice. */
export function changeDossier(portal: Portal, code: string, change: StatusChange): Outcome<Dossier> {
  const record = portal.state.dossiers.get(code);
  if (record === undefined) throw notFound('This dossier');
  const now = portal.clock.now();
  const proposed = { ...change };
  if (change.status === 2 && record.dossier.dueAt === undefined) proposed.dueAt ??= isoTime(addWorkingDays(now, 5));
  record.dossier = changeStatus(record.dossier, proposed, now, portal.sample.texts);
  const { applicant: _applicant, ...told } = record.dossier;
  const data = { ...told, applicantPhone: record.applicant.phone };
  return { changed: record.dossier, event: portal.webhook.create('dossier.status-changed', data, now) };
}

export function changeFeedback(
  portal: Portal,
  code: string,
  change: { status: FeedbackState; answer?: string | undefined; agency?: string | undefined },
): Outcome<FeedbackStatus> {
  const record = portal.state.feedback.get(code);
  if (record === undefined) throw notFound('This feedback');
  const now = portal.clock.now();
  record.status = { ...record.status, status: change.status, updatedAt: isoTime(now) };
  if (change.answer !== undefined) record.status.answer = change.answer;
  if (change.agency !== undefined) record.status.agency = change.agency;
  if (change.status === 'answered') record.answeredAt = now;
  return { changed: record.status, event: portal.webhook.create('feedback.status-changed', record.status, now) };
}

/** Puts a procedure in, new or changed; the next sync and an event carry it. */
export function putProcedure(portal: Portal, procedure: Procedure): Outcome<Procedure> {
  const now = portal.clock.now();
  const changed = { ...procedure, updatedAt: isoTime(now) };
  portal.state.procedures.set(changed.code, changed);
  portal.state.removedProcedures.delete(changed.code);
  return { changed, event: portal.webhook.create('procedure.changed', changed, now) };
}

/** Takes a procedure away; the next sync names it under `removed`, the event carries it with `removed: true`. */
export function removeProcedure(portal: Portal, code: string): Outcome<Procedure> {
  const changed = portal.state.procedures.get(code);
  if (changed === undefined) throw notFound('This procedure');
  const now = portal.clock.now();
  portal.state.procedures.delete(code);
  portal.state.removedProcedures.set(code, now);
  return { changed, event: portal.webhook.create('procedure.changed', { ...changed, removed: true }, now) };
}

export function publishItem(portal: Portal, item: Omit<NewsItem, 'publishedAt'>): Outcome<NewsItem> {
  const now = portal.clock.now();
  const changed = { ...item, publishedAt: isoTime(now) };
  portal.state.news = [changed, ...portal.state.news.filter((known) => known.id !== item.id)];
  return { changed, event: portal.webhook.create('news.published', changed, now) };
}

/** Sends the outcome's event unless `notify` is false. */
export async function tell<T>(portal: Portal, outcome: Outcome<T>, notify = true): Promise<Outcome<T>> {
  return notify ? { ...outcome, delivery: await portal.webhook.send(outcome.event) } : outcome;
}

/** Everything as at the start: sample data counted from now, no faults, the real time, nothing waiting to be sent. */
export function resetPortal(portal: Portal): void {
  portal.clock.reset();
  portal.faults.clear();
  portal.webhook.clear();
  portal.state = createState(portal.sample, portal.clock.now());
}
