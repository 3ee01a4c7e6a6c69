// The lane of a member of staff, `desk:staff:<id>`: `staff.create`, `staff.change` (name, roles, disabled), `staff.password` (given by
// an administrator) and `staff.own-password`. Who may do what was checked by the desk (staff-routes.ts).
import { z } from 'zod';
import { cleanLine } from '../../lib/clean-text.js';
import { putDocument } from '../../records/documents.js';
import { ALL_AGENCIES, type Grant, ROLES, STAFF_MEMBER, type StaffMember } from '../../records/staff.js';
import { staffIdOf, usernameSchema } from '../staff-ids.js';
import { type DeskLaneOutcome, type DeskLaneTurn, done, read, refused } from './turn.js';

/** As many as a member's document holds. */
const MOST_GRANTS = 50;

export const grantsSchema = z
  .array(z.strictObject({ agency: z.string().min(1).max(100), role: z.enum(ROLES) }))
  .max(MOST_GRANTS);
export const nameSchema = z.string().transform(cleanLine).pipe(z.string().min(1).max(100));
/** Hashed before it comes here. */
const hashed = z.string().startsWith('scrypt$').max(400);

const create = z.strictObject({
  username: usernameSchema,
  name: nameSchema,
  grants: grantsSchema,
  password: hashed,
});
/** The agencies that whoever acts administers. */
const within = z.array(z.string().min(1).max(100)).max(1000);
const change = z.strictObject({
  within,
  name: nameSchema.optional(),
  grants: grantsSchema.optional(),
  disabled: z.boolean().optional(),
});
const givenPassword = z.strictObject({ within, password: hashed });
const ownPassword = z.strictObject({ password: hashed });

export async function takeStaff(turn: DeskLaneTurn): Promise<DeskLaneOutcome> {
  const { request, id, action, services } = turn;
  // The state of a lane is forgotten after a while, its record is not.
  await request.recordsSettled();
  const member = (await services.documents.get(STAFF_MEMBER, id))?.body;
  if (action.action === 'staff.create') return member === undefined ? created(turn) : refused(turn, 'staff.taken');
  if (member === undefined) return refused(turn, 'staff.unknown');
  switch (action.action) {
    case 'staff.change':
      return changed(turn, member);
    case 'staff.password':
      return passwordGiven(turn, member);
    case 'staff.own-password':
      return passwordChosen(turn, member);
    default:
      return refused(turn, 'desk.unknown-action');
  }
}

function created(turn: DeskLaneTurn): DeskLaneOutcome {
  const fresh = read(create, turn);
  const { now } = turn.request;
  if (fresh === undefined || staffIdOf(fresh.username) !== turn.id) return refused(turn, 'desk.bad-data');
  return written(turn, { ...fresh, mustChange: true, disabled: false, createdAt: now, changedAt: now }, []);
}

/** Roles in other agencies stay as they are; so does the person, whom those agencies know as well. */
function changed(turn: DeskLaneTurn, member: StaffMember): DeskLaneOutcome {
  const wanted = read(change, turn);
  if (wanted === undefined) return refused(turn, 'desk.bad-data');
  const { name = member.name, disabled = member.disabled } = wanted;
  const elsewhere = grantsOutside(member, wanted.within);
  if (elsewhere.length > 0 && (name !== member.name || disabled !== member.disabled))
    return refused(turn, 'staff.elsewhere');
  const grants = wanted.grants === undefined ? member.grants : [...elsewhere, ...wanted.grants];
  if (grants.length > MOST_GRANTS) return refused(turn, 'staff.too-many-roles');
  return written(turn, { ...member, name, grants, disabled }, member.grants);
}

function passwordGiven(turn: DeskLaneTurn, member: StaffMember): DeskLaneOutcome {
  const wanted = read(givenPassword, turn);
  if (wanted === undefined) return refused(turn, 'desk.bad-data');
  if (grantsOutside(member, wanted.within).length > 0) return refused(turn, 'staff.elsewhere');
  return written(turn, { ...member, password: wanted.password, mustChange: true }, member.grants);
}

function passwordChosen(turn: DeskLaneTurn, member: StaffMember): DeskLaneOutcome {
  const wanted = read(ownPassword, turn);
  if (wanted === undefined) return refused(turn, 'desk.bad-data');
  return written(turn, { ...member, password: wanted.password, mustChange: false }, member.grants);
}

function grantsOutside({ grants }: StaffMember, agencies: readonly string[]): Grant[] {
  return agencies.includes(ALL_AGENCIES) ? [] : grants.filter(({ agency }) => !agencies.includes(agency));
}

/** `before`: the roles until now; the agencies that lose one hear of it as well. */
function written(turn: DeskLaneTurn, member: StaffMember, before: readonly Grant[]): DeskLaneOutcome {
  const { id, request } = turn;
  const body: StaffMember = { ...member, changedAt: request.now };
  return done(turn, [{ type: 'record', change: putDocument(STAFF_MEMBER, id, body) }], {
    agencies: [...before, ...member.grants].map(({ agency }) => agency),
    object: `staff:${id}`,
    detail: (agency) => ({ roles: rolesIn(member.grants, agency), disabled: member.disabled }),
  });
}

function rolesIn(grants: readonly Grant[], agency: string): string {
  const roles = grants.filter((grant) => grant.agency === agency).map(({ role }) => role);
  return [...new Set(roles)].sort().join(' ');
}
