// The page "Cán bộ": who may sign in and do what where; new accounts and new passwords are made here.
import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { GivenPassword, StaffView } from '../../../../src/desk/api.js';
import { usePages } from '../../api/pages.js';
import { useMe } from '../../api/session.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { folded } from '../../parts/format.js';
import { Mark } from '../../parts/mark.js';
import office from '../../parts/office.module.css';
import { PageHeader } from '../../parts/page-header.js';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.js';
import { Person } from '../../parts/ticket-marks.js';
import { useUrlChoice } from '../../parts/url-choice.js';
import { ROLE_WORDS } from '../../texts/roles.js';
import { NAV } from '../../texts/shell.js';
import { STAFF as T } from '../../texts/staff.js';
import { useGrantAgencies } from './grants.js';
import { MemberDrawer } from './member.js';
import { PasswordOnce } from './password-once.js';

const NEW = 'new';
/** More staff than one administrator looks after. */
const MOST_READ = 1_000;

export function StaffPage() {
  const me = useMe();
  const [chosen, choose] = useUrlChoice('member');
  const [words, setWords] = useState('');
  const [all, setAll] = useState(false);
  const [given, setGiven] = useState<GivenPassword>();
  const pages = usePages<StaffView>(['staff'], '/staff');
  const members = pages.rows;
  const agencies = useGrantAgencies();
  // Names are looked for among all of them.
  const { more, loadingMore } = pages;
  useEffect(() => {
    if (more !== undefined && !loadingMore && members.length < MOST_READ) more();
  }, [more, loadingMore, members.length]);
  const found = members.filter(
    ({ name, username, disabled }) =>
      (all || !disabled) && folded(`${name} ${username}`).includes(folded(words.trim())),
  );
  const shown = members.find(({ id }) => id === chosen);

  const columns: Column<StaffView>[] = [
    {
      title: T.columns.name,
      lead: true,
      cell: ({ id, name, username }) => (
        <Group gap="sm" wrap="nowrap">
          <Person name={name} size={32} />
          <div style={{ textAlign: 'start' }}>
            <Text fw={600} size="sm">
              {name}
              {id === me.id && ` (${T.you})`}
            </Text>
            <Text size="xs" c="dimmed">
              {username}
            </Text>
          </div>
        </Group>
      ),
    },
    { title: T.columns.roles, cell: ({ grants }) => <Roles grants={grants} nameOf={agencies.nameOf} /> },
    { title: T.columns.state, cell: (member) => <State member={member} /> },
  ];

  return (
    <>
      <PageHeader title={NAV.staff} hint={T.about}>
        <Button leftSection={<IconUserPlus size={16} aria-hidden="true" />} onClick={() => choose(NEW)}>
          {T.create}
        </Button>
      </PageHeader>
      <div className={office.filters}>
        <TextInput
          aria-label={T.search}
          placeholder={T.search}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Checkbox label={T.showDisabled} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
      </div>
      {pages.error !== null ? (
        <ErrorState error={pages.error} retry={pages.retry} />
      ) : pages.loading ? (
        <LoadingState />
      ) : (
        <DataTable
          label={NAV.staff}
          rows={found}
          rowKey={({ id }) => id}
          columns={columns}
          onOpen={({ id }) => choose(id)}
          empty={
            <EmptyState
              title={members.length === 0 ? T.empty : T.emptySearch}
              {...(members.length === 0 ? { hint: T.emptyAbout } : {})}
              icon={<IconUsers size={28} stroke={1.5} />}
            />
          }
        />
      )}
      {(chosen === NEW || shown !== undefined) && (
        <MemberDrawer
          key={chosen}
          agencies={agencies}
          {...(shown === undefined ? {} : { member: shown })}
          close={() => choose(undefined)}
          onPassword={(next) => {
            choose(undefined);
            setGiven(next);
          }}
        />
      )}
      {given !== undefined && <PasswordOnce given={given} close={() => setGiven(undefined)} />}
    </>
  );
}

/** One line for each agency. */
function Roles({ grants, nameOf }: { grants: StaffView['grants']; nameOf: (agency: string) => string }) {
  if (grants.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {T.noRoles}
      </Text>
    );
  const agencies = [...new Set(grants.map(({ agency }) => agency))];
  return (
    <div>
      {agencies.map((agency) => (
        <Text key={agency} size="sm">
          {grants
            .filter((grant) => grant.agency === agency)
            .map(({ role }) => ROLE_WORDS[role].name)
            .join(', ')}
          <Text component="span" size="xs" c="dimmed">
            {' '}
            · {nameOf(agency)}
          </Text>
        </Text>
      ))}
    </div>
  );
}

function State({ member: { disabled, mustChange } }: { member: StaffView }) {
  if (disabled) return <Mark>{T.states.disabled}</Mark>;
  return mustChange ? <Mark tone="warn">{T.states.mustChange}</Mark> : <Mark tone="good">{T.states.active}</Mark>;
}
