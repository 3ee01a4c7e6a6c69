// Managing staff: who there is, new members, their roles, passwords given to them. An administrator acts within the agencies that
// they administer; what a member has elsewhere is neither shown nor touched.
import { z } from 'zod';
import type { Agencies } from '../flows/handover/agencies.js';
import { present } from '../portal/present.js';
import type { Documents } from '../records/documents.js';
import { ALL_AGENCIES, type Grant, STAFF_MEMBER, type StaffMember } from '../records/staff.js';
import { byOf } from './access-routes.js';
import type { DeskActions, Performed } from './actions.js';
import type { GivenPassword, StaffView } from './api.js';
import { grantsSchema, nameSchema } from './lanes/staff.js';
import { inAgencies } from './office/filtered.js';
import { hashPassword, newPassword } from './passwords.js';
import { agenciesWhere, can } from './permissions.js';
import { NOT_FOUND } from './refusals.js';
import type { DeskAnswer, DeskRequest, DeskRoute, SignedIn } from './route.js';
import type { DeskSessions } from './sessions.js';
import type { StaffDirectory } from './staff-directory.js';
import { staffIdOf, staffLane, usernameSchema } from './staff-ids.js';

const newStaff = z.strictObject({ username: usernameSchema, name: nameSchema, grants: grantsSchema });
const changeStaff = z.strictObject({
  name: nameSchema.optional(),
  grants: grantsSchema.optional(),
  disabled: z.boolean().optional(),
});

export interface StaffRouteServices {
  documents: Pick<Documents, 'find'>;
  staff: StaffDirectory;
  sessions: DeskSessions;
  actions: DeskActions;
  agencies: Agencies;
}

export function staffRoutes(services: StaffRouteServices): DeskRoute[] {
  const { actions, agencies, documents, sessions } = services;
  const needs = 'staff.manage' as const;
  return [
    {
      method: 'get',
      path: '/staff',
      needs,
      async handle({ who, query: { after } }) {
        const within = withinOf(who, agencies);
        const page = await inAgencies({
          after,
          async read(mark, limit) {
            const query = { index: 'name', limit, ...(mark === undefined ? {} : { after: mark }) };
            const { documents: items, next } = await documents.find(STAFF_MEMBER, query);
            return { items, next };
          },
          view: async ({ id, body }) => viewOf(id, body, within),
        });
        return { status: 200, json: page };
      },
    },
    {
      method: 'post',
      path: '/staff',
      needs,
      async handle({ body, who }) {
        const { username, name, grants } = newStaff.parse(body);
        if (!may(who, grants)) return { status: 403, error: 'forbidden' };
        const unknown = unknownAgency(grants, agencies);
        if (unknown !== undefined) return unknown;
        const id = staffIdOf(username);
        const given = newPassword();
        const password = await hashPassword(given);
        const performed = await actions.perform(staffLane(id), 'staff.create', byOf(who), {
          ...{ username, name, grants, password },
        });
        return afterwards(performed, () => withPassword(id, given, who, services));
      },
    },
    {
      method: 'patch',
      path: '/staff/:id',
      needs,
      async handle(request) {
        const { body, who } = request;
        const change = changeStaff.parse(body);
        const found = await seen(request, services);
        if ('status' in found) return found;
        const { id, member, within } = found;
        if (change.grants !== undefined && !may(who, change.grants)) return { status: 403, error: 'forbidden' };
        const unknown = unknownAgency(change.grants ?? [], agencies);
        if (unknown !== undefined) return unknown;
        if (change.disabled === true && id === who.id) return { status: 409, error: 'staff.self' };
        const grants = change.grants ?? member.grants;
        if (change.disabled === true || !isChief({ ...member, grants })) {
          if (isChief(member) && !(await othersAreChiefs(id, documents)))
            return { status: 409, error: 'staff.last-administrator' };
        }
        const performed = await actions.perform(staffLane(id), 'staff.change', byOf(who), {
          ...present(change),
          within,
        });
        return afterwards(performed, async () => {
          if (change.disabled === true) await sessions.endOthers(id);
          const changed = await services.staff.fresh(id);
          return changed === undefined ? NOT_FOUND : { status: 200, json: viewOf(id, changed, within) ?? {} };
        });
      },
    },
    {
      method: 'post',
      path: '/staff/:id/password',
      needs,
      async handle(request) {
        const { who } = request;
        const found = await seen(request, services);
        if ('status' in found) return found;
        const { id, member, within } = found;
        if (id === who.id) return { status: 409, error: 'staff.self' };
        // Whose roles were all taken may get some elsewhere again: their password is for those who administer every agency.
        if (member.grants.length === 0 && !within.includes(ALL_AGENCIES))
          return { status: 409, error: 'staff.elsewhere' };
        const given = newPassword();
        const password = await hashPassword(given);
        const data = { password, within };
        const performed = await actions.perform(staffLane(id), 'staff.password', byOf(who), data);
        return afterwards(performed, async () => {
          await sessions.endOthers(id);
          return withPassword(id, given, who, services);
        });
      },
    },
  ];
}

/** The member of the path, if the one who asks may see them. */
async function seen(
  { params, who }: DeskRequest,
  { staff, agencies }: StaffRouteServices,
): Promise<{ id: string; member: StaffMember; within: string[] } | DeskAnswer> {
  const id = params.id ?? '';
  const within = withinOf(who, agencies);
  const member = await staff.fresh(id);
  return member === undefined || viewOf(id, member, within) === undefined ? NOT_FOUND : { id, member, within };
}

/** The agencies that they administer; `*` for all, those to come included. */
function withinOf({ grants }: SignedIn, agencies: Agencies): string[] {
  const all = [ALL_AGENCIES, ...agencies.all.map(({ id }) => id)];
  return agenciesWhere(grants, 'staff.manage', all);
}

/** Undefined for whom they do not see. Who has no role anywhere is nobody's and seen by every administrator. */
function viewOf(id: string, member: StaffMember, within: readonly string[]): StaffView | undefined {
  const { username, name, disabled, mustChange } = member;
  const grants = within.includes(ALL_AGENCIES)
    ? member.grants
    : member.grants.filter(({ agency }) => within.includes(agency));
  if (grants.length === 0 && member.grants.length > 0) return undefined;
  return { id, username, name, grants, disabled, mustChange };
}

function may({ grants }: SignedIn, wanted: readonly Grant[]): boolean {
  return wanted.every(({ agency }) => can(grants, 'staff.manage', agency));
}

function unknownAgency(grants: readonly Grant[], agencies: Agencies): DeskAnswer | undefined {
  const isKnown = grants.every(({ agency }) => agency === ALL_AGENCIES || agencies.get(agency) !== undefined);
  return isKnown ? undefined : { status: 400, error: 'agency.unknown' };
}

/** Administers every agency: somebody must, or nobody could mend the rest. */
function isChief({ grants, disabled }: StaffMember): boolean {
  return !disabled && can(grants, 'staff.manage', ALL_AGENCIES);
}

async function othersAreChiefs(id: string, documents: Pick<Documents, 'find'>): Promise<boolean> {
  for (let after: string | undefined; ; ) {
    const query = { index: 'username', limit: 200, ...(after === undefined ? {} : { after }) };
    const { documents: members, next } = await documents.find(STAFF_MEMBER, query);
    if (members.some((member) => member.id !== id && isChief(member.body))) return true;
    if (next === undefined) return false;
    after = next;
  }
}

async function afterwards(performed: Performed | 'slow', done: () => Promise<DeskAnswer>): Promise<DeskAnswer> {
  if (performed === 'slow') return { status: 503, error: 'desk.slow' };
  return performed.outcome === 'done' ? done() : { status: 409, error: performed.outcome };
}

async function withPassword(
  id: string,
  password: string,
  who: SignedIn,
  { staff, agencies }: StaffRouteServices,
): Promise<DeskAnswer> {
  const member = await staff.fresh(id);
  const view = member === undefined ? undefined : viewOf(id, member, withinOf(who, agencies));
  if (view === undefined) return NOT_FOUND;
  const json: GivenPassword = { staff: view, password };
  return { status: 200, json };
}
