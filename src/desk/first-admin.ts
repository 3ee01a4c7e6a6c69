// The first administrator: from the settings, once, while there is no member of staff at all. Everybody else is created at the desk.
import type { Log } from '../lib/log.js';
import type { Documents } from '../records/documents.js';
import { ALL_AGENCIES, STAFF_MEMBER } from '../records/staff.js';
import type { DeskActions } from './actions.js';
import { hashPassword } from './passwords.js';
import { staffIdOf, staffLane } from './staff-ids.js';

export interface FirstAdmin {
  /** Lower case. */
  username: string;
  /** Must be changed at the first sign-in. */
  password: string;
}

/**
 * Several processes may do it at once, and again at each start: the lane of the username creates a member once. Where no process
 * takes turns yet the member is created as soon as one does.
 */
export async function createFirstAdmin(
  { username, password }: FirstAdmin,
  { documents, actions, log }: { documents: Pick<Documents, 'count'>; actions: DeskActions; log: Log },
): Promise<void> {
  if ((await documents.count(STAFF_MEMBER, { index: 'username' }, 1)) > 0) return;
  const performed = await actions.perform(
    staffLane(staffIdOf(username)),
    'staff.create',
    { user: 'system', name: '' },
    {
      username,
      name: username,
      grants: [
        { agency: ALL_AGENCIES, role: 'administrator' },
        { agency: ALL_AGENCIES, role: 'supervisor' },
      ],
      password: await hashPassword(password),
    },
  );
  const outcome = performed === 'slow' ? 'slow' : performed.outcome;
  log.info({ action: 'desk.first-administrator', reason: outcome });
}
