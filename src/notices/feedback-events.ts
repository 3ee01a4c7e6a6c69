// The portal announces a new state of a report: which of ours it is, and into which citizen's lane the news goes.
import { HOUR, MINUTE, SECOND } from '../lib/clock.js';
import type { Json, JsonObject } from '../lib/json.js';
import type { Documents } from '../records/documents.js';
import { FEEDBACK } from '../records/feedback.js';
import type { Effect, TimerChange, TurnRequest } from '../turns/turn.js';
import { noticeTo } from './portal-tasks/notice.js';

export const LOOK_AGAIN = 'look-again';
/** An event may overtake the portal's answer to the report itself; who is unknown after this was not reported here. */
const LOOKS = [10 * SECOND, MINUTE, 10 * MINUTE, HOUR];

type Unplaced = { code: string; status: JsonObject; occurredAt: number };

export interface FeedbackEventTurn {
  data: JsonObject;
  effects: Effect[];
  timers: TimerChange[];
}

/** `feedback.status-changed` came, or `look-again` fell due. */
export async function followFeedback(
  { event, data, now }: TurnRequest,
  documents: Pick<Documents, 'get' | 'find'>,
): Promise<FeedbackEventTurn> {
  const { body } = event;
  const kept = unplacedIn(data);
  const { unplaced: _unplaced, looks: _looks, ...rest } = data;
  const fresh = body.kind === 'portal-event' ? statusIn(body.data, body.occurredAt) : undefined;
  const all = fresh === undefined ? kept : [...kept, fresh];
  const code = all[0]?.code;
  if (code === undefined) return { data: rest, effects: [], timers: [] };
  const found = await reportOf(code, documents);
  if (found !== undefined) {
    const effects = all.map(({ status, occurredAt }) =>
      noticeTo(found.lane, now, 'feedback.status', { code: found.id, status, occurredAt }),
    );
    return { data: rest, effects, timers: [] };
  }
  const looks = body.kind === 'timer' && typeof data.looks === 'number' ? data.looks : 0;
  const wait = LOOKS[looks];
  if (wait === undefined) return { data: rest, effects: [], timers: [] };
  return {
    data: { ...rest, unplaced: all as Json, looks: looks + 1 },
    effects: [],
    timers: [{ type: 'set', name: LOOK_AGAIN, dueAt: now + wait }],
  };
}

/** By the portal's code, or by ours where the portal speaks of it. */
async function reportOf(code: string, documents: Pick<Documents, 'get' | 'find'>) {
  const { documents: mapped } = await documents.find(FEEDBACK, { index: 'portal', under: [code], limit: 1 });
  return mapped[0] ?? (await documents.get(FEEDBACK, code));
}

function statusIn(data: JsonObject, occurredAt: number): Unplaced | undefined {
  return typeof data.code === 'string' ? { code: data.code, status: data, occurredAt } : undefined;
}

function unplacedIn({ unplaced }: JsonObject): Unplaced[] {
  // Written by this code into this lane's state: its shape is known.
  return Array.isArray(unplaced) ? (unplaced as Unplaced[]) : [];
}
