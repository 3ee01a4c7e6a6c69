// A rating is kept from the first tap on; what is added later changes it. The portal gets it once, when the citizen is done or
// has fallen silent, and anew when it is changed after that.
import { MINUTE } from '../../lib/clock.js';
import { systemLane } from '../../lib/ids.js';
import type { JsonObject } from '../../lib/json.js';
import { putDocument, type StoredDocument } from '../../records/documents.js';
import {
  CHANGEABLE_FOR,
  plainRatingId,
  RATING,
  type Rating,
  type RatingSubject,
  ratedBy,
  ratingId,
} from '../../records/rating.js';
import type { Effect } from '../../turns/turn.js';
import type { StepResult, Turn } from '../flow.js';

/** After this silence what was said so far goes to the portal. */
export const SENT_AFTER = 10 * MINUTE;
export const SEND_TIMER = 'rating-send';
/** More are not begun within the time. */
const MOST_WAITING = 50;

export async function ratingOf(turn: Turn, subject: RatingSubject): Promise<Rating | undefined> {
  const { lane, services } = turn;
  await turn.recordsSettled();
  const hashes = services.ratingKeys.all(ratedBy(lane, subject));
  for (const id of [...hashes.map(ratingId), plainRatingId(lane, subject)]) {
    const found = await services.documents.get(RATING, id);
    if (found !== undefined) return found.body;
  }
  return undefined;
}

function idOf({ lane }: Pick<Turn, 'lane'>, { id, subject }: Rating): string {
  return id ?? plainRatingId(lane, subject);
}

export function changeable({ at }: Rating, now: number): boolean {
  return now - at < CHANGEABLE_FOR;
}

export function newRating(turn: Turn, subject: RatingSubject, score: number, agency: string | undefined): Rating {
  const { lane, services } = turn;
  return {
    id: ratingId(services.ratingKeys.current(ratedBy(lane, subject))),
    subject,
    ...(agency === undefined ? {} : { agency }),
    score,
    criteria: {},
    questionnaire: services.questionnaire.version,
    at: turn.now,
    changedAt: turn.now,
    revision: 1,
    sent: 0,
  };
}

export function changedRating(
  before: Rating,
  change: Partial<Pick<Rating, 'score' | 'criteria' | 'comment'>>,
  now: number,
): Rating {
  return { ...before, ...change, changedAt: now, revision: before.revision + 1 };
}

/** Keeps it, and hands it over later unless the citizen ends it sooner. */
export function kept(turn: Turn, rating: Rating): Pick<StepResult, 'effects' | 'timers'> {
  const later = { type: 'set', name: SEND_TIMER, dueAt: turn.now + SENT_AFTER } as const;
  return { effects: [put(turn, rating)], ...(turn.services.portal.configured ? { timers: [later] } : {}) };
}

/** Keeps it and hands it over for the portal now, if there is anything new. */
export function handedOver(turn: Turn, rating: Rating): Effect[] {
  if (!turn.services.portal.configured || rating.sent === rating.revision) return [put(turn, rating)];
  const id = idOf(turn, rating);
  const data = { key: `${id}:${rating.revision}`, rating: report(id, rating) };
  return [
    put(turn, { ...rating, sent: rating.revision }),
    {
      type: 'append',
      lane: systemLane('portal', id),
      at: turn.now,
      body: { kind: 'portal-task', task: 'send-rating', data },
    },
  ];
}

/** The timer: every rating of this lane that the portal has not got as it is now. */
export async function handOverWaiting(turn: Turn): Promise<StepResult> {
  await turn.recordsSettled();
  const page = await turn.services.documents.find(RATING, {
    index: 'lane',
    under: [turn.lane],
    order: 'down',
    limit: MOST_WAITING,
  });
  const waiting = page.documents.filter(({ body }: StoredDocument<Rating>) => body.sent !== body.revision);
  return { effects: waiting.flatMap(({ body }) => handedOver(turn, body)) };
}

function put(turn: Turn, rating: Rating): Effect {
  return { type: 'record', change: putDocument(RATING, idOf(turn, rating), rating) };
}

/** As the portal's contract has it (portal/portal.ts, RatingReport). A talk in the chat counts as the chat's. */
function report(id: string, { subject: { kind, code }, agency, score, criteria, comment, at }: Rating): JsonObject {
  const subject: JsonObject =
    kind === 'agency'
      ? { kind, agency: code }
      : kind === 'handover'
        ? { kind: 'bot', code: id }
        : kind === 'bot'
          ? { kind }
          : { kind, code, ...(agency === undefined ? {} : { agency }) };
  return {
    subject,
    score,
    ...(Object.keys(criteria).length === 0 ? {} : { criteria }),
    ...(comment === undefined ? {} : { comment }),
    createdAt: at,
  };
}
