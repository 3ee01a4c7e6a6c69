// Which role in which agency: a table of ticks, one line for each agency that is named, and a way to name another.
import { Checkbox, Select, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Grant, Role } from '../../../../src/records/staff.js';
import { useMe } from '../../api/session.js';
import { ROLE_WORDS } from '../../texts/roles.js';
import { STAFF as T } from '../../texts/staff.js';
import classes from './staff.module.css';

/** As in src/records/staff.ts. */
const ALL_AGENCIES = '*';
const ROLES = Object.keys(ROLE_WORDS) as Role[];

/** `mine`: the agencies in which this administrator may give roles, `*` among them when that is every one, those to come included. */
export function useGrantAgencies(): GrantAgencies {
  const { agencies, everywhere } = useMe();
  const managed = agencies.filter(({ permissions }) => permissions.includes('staff.manage')).map(({ id }) => id);
  return {
    mine: everywhere.includes('staff.manage') ? [ALL_AGENCIES, ...managed] : managed,
    nameOf: (agency) =>
      agency === ALL_AGENCIES ? T.everywhere : (agencies.find(({ id }) => id === agency)?.name ?? agency),
  };
}

export interface GrantAgencies {
  mine: readonly string[];
  nameOf: (agency: string) => string;
}

export interface GrantsProps {
  grants: readonly Grant[];
  agencies: GrantAgencies;
  change: (grants: Grant[]) => void;
}

export function Grants({ grants, agencies: { mine, nameOf }, change }: GrantsProps) {
  const [added, setAdded] = useState<string[]>([]);
  const [first] = mine;
  const named = [...new Set([...grants.map(({ agency }) => agency), ...added])];
  const rows = named.length === 0 && first !== undefined ? [first] : named;
  const others = mine.filter((agency) => !rows.includes(agency));
  const has = (agency: string, role: Role) => grants.some((grant) => grant.agency === agency && grant.role === role);

  function tick(agency: string, role: Role, on: boolean) {
    const without = grants.filter((grant) => grant.agency !== agency || grant.role !== role);
    setAdded((before) => [...new Set([...before, agency])]);
    change(on ? [...without, { agency, role }] : without);
  }

  return (
    <fieldset className={classes.grants}>
      <legend className={classes.legend}>{T.roles}</legend>
      <Text size="xs" c="dimmed" mb="xs">
        {T.rolesAbout}
      </Text>
      <Table className={classes.matrix} withTableBorder verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{T.agency}</Table.Th>
            {ROLES.map((role) => (
              <Table.Th key={role} scope="col" title={ROLE_WORDS[role].about}>
                {ROLE_WORDS[role].name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((agency) => (
            <Table.Tr key={agency}>
              <Table.Th scope="row">{nameOf(agency)}</Table.Th>
              {ROLES.map((role) => (
                <Table.Td key={role} data-title={ROLE_WORDS[role].name}>
                  <Checkbox
                    aria-label={T.grant(ROLE_WORDS[role].name, nameOf(agency))}
                    checked={has(agency, role)}
                    onChange={(event) => tick(agency, role, event.currentTarget.checked)}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {others.length > 0 && (
        <Select
          mt="xs"
          size="xs"
          maw={320}
          searchable
          aria-label={T.addAgency}
          placeholder={T.addAgency}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          data={others.map((agency) => ({ value: agency, label: nameOf(agency) }))}
          value={null}
          onChange={(agency) => agency !== null && setAdded((before) => [...before, agency])}
        />
      )}
      {grants.length === 0 && (
        <Text size="sm" c="var(--desk-orange)" mt="xs">
          {T.noGrants}
        </Text>
      )}
    </fieldset>
  );
}
