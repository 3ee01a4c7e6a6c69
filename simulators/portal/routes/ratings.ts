// POST /ratings: a citizen's rating of a dossier, an agency, the bot or an answered feedback.
import { idempotencyKey, jsonBody, ok, parseJson, type Route } from '../http.js';
import type { Portal } from '../portal.js';
import { Problem } from '../problem.js';
import { type Rating, ratingSchema } from '../schemas.js';
import type { PortalState } from '../state.js';

export function ratingRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'POST',
      path: '/ratings',
      body: jsonBody,
      handle(request) {
        const key = idempotencyKey(request);
        const { keys, ratings } = portal.state;
        if (keys.ratings.recall(key, request.body) !== undefined) return ok({ stored: true });
        const rating = parseJson(request.body, ratingSchema);
        checkSubject(rating, portal.state);
        ratings.push(rating);
        keys.ratings.remember(key, request.body, true);
        return { status: 201, body: { stored: true } };
      },
    },
  ];
}

/** A rating must say what it is about: a dossier or feedback that exists, or a named agency. */
function checkSubject({ subject }: Rating, state: PortalState): void {
  const { kind, code = '', agency } = subject;
  const known =
    kind === 'bot' ||
    (kind === 'agency' && agency !== undefined) ||
    (kind === 'dossier' && state.dossiers.has(code)) ||
    (kind === 'feedback' &&
      (state.feedback.has(code) || [...state.feedback.values()].some((one) => one.feedback.clientCode === code)));
  if (!known) throw new Problem(422, 'unknown-subject', `The rated ${kind} is missing or not known`);
}
