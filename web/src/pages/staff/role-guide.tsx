// What each role may do, for those who give roles.
import { Accordion, List, Text } from '@mantine/core';
import type { Role } from '../../../../src/records/staff.js';
import { PERMISSION_WORDS, ROLE_WORDS } from '../../texts/roles.js';
import { STAFF as T } from '../../texts/staff.js';

const ROLES = Object.entries(ROLE_WORDS) as [Role, (typeof ROLE_WORDS)[Role]][];

export function RoleGuide() {
  return (
    <section>
      <Text fw={600} size="sm" mb={4}>
        {T.explain}
      </Text>
      <Accordion variant="separated" multiple>
        {ROLES.map(([role, { name, about, permissions }]) => (
          <Accordion.Item key={role} value={role}>
            <Accordion.Control>
              <Text size="sm" fw={500}>
                {name}
              </Text>
              <Text size="xs" c="dimmed">
                {about}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              <List size="sm" spacing={2}>
                {permissions.map((permission) => (
                  <List.Item key={permission}>{PERMISSION_WORDS[permission]}</List.Item>
                ))}
              </List>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </section>
  );
}
