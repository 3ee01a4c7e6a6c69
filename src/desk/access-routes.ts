// Signing in and out, one's own password, and who one is.
import { z } from 'zod';
import type { Agencies } from '../flows/handover/agencies.js';
import type { Clock } from '../lib/clock.js';
import type { Documents } from '../records/documents.js';
import { ALL_AGENCIES, DUTY } from '../records/staff.js';
import type { DeskActions } from './actions.js';
import type { Me } from './api.js';
import type { CsrfTokens } from './csrf.js';
import { hashPassword, LONGEST, passwordProblem } from './passwords.js';
import { can, PERMISSIONS } from './permissions.js';
import type { DeskAnswer, DeskRoute, SignedIn } from './route.js';
import type { DeskSessions } from './sessions.js';
import type { Checked, PasswordChecker } from './sign-in.js';
import type { StaffDirectory } from './staff-directory.js';
import { dutyLane, staffLane } from './staff-ids.js';

const typed = z.string().max(4 * LONGEST);
const signIn = z.strictObject({ username: z.string().max(200), password: typed });
const changePassword = z.strictObject({ current: typed, next: typed });

export interface AccessServices {
  checker: PasswordChecker;
  sessions: DeskSessions;
  staff: StaffDirectory;
  actions: DeskActions;
  documents: Pick<Documents, 'get'>;
  agencies: Agencies;
  csrf: CsrfTokens;
  clock: Clock;
}

export function accessRoutes(services: AccessServices): DeskRoute[] {
  const { checker, sessions, staff, actions } = services;
  return [
    {
      method: 'post',
      path: '/sign-in',
      needs: 'public',
      async handle({ body, address, now }) {
        const { username, password } = signIn.parse(body);
        const checked = await checker.check(username, password, address);
        if (checked.result !== 'fits') return refusal(checked, 'sign-in.wrong');
        const { id, member } = checked;
        await actions.audit({ agency: ALL_AGENCIES, by: id, action: 'sign-in', object: `staff:${id}` }, now);
        const { session, cookie } = await sessions.begin(id, member);
        const { name, grants, mustChange } = member;
        const who: SignedIn = { id, username: member.username, name, grants, session };
        return { status: 200, json: await me(who, mustChange, services), cookie };
      },
    },
    {
      method: 'post',
      path: '/sign-out',
      needs: 'signed-in',
      async handle({ who, now }) {
        await actions.audit({ agency: ALL_AGENCIES, by: who.id, action: 'sign-out', object: `staff:${who.id}` }, now);
        const { cookie } = await sessions.end(who.session);
        const duty = await services.documents.get(DUTY, who.id);
        // Another browser of theirs that is on duty says so again within a minute.
        if (duty !== undefined) await actions.perform(dutyLane(who.id), 'duty.off', byOf(who), {});
        return { status: 200, json: {}, cookie };
      },
    },
    {
      method: 'post',
      path: '/password',
      needs: 'signed-in',
      async handle({ body, who, address }) {
        const { current, next } = changePassword.parse(body);
        const problem = current === next ? 'password.same' : passwordProblem(next, who.username);
        if (problem !== undefined) return { status: 400, error: problem };
        const checked = await checker.check(who.username, current, address);
        if (checked.result !== 'fits') return refusal(checked, 'password.wrong');
        const password = await hashPassword(next);
        const performed = await actions.perform(staffLane(who.id), 'staff.own-password', byOf(who), { password });
        if (performed === 'slow') return { status: 503, error: 'desk.slow' };
        if (performed.outcome !== 'done') return { status: 409, error: performed.outcome };
        await sessions.keep(who.session, { password });
        await sessions.endOthers(who.id, who.session);
        await staff.fresh(who.id);
        return { status: 200, json: await me(who, false, services) };
      },
    },
    {
      method: 'get',
      path: '/me',
      needs: 'signed-in',
      async handle({ who }) {
        const mustChange = (await staff.get(who.id))?.mustChange ?? false;
        return { status: 200, json: await me(who, mustChange, services) };
      },
    },
  ];
}

export function byOf({ id, name }: Pick<SignedIn, 'id' | 'name'>): { user: string; name: string } {
  return { user: id, name };
}

function refusal(checked: Exclude<Checked, { result: 'fits' }>, wrong: string): DeskAnswer {
  if (checked.result === 'wrong') return { status: 403, error: wrong };
  return { status: 429, error: 'sign-in.too-often', detail: { retryAfter: checked.retryAfter } };
}

async function me(who: SignedIn, mustChange: boolean, services: AccessServices): Promise<Me> {
  const { id, username, name, grants, session } = who;
  const allowedIn = (agency: string) => PERMISSIONS.filter((permission) => can(grants, permission, agency));
  const agencies = services.agencies.all.flatMap((agency) => {
    const permissions = allowedIn(agency.id);
    return permissions.length === 0 ? [] : [{ id: agency.id, name: agency.name, teams: agency.teams, permissions }];
  });
  const duty = (await services.documents.get(DUTY, id))?.body;
  return {
    id,
    username,
    name,
    mustChange,
    csrf: services.csrf.tokenOf(session),
    agencies,
    everywhere: allowedIn(ALL_AGENCIES),
    ...(duty === undefined || duty.until <= services.clock() ? {} : { duty: { room: duty.room, until: duty.until } }),
  };
}
