// Sessions of staff who signed in at the desk. They end by the storage's own clock, and no back-up carries them: after a
// restore everybody signs in anew. Who may sign in, and what a session allows, is not decided here.
import { createHash } from 'node:crypto';
import { CodedError } from '../lib/errors.js';
import type { JsonObject } from '../lib/json.js';

/** A digest of the cookie's token: whoever reads the storage cannot sign in with what is there. */
export type SessionId = string & { readonly __brand: 'SessionId' };

/** `token`: at least 16 random bytes, in any writing. */
export function sessionIdOf(token: string): SessionId {
  return createHash('sha256').update('staff-session').update(token).digest('base64url') as SessionId;
}

export interface SessionLives {
  /** Ends when it was not touched for so long. */
  idleMs: number;
  /** Ends then, whatever happens. */
  absoluteMs: number;
}

export interface NewStaffSession {
  id: SessionId;
  /** Id of the staff member: at most 100 characters, no white space. */
  user: string;
  lives: SessionLives;
  /** Sealed where it is stored; at most MAX_SESSION_DATA as JSON. For what the desk needs in each request: a CSRF secret, a version of permissions. */
  data: JsonObject;
}

/** Times in ms since 1970, by the storage's clock. */
export interface StaffSession {
  id: SessionId;
  user: string;
  createdAt: number;
  lastSeenAt: number;
  /** The earlier of its two ends; a touch moves the idle one on. */
  expiresAt: number;
  data: JsonObject;
}

/** With one more, the session that was seen longest ago ends. */
export const MAX_SESSIONS_PER_USER = 20;
/** UTF-16 units of JSON. */
export const MAX_SESSION_DATA = 2000;

/** All reject with StorageUnavailable when the storage does not answer: nobody is let in then. */
export interface StaffSessions {
  /** Durable before it resolves. Throws CodedError `session.taken` for an id that is there already, and what checkNewSession throws. */
  create(session: NewStaffSession): Promise<StaffSession>;
  /** Undefined when it ended or never was; looking does not prolong it. */
  get(id: SessionId): Promise<StaffSession | undefined>;
  /** Seen now: its idle time begins anew. With `data`, in place of what was there. Undefined when it ended or never was. */
  touch(id: SessionId, data?: JsonObject): Promise<StaffSession | undefined>;
  /** False when it had ended before. */
  end(id: SessionId): Promise<boolean>;
  /** How many ended; all of the user's but `except`. */
  endAll(user: string, except?: SessionId): Promise<number>;
  /** The user's own, the one seen last first. */
  list(user: string): Promise<StaffSession[]>;
}

/** Throws CodedError `session.bad` for what no storage keeps: a fault of the caller's. */
export function checkNewSession({ id, user, lives }: NewStaffSession): void {
  if (!/^[\w-]{43}$/.test(id)) throw bad('its id is no digest');
  if (!/^[^\s\p{C}]{1,100}$/u.test(user)) throw bad('its user has no usable id');
  const { idleMs, absoluteMs } = lives;
  if (![idleMs, absoluteMs].every((life) => Number.isSafeInteger(life) && life > 0))
    throw bad('its lives are no times');
}

/** Throws as checkNewSession. */
export function sessionDataText(data: JsonObject): string {
  const text = JSON.stringify(data);
  if (text.length > MAX_SESSION_DATA) throw bad('its data is too long');
  return text;
}

function bad(why: string): CodedError {
  return new CodedError('session.bad', `a session of staff cannot be kept: ${why}`);
}
