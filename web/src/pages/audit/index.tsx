// The page "Nhật ký": who did what in one agency, newest first, in words and in codes.
import { Group, NativeSelect, Text } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { AuditView } from '../../../../src/desk/api.js';
import type { Role } from '../../../../src/records/staff.js';
import { useAgency } from '../../api/agency.js';
import { usePages } from '../../api/pages.js';
import { useMe } from '../../api/session.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { dateTime } from '../../parts/format.js';
import office from '../../parts/office.module.css';
import { PageHeader } from '../../parts/page-header.js';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.js';
import { useUrlChoice } from '../../parts/url-choice.js';
import { actionName, detailName, objectName, AUDIT_TEXTS as T } from '../../texts/audit.js';
import { ROLE_WORDS } from '../../texts/roles.js';
import { NAV } from '../../texts/shell.js';

/** The chain of what was done to no agency in particular. */
const EVERYWHERE = '*';

export function AuditPage() {
  const { agencies, everywhere } = useMe();
  const { agency } = useAgency();
  const [given, choose] = useUrlChoice('chain');
  const readable = agencies.filter(({ permissions }) => permissions.includes('audit.read'));
  const choices = [
    ...readable.map(({ id, name }) => ({ value: id, label: name })),
    ...(everywhere.includes('audit.read') ? [{ value: EVERYWHERE, label: T.everywhere }] : []),
  ];
  const chain = choices.find(({ value }) => value === (given ?? agency))?.value ?? choices[0]?.value;
  const pages = usePages<AuditView>(['audit', chain], '/audit', { agency: chain }, { enabled: chain !== undefined });

  return (
    <>
      <PageHeader title={NAV.audit} hint={T.about}>
        {choices.length > 1 && (
          <NativeSelect
            aria-label={T.chain}
            data={choices}
            value={chain ?? ''}
            onChange={(event) => choose(event.currentTarget.value)}
          />
        )}
      </PageHeader>
      {pages.error !== null ? (
        <ErrorState error={pages.error} retry={pages.retry} />
      ) : pages.loading ? (
        <LoadingState />
      ) : (
        <DataTable
          label={NAV.audit}
          rows={pages.rows}
          rowKey={({ seq }) => String(seq)}
          columns={columnsFor(pages.rows)}
          {...(pages.more === undefined ? {} : { more: pages.more })}
          loadingMore={pages.loadingMore}
          empty={<EmptyState title={T.empty} hint={T.emptyAbout} icon={<IconFingerprint size={28} stroke={1.5} />} />}
        />
      )}
    </>
  );
}

/** `by` names whoever acted; the same people stand as ids in what was done. */
function columnsFor(rows: readonly AuditView[]): readonly Column<AuditView>[] {
  const names = new Map(rows.flatMap(({ by, byName }) => (byName === undefined ? [] : [[by, byName] as const])));
  return [
    { title: T.columns.at, cell: ({ at }) => <span style={{ whiteSpace: 'nowrap' }}>{dateTime(at)}</span> },
    { title: T.columns.by, cell: ({ by, byName }) => (by === 'system' ? T.system : (byName ?? by)) },
    { title: T.columns.action, lead: true, cell: ({ action }) => <Action code={action} /> },
    { title: T.columns.object, cell: ({ object }) => <AuditedObject object={object} names={names} /> },
    { title: T.columns.detail, cell: ({ detail }) => <Detail detail={detail} names={names} /> },
    { title: T.columns.seq, align: 'right', cell: ({ seq }) => <span className={office.code}>{seq}</span> },
  ];
}

type Names = ReadonlyMap<string, string>;

/** Roles and people by their names, the rest as it was written down. */
function valueWords(key: string, value: string, names: Names): string {
  if (key !== 'roles') return names.get(value) ?? value;
  const roles = value
    .split(' ')
    .map((role) => (Object.hasOwn(ROLE_WORDS, role) ? ROLE_WORDS[role as Role].name : role));
  return roles.join(', ');
}

function Action({ code }: { code: string }) {
  const name = actionName(code);
  return (
    <div>
      {name !== undefined && (
        <Text size="sm" fw={500}>
          {name}
        </Text>
      )}
      <span className={office.code}>{code}</span>
    </div>
  );
}

/** `ticket:HT-7K3F-92` and the like, as a link where the desk has a page for it. */
function AuditedObject({ object, names }: { object: string; names: Names }) {
  const cut = object.indexOf(':');
  const kind = cut < 0 ? object : object.slice(0, cut);
  const id = cut < 0 ? '' : object.slice(cut + 1);
  const to = LINKS[kind]?.(id);
  return (
    <div>
      <Text size="xs" c="dimmed">
        {objectName(kind)}
      </Text>
      {to !== undefined && id !== '' ? (
        <Link to={to} className={office.link}>
          {id}
        </Link>
      ) : (
        (names.get(id) ?? <span className={office.code}>{id}</span>)
      )}
    </div>
  );
}

const LINKS: Readonly<Record<string, (id: string) => string>> = {
  ticket: (id) => `/tickets/${encodeURIComponent(id)}`,
  feedback: (id) => `/feedback/${encodeURIComponent(id)}`,
};

function Detail({ detail, names }: Pick<AuditView, 'detail'> & { names: Names }) {
  const facts = Object.entries(detail);
  if (facts.length === 0) return null;
  return (
    <Group gap="2px 10px" maw={360}>
      {facts.map(([key, value]) => (
        <Text key={key} component="span" size="xs" className={office.words}>
          <Text component="span" size="xs" c="dimmed">
            {detailName(key)}:{' '}
          </Text>
          {typeof value === 'boolean' ? (value ? T.yes : T.no) : valueWords(key, String(value), names)}
        </Text>
      ))}
    </Group>
  );
}
