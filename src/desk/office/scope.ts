// Whose things a question is about: the agencies that the one who asks may see, and to which one something belongs.

import type { Agencies } from '../../flows/handover/agencies.js';
import { addressOf, type LaneId } from '../../lib/ids.js';
import { agenciesWhere, can, type Permission } from '../permissions.js';
import type { DeskRequest } from '../route.js';

/** Rows of a page of the desk. */
export const PAGE_ROWS = 50;

/**
 * The agency that `?agency=` names, else all where one of the permissions is given; undefined for one that is none of theirs. A list
 * is never empty: the router lets nobody in who has the permission nowhere.
 */
export function agenciesAsked(
  { who, query: { agency } }: Pick<DeskRequest, 'who' | 'query'>,
  agencies: Agencies,
  ...permissions: Permission[]
): string[] | undefined {
  const all = agencies.all.map(({ id }) => id);
  const allowed = [...new Set(permissions.flatMap((permission) => agenciesWhere(who.grants, permission, all)))];
  if (agency === undefined) return allowed.length === 0 ? undefined : allowed;
  return allowed.includes(agency) ? [agency] : undefined;
}

/** Whether what belongs to no agency may be touched: only by those who may touch what belongs to any. */
export function canEverywhere(
  { grants }: Pick<DeskRequest['who'], 'grants'>,
  permission: Permission,
  agencies: Agencies,
): boolean {
  return agencies.all.every(({ id }) => can(grants, permission, id));
}

/** The agency whose account a citizen wrote to; undefined for a lane of the system. */
export function agencyOf(lane: LaneId | undefined, agencies: Agencies): string | undefined {
  const address = lane === undefined ? undefined : addressOf(lane);
  return address === undefined ? undefined : agencies.ofAccount(address.channel, address.account).id;
}
