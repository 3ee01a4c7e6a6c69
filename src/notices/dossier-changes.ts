// The portal announces a dossier's change: what is new about it by this lane's own memory, and a notice into the lane of
// everybody who follows it. Whether and how they are told is decided in their turns.

import {
  changeData,
  DOSSIER_CHANGED,
  type DossierChange,
  type KnownState,
  newsOf,
  readChange,
  stateOf,
} from '../flows/notify/change.js';
import { DOSSIER_FOLLOWED } from '../flows/notify/subscriptions.js';
import type { LaneId } from '../lib/ids.js';
import { addressOf } from '../lib/ids.js';
import type { JsonObject } from '../lib/json.js';
import type { KeyedHash } from '../lib/keyed-hash.js';
import type { Portal } from '../portal/portal.js';
import type { DocumentQuery, Documents } from '../records/documents.js';
import { SUBSCRIPTION } from '../records/subscription.js';
import type { Effect, TimerChange, TurnRequest } from '../turns/turn.js';

export const FAN_OUT = 'fan-out';
/** Notices that one turn hands out; the rest follows in turns of its own, so that other lanes get theirs in between. */
const PAGE = 200;

/** What this lane keeps: the newest change, and where handing it out stopped. */
type Memory = { change?: JsonObject; left?: { key: number; after?: string } };

export interface DossierChangeServices {
  documents: Pick<Documents, 'find'>;
  dossierKeys: Pick<KeyedHash, 'all'>;
  /** Asked which of two changes of the same moment came last. */
  portal: Pick<Portal, 'dossier'>;
}

interface LaneTurn {
  data: JsonObject;
  effects: Effect[];
  timers: TimerChange[];
}

/** Whether this turn is about a dossier that somebody may follow. */
export function isAboutDossier({ event: { body } }: TurnRequest): boolean {
  switch (body.kind) {
    case 'portal-event':
      return body.type === 'dossier.status-changed';
    case 'portal-task':
      return body.task === DOSSIER_FOLLOWED;
    case 'timer':
      return body.name === FAN_OUT;
    default:
      return false;
  }
}

export async function followDossier(request: TurnRequest, services: DossierChangeServices): Promise<LaneTurn> {
  const { body } = request.event;
  const { data } = request;
  const memory = memoryOf(data);
  if (body.kind === 'portal-task') return { data, effects: catchUp(body.data, memory, request.now), timers: [] };
  if (body.kind === 'timer') {
    if (memory.left === undefined) return { data, effects: [], timers: [] };
    return handOut(request, memory, services);
  }
  if (body.kind !== 'portal-event') return { data, effects: [], timers: [] };
  const announced = readChange({ ...body.data, at: body.occurredAt });
  if (announced === undefined) return { data, effects: [], timers: [] };
  const before = readChange(memory.change);
  const change = before?.at === announced.at ? await latest(announced, request, services) : announced;
  if (newsOf(before === undefined ? undefined : stateOf(before), stateOf(change)) !== 'news') {
    return { data: { ...data, dossier: remembered(newest(before, change), memory.left) }, effects: [], timers: [] };
  }
  // Who has not heard of the change before this one hears of this one alone.
  return handOut(request, { change: changeData(change), left: { key: 0 } }, services);
}

/** Of two changes in the same moment nobody can tell which came last but the portal; where it is silent, the one that came last. */
async function latest(
  change: DossierChange,
  { signal }: TurnRequest,
  { portal }: DossierChangeServices,
): Promise<DossierChange> {
  const answer = await portal.dossier(change.dossier.code, undefined, signal);
  if (answer.result !== 'found') return change;
  return readChange(changeData({ dossier: answer.dossier, at: change.at })) ?? change;
}

/** The same state said again later is newer all the same: what is older than that is old. */
function newest(before: DossierChange | undefined, change: DossierChange): DossierChange {
  return before === undefined || change.at >= before.at ? change : before;
}

async function handOut(
  { data, now }: TurnRequest,
  { change = {}, left }: Memory,
  { documents, dossierKeys }: DossierChangeServices,
): Promise<LaneTurn> {
  const newestChange = readChange(change);
  const keys = dossierKeys.all(newestChange?.dossier.code.toUpperCase() ?? '');
  const effects: Effect[] = [];
  let at = left;
  while (at !== undefined && effects.length < PAGE) {
    const query: DocumentQuery = {
      index: 'dossier',
      under: [keys[at.key] ?? ''],
      limit: PAGE - effects.length,
      ...(at.after === undefined ? {} : { after: at.after }),
    };
    const { documents: found, next } = await documents.find(SUBSCRIPTION, query);
    effects.push(...found.map(({ lane }) => noticeTo(lane, now, change)));
    at = next === undefined ? following(at.key, keys) : { key: at.key, after: next };
  }
  return {
    data: { ...data, dossier: remembered(newestChange, at) },
    effects,
    timers: at === undefined ? [] : [{ type: 'set', name: FAN_OUT, dueAt: now }],
  };
}

function following(key: number, keys: readonly string[]): Memory['left'] {
  return key + 1 < keys.length ? { key: key + 1 } : undefined;
}

/** Somebody follows this dossier from now on: something newer than they know may have come while they agreed. */
function catchUp(data: JsonObject, { change }: Memory, now: number): Effect[] {
  const latest = readChange(change);
  const { lane, known } = data;
  if (latest === undefined || typeof lane !== 'string' || addressOf(lane as LaneId) === undefined) return [];
  // Written by the subscriber's turn: its shape is known.
  if (newsOf(known as KnownState, stateOf(latest)) !== 'news') return [];
  return [noticeTo(lane as LaneId, now, changeData(latest))];
}

function noticeTo(lane: LaneId, at: number, data: JsonObject): Effect {
  return { type: 'append', lane, at, body: { kind: 'notice', name: DOSSIER_CHANGED, data } };
}

function memoryOf({ dossier }: JsonObject): Memory {
  // Written by this code into this lane's state: its shape is known.
  return (dossier as Memory | undefined) ?? {};
}

function remembered(change: DossierChange | undefined, left: Memory['left']): JsonObject {
  return {
    ...(change === undefined ? {} : { change: changeData(change) }),
    ...(left === undefined ? {} : { left: left as JsonObject }),
  };
}
