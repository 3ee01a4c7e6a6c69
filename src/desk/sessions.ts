// Sessions of the desk: the cookie, who is behind it, and when it no longer counts. What a session may do is decided by the
// router and its routes.
import { createHash, randomBytes } from 'node:crypto';
import { type Clock, HOUR, MINUTE } from '../lib/clock.js';
import type { StaffMember } from '../records/staff.js';
import { type SessionId, type StaffSession, type StaffSessions, sessionIdOf } from '../records/staff-sessions.js';
import type { SignedIn } from './route.js';
import type { StaffDirectory } from './staff-directory.js';

const SESSION_LIVES = { idleMs: 30 * MINUTE, absoluteMs: 12 * HOUR };
/** A request within this time of the last one is not written down. */
const TOUCH_EVERY_MS = MINUTE;
const TOKEN = /^[\w-]{43}$/;

export interface DeskSessionsOptions {
  sessions: StaffSessions;
  staff: Pick<StaffDirectory, 'get' | 'fresh'>;
  clock: Clock;
  /** The desk is reached by https: the cookie then never travels without it, and no other host name can set it. */
  secure: boolean;
}

/** A session that counts, and whose it is. */
export interface OpenSession {
  who: SignedIn;
  mustChange: boolean;
}

export class DeskSessions {
  private readonly cookieName: string;

  constructor(private readonly options: DeskSessionsOptions) {
    this.cookieName = options.secure ? '__Host-desk' : 'desk';
  }

  /** Durable when it resolves. Whoever calls has checked the password. */
  async begin(
    id: string,
    { password }: Pick<StaffMember, 'password'>,
  ): Promise<{ session: SessionId; cookie: string }> {
    const token = randomBytes(32).toString('base64url');
    const session = sessionIdOf(token);
    await this.options.sessions.create({
      id: session,
      user: id,
      lives: SESSION_LIVES,
      data: { mark: markOf(password) },
    });
    return { session, cookie: this.cookie(token, SESSION_LIVES.absoluteMs) };
  }

  async end(session: SessionId): Promise<{ cookie: string }> {
    await this.options.sessions.end(session);
    return { cookie: this.cookie('', 0) };
  }

  /** Of the member, but for the one in use. */
  async endOthers(id: string, session?: SessionId): Promise<void> {
    await this.options.sessions.endAll(id, session);
  }

  /** After a change of one's own password this session goes on. */
  async keep(session: SessionId, { password }: Pick<StaffMember, 'password'>): Promise<void> {
    await this.options.sessions.touch(session, { mark: markOf(password) });
  }

  /** `touching`: somebody is there; the idle time begins anew. Throws StorageUnavailable: nobody is let in then. */
  async read(cookies: string | undefined, touching: boolean): Promise<OpenSession | undefined> {
    const token = cookieIn(cookies, this.cookieName);
    return token === undefined || !TOKEN.test(token) ? undefined : this.open(sessionIdOf(token), touching);
  }

  /** For what stays open after its request: does the session still count? */
  async open(id: SessionId, touching: boolean): Promise<OpenSession | undefined> {
    const { sessions, staff, clock } = this.options;
    const session = await sessions.get(id);
    if (session === undefined) return undefined;
    let member = await staff.get(session.user);
    // The password was changed: either this session did it, and what is kept of the member is old, or it is over.
    if (member !== undefined && !fits(session, member)) member = await staff.fresh(session.user);
    if (member === undefined || member.disabled || !fits(session, member)) return undefined;
    if (touching && clock() - session.lastSeenAt >= TOUCH_EVERY_MS && (await sessions.touch(id)) === undefined)
      return undefined;
    const { username, name, grants, mustChange } = member;
    return { who: { id: session.user, username, name, grants, session: id }, mustChange };
  }

  private cookie(token: string, lifeMs: number): string {
    const secure = this.options.secure ? '; Secure' : '';
    return `${this.cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${Math.floor(lifeMs / 1000)}${secure}`;
  }
}

function fits({ data }: StaffSession, { password }: StaffMember): boolean {
  return data.mark === markOf(password);
}

/** Ties a session to the password it was begun with: a new password ends it, wherever it is. */
function markOf(password: string): string {
  return createHash('sha256').update('session-mark').update(password).digest('base64url').slice(0, 16);
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
