// What staff may do, as named permissions in roles. Each route of the desk and each live event names the one it needs
// (route.ts, live/); nothing is allowed that is not named here.
import { ALL_AGENCIES, type Grant, type Role } from '../records/staff.js';

export const PERMISSIONS = [
  /** See the queue, conversations, transcripts (masked), the citizen's dossiers and earlier tickets. */
  'tickets.read',
  /** Claim, answer, note, tag, release, transfer, close what one has. */
  'tickets.work',
  /** Assign, take over and close what others have; see who is on duty, load and breaches. */
  'tickets.supervise',
  /** See phone and ID numbers in clear, one at a time; each time is audited. */
  'personal.reveal',
  /** CSV and XLSX. */
  'tickets.export',
  'statistics.read',
  'feedback.read',
  /** Classify, forward, answer, publish. */
  'feedback.work',
  'dead-letters.read',
  'dead-letters.work',
  /** Canned answers, labels for what was not understood and their export. */
  'content.edit',
  /** Staff, their roles and passwords. */
  'staff.manage',
  'audit.read',
  /** Requests of citizens about their own data. */
  'data-requests.read',
  /** Say that one was carried out. */
  'data-requests.work',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const OFFICER = ['tickets.read', 'tickets.work', 'feedback.read'] as const satisfies readonly Permission[];

export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  officer: OFFICER,
  supervisor: [
    ...OFFICER,
    'tickets.supervise',
    'personal.reveal',
    'tickets.export',
    'statistics.read',
    'feedback.work',
    'dead-letters.read',
    'dead-letters.work',
    'data-requests.read',
    'data-requests.work',
  ],
  'content-editor': ['content.edit', 'statistics.read'],
  administrator: [
    'staff.manage',
    'dead-letters.read',
    'dead-letters.work',
    'content.edit',
    'data-requests.read',
    'data-requests.work',
  ],
  auditor: ['audit.read', 'statistics.read', 'data-requests.read'],
};

export function can(grants: readonly Grant[], permission: Permission, agency: string): boolean {
  return grants.some(
    (grant) =>
      (grant.agency === ALL_AGENCIES || grant.agency === agency) && ROLE_PERMISSIONS[grant.role].includes(permission),
  );
}

/** Of `all`, where these grants allow it. */
export function agenciesWhere(grants: readonly Grant[], permission: Permission, all: readonly string[]): string[] {
  return all.filter((agency) => can(grants, permission, agency));
}
