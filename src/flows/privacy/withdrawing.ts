// Taking an agreement back, purpose by purpose: what follows at once here, and what others have to do.
import { systemLane } from '../../lib/ids.js';
import { consentOf, consentRecord, PURPOSES, type Purpose } from '../../records/consent.js';
import { putDocument, type StoredDocument } from '../../records/documents.js';
import { FEEDBACK, type Report } from '../../records/feedback.js';
import type { Effect } from '../../turns/turn.js';
import { vnDate } from '../dates.js';
import type { Turn } from '../flow.js';
import { ending, consent as noticesConsent, subscriptionsOf } from '../notify/subscriptions.js';
import { serviceFacts } from '../service/texts.js';
import { requested } from './requests.js';
import { PRIVACY } from './texts.js';

const MOST_REPORTS = 200;

/** What the citizen agrees to as things stand. */
export async function agreements(turn: Turn): Promise<Purpose[]> {
  await turn.recordsSettled();
  const { documents } = turn.services;
  const given = await Promise.all(
    PURPOSES.map(async (purpose) => {
      if ((await consentOf(documents, turn.lane, purpose))?.given === true) return true;
      return purpose === 'notices' ? (await subscriptionsOf(turn)).length > 0 : (await published(turn)).length > 0;
    }),
  );
  return PURPOSES.filter((_purpose, i) => given[i]);
}

/** The records of a withdrawal, and what to tell of it. */
export async function withdrawn(turn: Turn, purpose: Purpose): Promise<{ text: string; effects: Effect[] }> {
  await turn.recordsSettled();
  return purpose === 'notices' ? withdrawnNotices(turn) : withdrawnPublishing(turn);
}

async function withdrawnNotices(turn: Turn): Promise<{ text: string; effects: Effect[] }> {
  const { id, effect } = requested(turn, 'withdraw', { purpose: 'notices' });
  const effects = [...ending(await subscriptionsOf(turn)), ...(await noticesConsent(turn, false)), effect];
  return { text: turn.services.texts.format(PRIVACY.withdrawnNotices, { code: id }), effects };
}

/** What a report that waits for the portal is changed by before it leaves. */
export function takenBack({ now }: Pick<Turn, 'now'>, code: string, take: 'consent' | 'all'): Effect {
  const body = { kind: 'portal-task', task: 'amend-feedback', data: { code, take } } as const;
  return { type: 'append', lane: systemLane('portal', code), at: now, body };
}

/** What the portal has it may show already: taking it down there is up to staff, with a due date. */
async function withdrawnPublishing(turn: Turn): Promise<{ text: string; effects: Effect[] }> {
  const { services, lane, now, eventId } = turn;
  const { texts, documents } = services;
  const reports = await published(turn);
  const open = reports.some(({ body }) => body.delivery === 'sent');
  const shown = reports.filter(({ body }) => body.progress?.status === 'published').length;
  const { id: code, request, effect } = requested(turn, 'withdraw', { purpose: 'publish-feedback', open });
  const hidden = reports.map(({ id, body }): Effect => {
    const report: Report = { ...body, publishConsent: false, changedAt: now };
    return { type: 'record', change: putDocument(FEEDBACK, id, report) };
  });
  const change = consentRecord(lane, await consentOf(documents, lane, 'publish-feedback'), {
    purpose: 'publish-feedback',
    given: false,
    now,
    words: texts.format(PRIVACY.withdrawWords),
    event: eventId,
  });
  const { answerBy, doneBy } = request;
  const due = {
    code,
    answerBy: vnDate(answerBy),
    doneBy: vnDate(doneBy),
    portal: serviceFacts(texts).portal,
  };
  const text =
    shown > 0
      ? texts.format(PRIVACY.withdrawnShown, { ...due, count: shown })
      : open
        ? texts.format(PRIVACY.withdrawnPublished, due)
        : texts.format(PRIVACY.withdrawnPublish, { code });
  const record: Effect[] = change === undefined ? [] : [{ type: 'record', change }];
  const waiting = reports
    .filter(({ body }) => body.delivery === 'queued')
    .map(({ id }) => takenBack(turn, id, 'consent'));
  return { text, effects: [...hidden, ...waiting, ...record, effect] };
}

/** Reports that the portal has not got yet. */
export async function queuedReports({
  services: { documents },
  lane,
}: Pick<Turn, 'lane'> & { services: Pick<Turn['services'], 'documents'> }): Promise<string[]> {
  const page = await documents.find(FEEDBACK, { index: 'lane', under: [lane], order: 'down', limit: MOST_REPORTS });
  return page.documents.filter(({ body }) => body.delivery === 'queued').map(({ id }) => id);
}

async function published({ services: { documents }, lane }: Turn): Promise<StoredDocument<Report>[]> {
  const page = await documents.find(FEEDBACK, { index: 'lane', under: [lane], order: 'down', limit: MOST_REPORTS });
  return page.documents.filter(({ body }) => body.publishConsent);
}
