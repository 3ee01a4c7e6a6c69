// The places of the desk that the navigation leads to, and which permission opens each. The server checks again: this only
// spares people doors that stay shut.
import type { QueueView } from '../../../src/desk/api.js';
import type { Permission } from '../../../src/desk/permissions.js';

export type PlaceId =
  | 'search'
  | 'supervision'
  | 'feedback'
  | 'statistics'
  | 'canned'
  | 'not-understood'
  | 'dead-letters'
  | 'data-requests'
  | 'staff'
  | 'audit';

type Can = (permission: Permission) => boolean;

export const PLACES: Readonly<Record<PlaceId, { path: string; any: readonly Permission[] }>> = {
  search: { path: '/search', any: ['tickets.read'] },
  supervision: { path: '/supervision', any: ['tickets.supervise'] },
  feedback: { path: '/feedback', any: ['feedback.read'] },
  statistics: { path: '/statistics', any: ['statistics.read'] },
  canned: { path: '/canned', any: ['content.edit', 'tickets.work'] },
  'not-understood': { path: '/not-understood', any: ['content.edit'] },
  'dead-letters': { path: '/dead-letters', any: ['dead-letters.read'] },
  'data-requests': { path: '/data-requests', any: ['data-requests.read'] },
  staff: { path: '/staff', any: ['staff.manage'] },
  audit: { path: '/audit', any: ['audit.read'] },
};

export const WORK: readonly PlaceId[] = ['search', 'supervision', 'feedback', 'statistics'];
export const MANAGE: readonly PlaceId[] = [
  'canned',
  'not-understood',
  'dead-letters',
  'data-requests',
  'staff',
  'audit',
];

export function isAllowed(place: PlaceId, can: Can): boolean {
  return PLACES[place].any.some((permission) => can(permission));
}

export const viewPath = (view: QueueView, ticket?: string) =>
  ticket === undefined ? `/${view}` : `/${view}/${encodeURIComponent(ticket)}`;

/** The addresses that `viewPath` makes. */
export const VIEW_PATHS = /^\/(?<view>waiting|mine|open|breached|closed)(?:\/(?<ticket>[^/]+))?\/?$/;

/** Where somebody with these permissions begins. */
export function homeOf(can: Can): string {
  if (can('tickets.read')) return viewPath('waiting');
  const first = [...WORK, ...MANAGE].find((place) => isAllowed(place, can));
  return first === undefined ? '/password' : PLACES[first].path;
}
