// Sessions of staff on the same SQLite file, by the clock of this machine.
import type { Clock } from '../../lib/clock.js';
import { CodedError } from '../../lib/errors.js';
import type { JsonObject } from '../../lib/json.js';
import type { Sealer } from '../../lib/sealing.js';
import {
  checkNewSession,
  MAX_SESSIONS_PER_USER,
  type NewStaffSession,
  type SessionId,
  type StaffSession,
  type StaffSessions,
} from '../../records/staff-sessions.js';
import { openSession, sealSessionData } from '../session-sealing.js';
import type { DatabaseThread } from './database-thread.js';
import type { reads, writes } from './operations.js';
import type { SessionRow } from './session-operations.js';

export class EmbeddedStaffSessions implements StaffSessions {
  constructor(
    private readonly sealer: Sealer,
    private readonly writer: DatabaseThread<typeof writes>,
    private readonly reader: DatabaseThread<typeof reads>,
    private readonly clock: Clock,
  ) {}

  async create(session: NewStaffSession): Promise<StaffSession> {
    checkNewSession(session);
    const { id, user, lives, data } = session;
    const payload = sealSessionData(this.sealer, id, data);
    const now = this.clock();
    const created = await this.writer.call('createSession', {
      ...{ id, user, now, payload, most: MAX_SESSIONS_PER_USER },
      ...lives,
    });
    if (!created) throw new CodedError('session.taken', 'a session with this id is there');
    const expiresAt = now + Math.min(lives.idleMs, lives.absoluteMs);
    return { id, user, createdAt: now, lastSeenAt: now, expiresAt, data };
  }

  async get(id: SessionId): Promise<StaffSession | undefined> {
    return this.opened(await this.reader.call('session', { id, now: this.clock() }));
  }

  async touch(id: SessionId, data?: JsonObject): Promise<StaffSession | undefined> {
    const payload = data === undefined ? null : sealSessionData(this.sealer, id, data);
    return this.opened(await this.writer.call('touchSession', { id, now: this.clock(), payload }));
  }

  end(id: SessionId): Promise<boolean> {
    return this.writer.call('endSession', { id, now: this.clock() });
  }

  endAll(user: string, except?: SessionId): Promise<number> {
    return this.writer.call('endSessionsOf', { user, except: except ?? '', now: this.clock() });
  }

  async list(user: string): Promise<StaffSession[]> {
    const rows = await this.reader.call('sessionsOf', { user, now: this.clock() });
    return rows.map((row) => this.opened(row)).filter((session) => session !== undefined);
  }

  private opened(row: SessionRow | undefined): StaffSession | undefined {
    if (row === undefined) return undefined;
    const { id, user, createdAt, seenAt: lastSeenAt, endsAt: expiresAt, payload } = row;
    return openSession(this.sealer, { id: id as SessionId, user, createdAt, lastSeenAt, expiresAt, payload });
  }
}
