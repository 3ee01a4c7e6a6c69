// Sessions of staff on Redis. What must not come back waits for replicas as messages do: a new session, and the end of one.
import { CodedError } from '../../../lib/errors.js';
import type { JsonObject } from '../../../lib/json.js';
import type { Sealer } from '../../../lib/sealing.js';
import {
  checkNewSession,
  MAX_SESSIONS_PER_USER,
  type NewStaffSession,
  type SessionId,
  type StaffSession,
  type StaffSessions,
} from '../../../records/staff-sessions.js';
import { openSession, sealSessionData } from '../../session-sealing.js';
import { SESSION_KEYS } from './keys.js';
import type { RedisLink } from './link.js';
import {
  CREATE_SESSION,
  END_SESSION,
  END_SESSIONS_OF,
  GET_SESSION,
  SESSIONS_OF,
  TOUCH_SESSION,
} from './lua/sessions.js';
import { bytesOf, listOf, numberOf, type Reply, textOf } from './reply.js';

export const SESSION_SCRIPTS = [
  CREATE_SESSION,
  GET_SESSION,
  TOUCH_SESSION,
  END_SESSION,
  END_SESSIONS_OF,
  SESSIONS_OF,
] as const;

const KEYS = [SESSION_KEYS.sessions, SESSION_KEYS.ends, SESSION_KEYS.users];

export class RedisStaffSessions implements StaffSessions {
  constructor(
    private readonly sealer: Sealer,
    private readonly writes: RedisLink,
    private readonly reads: RedisLink,
  ) {}

  async create(session: NewStaffSession): Promise<StaffSession> {
    checkNewSession(session);
    const { id, user, lives, data } = session;
    const payload = sealSessionData(this.sealer, id, data);
    const args = [id, user, lives.idleMs, lives.absoluteMs, payload, MAX_SESSIONS_PER_USER];
    const created = this.opened(await this.writes.run(CREATE_SESSION, KEYS, args));
    if (created === undefined) throw new CodedError('session.taken', 'a session with this id is there');
    return created;
  }

  async get(id: SessionId): Promise<StaffSession | undefined> {
    return this.opened(await this.reads.run(GET_SESSION, KEYS, [id]));
  }

  async touch(id: SessionId, data?: JsonObject): Promise<StaffSession | undefined> {
    const payload = data === undefined ? '' : sealSessionData(this.sealer, id, data);
    return this.opened(await this.reads.run(TOUCH_SESSION, KEYS, [id, payload]));
  }

  async end(id: SessionId): Promise<boolean> {
    return numberOf(await this.writes.run(END_SESSION, KEYS, [id])) === 1;
  }

  async endAll(user: string, except?: SessionId): Promise<number> {
    return numberOf(await this.writes.run(END_SESSIONS_OF, KEYS, [user, except ?? '']));
  }

  async list(user: string): Promise<StaffSession[]> {
    const found = listOf(await this.reads.run(SESSIONS_OF, KEYS, [user])).map((one) => this.opened(one));
    return found
      .filter((session) => session !== undefined)
      .sort((a, b) => b.lastSeenAt - a.lastSeenAt || (a.id < b.id ? -1 : 1));
  }

  private opened(reply: Reply): StaffSession | undefined {
    if (reply === null) return undefined;
    const [id, user, createdAt, lastSeenAt, expiresAt, payload] = listOf(reply);
    return openSession(this.sealer, {
      id: textOf(id) as SessionId,
      user: textOf(user),
      createdAt: numberOf(createdAt),
      lastSeenAt: numberOf(lastSeenAt),
      expiresAt: numberOf(expiresAt),
      payload: bytesOf(payload),
    });
  }
}
