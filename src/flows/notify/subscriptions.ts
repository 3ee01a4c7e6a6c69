// A citizen's subscriptions: reading them, and the records that make, change and end them.
import { DAY, MINUTE } from '../../lib/clock.js';
import { systemLane } from '../../lib/ids.js';
import type { JsonObject } from '../../lib/json.js';
import type { Dossier } from '../../portal/portal.js';
import { consentOf, consentRecord } from '../../records/consent.js';
import { putDocument, removeDocument, type StoredDocument } from '../../records/documents.js';
import { SUBSCRIPTION, type Subscription, subscriptionId } from '../../records/subscription.js';
import type { Effect } from '../../turns/turn.js';
import type { StepResult, Turn } from '../flow.js';
import { shortened } from '../paging.js';
import { isFinal, type KnownState } from './change.js';
import { NOTIFY } from './texts.js';

export const MOST_SUBSCRIPTIONS = 10;
/** A dossier that came to its end is kept this long for events that come late. */
const LATE_EVENTS = 30 * DAY;
/** The portal's clock and the age of its answer: a change that happened this shortly before is still told. */
const CLOCKS_DIFFER = 5 * MINUTE;
const NAME = 160;

/** Notice that says nothing: DATA_KEY changed, and with it what the subscription is found under. */
export const SUBSCRIPTION_REKEYED = 'subscription.rekeyed';

/** Task in the portal's lane: somebody follows this dossier from now on. */
export const DOSSIER_FOLLOWED = 'dossier.followed';

type Stored = StoredDocument<Subscription>;

/** This lane's subscription to the dossier, ended ones too. */
export async function subscriptionTo(turn: Turn, code: string): Promise<Stored | undefined> {
  const { documents, notices } = turn.services;
  await turn.recordsSettled();
  for (const key of notices.dossierKeys.all(code)) {
    const found = await documents.get(SUBSCRIPTION, subscriptionId(turn.lane, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Oldest first. */
export async function subscriptionsOf(turn: Turn): Promise<Stored[]> {
  await turn.recordsSettled();
  const query = { index: 'lane', under: [turn.lane], limit: MOST_SUBSCRIPTIONS } as const;
  return (await turn.services.documents.find(SUBSCRIPTION, query)).documents;
}

export async function agreed(turn: Turn): Promise<boolean> {
  await turn.recordsSettled();
  return (await consentOf(turn.services.documents, turn.lane, 'notices'))?.given === true;
}

/** The subscription, the consent, and word to the portal's lane, which may know of something newer. */
export async function subscribing(turn: Turn, dossier: Dossier): Promise<Effect[]> {
  const { services, lane, now } = turn;
  const { code, status, dueAt, procedureName } = dossier;
  const key = services.notices.dossierKeys.current(code);
  const known: KnownState = { status, ...(dueAt === undefined ? {} : { dueAt }), at: now - CLOCKS_DIFFER };
  const body: Subscription = { code, procedure: shortened(procedureName, NAME), key, since: now, known };
  const data = { code, lane, known };
  return [
    { type: 'record', change: putDocument(SUBSCRIPTION, subscriptionId(lane, key), body) },
    ...(await consent(turn, true)),
    {
      type: 'append',
      lane: systemLane('portal', code),
      at: now,
      body: { kind: 'portal-task', task: DOSSIER_FOLLOWED, data },
    },
  ];
}

/** After a change was decided about: what the citizen knows now, and the end when nothing can follow. */
export function moved(turn: Turn, { id, body }: Stored, known: KnownState, invited: boolean): Effect[] {
  const { lane, services, now } = turn;
  const key = services.notices.dossierKeys.current(body.code);
  const next: Subscription = {
    ...body,
    key,
    known,
    ...(invited ? { invited: true } : {}),
    ...(isFinal(known) ? { endsAt: now + LATE_EVENTS } : {}),
  };
  const current = subscriptionId(lane, key);
  return [
    // Written under an older DATA_KEY: it moves to the one in use.
    ...(current === id ? [] : [{ type: 'record' as const, change: removeDocument(SUBSCRIPTION, id) }]),
    { type: 'record', change: putDocument(SUBSCRIPTION, current, next) },
  ];
}

export function ending(subscriptions: readonly Stored[]): Effect[] {
  return subscriptions.map(({ id }) => ({ type: 'record', change: removeDocument(SUBSCRIPTION, id) }));
}

/** Nothing where nothing changes. */
export async function consent(turn: Turn, given: boolean): Promise<Effect[]> {
  const { services, lane, now, eventId } = turn;
  const before = await consentOf(services.documents, lane, 'notices');
  if (before === undefined && !given) return [];
  const words = services.texts.format(NOTIFY.agreeVersion);
  const change = consentRecord(lane, before, { purpose: 'notices', given, now, words, event: eventId });
  return change === undefined ? [] : [{ type: 'record', change }];
}

/** The subscription written anew under the key in use. */
export async function rekeyed(turn: Turn, { code }: JsonObject): Promise<StepResult | undefined> {
  const found = typeof code === 'string' ? await subscriptionTo(turn, code) : undefined;
  return found === undefined ? undefined : { effects: moved(turn, found, found.body.known, false) };
}
