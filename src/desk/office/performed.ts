// What an action in a lane becomes as an answer of the desk.
import type { Performed } from '../actions.js';
import type { DeskAnswer } from '../route.js';

/** `json` for what was done; 409 with the lane's reason for a refusal; 503 for a lane that has not answered in time. */
export function answerOf(performed: Performed | 'slow', json: () => object): DeskAnswer {
  if (performed === 'slow') return { status: 503, error: 'desk.slow' };
  const { outcome, detail } = performed;
  if (outcome === 'done') return { status: 200, json: json() };
  return { status: 409, error: outcome, ...(detail === undefined ? {} : { detail }) };
}
