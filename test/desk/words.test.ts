// The words of the desk's pages fit what the desk does.
import { PERMISSIONS, ROLE_PERMISSIONS } from '../../src/desk/permissions.js';
import { ROLES } from '../../src/records/staff.js';
import { PERMISSION_WORDS, ROLE_WORDS } from '../../web/src/texts/roles.js';

it.each(ROLES)('the page of staff says what the role %s may', (role) => {
  expect([...ROLE_WORDS[role].permissions].sort()).toEqual([...ROLE_PERMISSIONS[role]].sort());
});

it('the page of staff has words for every permission', () => {
  expect(Object.keys(PERMISSION_WORDS).sort()).toEqual([...PERMISSIONS].sort());
});
