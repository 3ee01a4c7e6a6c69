// The refusals that every part of the desk answers alike.
import type { DeskAnswer } from './route.js';

/** Also for what is in another agency: as if it were not there. */
export const NOT_FOUND: DeskAnswer = { status: 404, error: 'not-found' };
export const FORBIDDEN: DeskAnswer = { status: 403, error: 'forbidden' };
export const BAD_REQUEST: DeskAnswer = { status: 400, error: 'bad-request' };
