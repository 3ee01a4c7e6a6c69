// What every home must do for the sessions of staff.
import { randomBytes } from 'node:crypto';
import { HOUR } from '../../src/lib/clock.js';
import {
  MAX_SESSIONS_PER_USER,
  type NewStaffSession,
  type SessionId,
  type StaffSessions,
  sessionIdOf,
} from '../../src/records/staff-sessions.js';
import type { PassTime } from './records-contract.js';

const LIVES = { idleMs: HOUR, absoluteMs: 12 * HOUR };

export function newSession(user: string, more: Partial<NewStaffSession> = {}): NewStaffSession {
  return { id: sessionIdOf(randomBytes(32).toString('base64url')), user, lives: LIVES, data: { csrf: 'x' }, ...more };
}

export function sessionsContract(open: () => Promise<StaffSessions>, passTime: PassTime): void {
  let sessions: StaffSessions;
  let users = 0;
  beforeAll(async () => {
    sessions = await open();
  });
  const newUser = () => {
    users += 1;
    return `officer-${users}`;
  };
  const idsOf = async (user: string) => (await sessions.list(user)).map(({ id }) => id);

  describe('sessions of staff', () => {
    it('are found again by their id, as they were made', async () => {
      const user = newUser();
      const data = { csrf: 'của tôi', permissions: 3, roles: ['queue', 'reports'] };
      const wanted = newSession(user, { data });
      const made = await sessions.create(wanted);
      expect(made).toMatchObject({ id: wanted.id, user, data });
      expect(made.lastSeenAt).toBe(made.createdAt);
      expect(made.expiresAt).toBe(made.createdAt + LIVES.idleMs);
      expect(await sessions.get(wanted.id)).toEqual(made);
      expect(await sessions.list(user)).toEqual([made]);
    });

    it('are nobody’s under another id', async () => {
      const nobody = newSession(newUser()).id;
      expect(await sessions.get(nobody)).toBeUndefined();
      expect(await sessions.touch(nobody)).toBeUndefined();
      expect(await sessions.end(nobody)).toBe(false);
      expect(await sessions.list(newUser())).toEqual([]);
    });

    it('never take the place of another', async () => {
      const first = newSession(newUser());
      await sessions.create(first);
      await expect(sessions.create({ ...first, user: newUser() })).rejects.toMatchObject({ code: 'session.taken' });
      expect(await sessions.get(first.id)).toMatchObject({ user: first.user });
    });

    it('end when they were not touched for their idle time, and a touch begins it anew', async () => {
      const lives = { idleMs: 3000, absoluteMs: HOUR };
      const [idle, busy] = [newSession(newUser(), { lives }), newSession(newUser(), { lives })];
      await sessions.create(idle);
      const made = await sessions.create(busy);
      await passTime(1500);
      const touched = await sessions.touch(busy.id);
      expect(touched?.lastSeenAt).toBeGreaterThan(made.lastSeenAt);
      expect(touched?.expiresAt).toBe((touched?.lastSeenAt ?? 0) + lives.idleMs);
      expect(touched?.createdAt).toBe(made.createdAt);
      await passTime(1600);
      expect(await sessions.get(idle.id)).toBeUndefined();
      expect(await sessions.touch(idle.id)).toBeUndefined();
      expect(await sessions.list(idle.user)).toEqual([]);
      expect(await sessions.end(idle.id)).toBe(false);
      expect(await sessions.get(busy.id)).toEqual(touched);
    });

    it('end at their absolute end, however busy they are', async () => {
      const session = newSession(newUser(), { lives: { idleMs: HOUR, absoluteMs: 800 } });
      const made = await sessions.create(session);
      expect(made.expiresAt).toBe(made.createdAt + 800);
      expect((await sessions.touch(session.id))?.expiresAt).toBe(made.expiresAt);
      await passTime(801);
      expect(await sessions.touch(session.id)).toBeUndefined();
      expect(await sessions.endAll(session.user)).toBe(0);
      // Its id is free again; nobody makes the same one twice by chance.
      await sessions.create(session);
      expect(await idsOf(session.user)).toEqual([session.id]);
    });

    it('keep what a touch puts in the place of their data, and their data when it brings none', async () => {
      const session = newSession(newUser());
      await sessions.create(session);
      expect((await sessions.touch(session.id, { permissions: 4 }))?.data).toEqual({ permissions: 4 });
      expect((await sessions.touch(session.id))?.data).toEqual({ permissions: 4 });
      expect((await sessions.get(session.id))?.data).toEqual({ permissions: 4 });
    });

    it('end one by one, or all of a user’s but the one in use', async () => {
      // One name is the beginning of the other: their sessions are kept apart all the same.
      const user = newUser();
      const other = newSession(`${user}!`);
      const [first, second, third] = [newSession(user), newSession(user), newSession(user)];
      for (const session of [first, second, third, other]) await sessions.create(session);
      expect(await sessions.end(second.id)).toBe(true);
      expect(await sessions.end(second.id)).toBe(false);
      expect(new Set(await idsOf(user))).toEqual(new Set([first.id, third.id]));
      expect(await sessions.endAll(user, third.id)).toBe(1);
      expect(await idsOf(user)).toEqual([third.id]);
      expect(await sessions.endAll(user)).toBe(1);
      expect(await sessions.get(third.id)).toBeUndefined();
      expect(await idsOf(other.user)).toEqual([other.id]);
    });

    it('are bounded for each user: the one seen longest ago makes room', async () => {
      const user = newUser();
      const made: SessionId[] = [];
      for (let count = 0; count < MAX_SESSIONS_PER_USER; count += 1) {
        made.push((await sessions.create(newSession(user))).id);
        await passTime(2);
      }
      const [oldest, next] = made as [SessionId, SessionId];
      await sessions.touch(oldest);
      const last = (await sessions.create(newSession(user))).id;
      const left = await idsOf(user);
      expect(left).toHaveLength(MAX_SESSIONS_PER_USER);
      expect(left).toEqual(expect.arrayContaining([oldest, last]));
      expect(left).not.toContain(next);
      expect(await sessions.get(next)).toBeUndefined();
    });

    it('are refused when they are too big, or not what a session is', async () => {
      const user = newUser();
      const tooMuch = { text: 'x'.repeat(2000) };
      for (const wrong of [
        newSession('two words'),
        newSession(''),
        newSession(user, { id: 'the-token-itself' as SessionId }),
        newSession(user, { lives: { idleMs: 0, absoluteMs: 1 } }),
        newSession(user, { data: tooMuch }),
      ]) {
        await expect(sessions.create(wrong)).rejects.toMatchObject({ code: 'session.bad' });
      }
      const session = newSession(user);
      await sessions.create(session);
      await expect(sessions.touch(session.id, tooMuch)).rejects.toMatchObject({ code: 'session.bad' });
      expect((await sessions.get(session.id))?.data).toEqual(session.data);
    });
  });
}
