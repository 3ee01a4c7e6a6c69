// How both homes seal what a session of staff carries, and what becomes of one that cannot be opened.
import { CodedError } from '../lib/errors.js';
import type { JsonObject } from '../lib/json.js';
import type { Sealer } from '../lib/sealing.js';
import { type SessionId, type StaffSession, sessionDataText } from '../records/staff-sessions.js';

export interface StoredSession extends Omit<StaffSession, 'data'> {
  payload: Uint8Array;
}

export function sessionSealedAs(id: string): string {
  return `session:${id}`;
}

/** Throws CodedError `session.bad` when there is too much of it. */
export function sealSessionData(sealer: Sealer, id: SessionId, data: JsonObject): Buffer {
  return sealer.seal(sessionDataText(data), sessionSealedAs(id));
}

/** Undefined when its key is gone, or its bytes were changed: such a session lets nobody in, and a new sign-in mends it. */
export function openSession(sealer: Sealer, { payload, ...session }: StoredSession): StaffSession | undefined {
  const sealed = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  try {
    return { ...session, data: sealer.openJson(sealed, sessionSealedAs(session.id)) as JsonObject };
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}
