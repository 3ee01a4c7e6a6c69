// The page "Yêu cầu dữ liệu": what citizens asked about their own data, what is open and due first.
import { Group, SegmentedControl, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle, IconShieldCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DataRequestView } from '../../../../src/desk/api.js';
import { useAgency, useAgencyName } from '../../api/agency.js';
import { send } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import { useCan, useMe } from '../../api/session.js';
import { useNow } from '../../parts/clock.js';
import { ConfirmButton } from '../../parts/confirm-button.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { date, dateTime, shortDuration } from '../../parts/format.js';
import { Advice, Mark } from '../../parts/mark.js';
import { failed, said } from '../../parts/notify.js';
import office from '../../parts/office.module.css';
import { PageHeader } from '../../parts/page-header.js';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.js';
import { useUrlOption } from '../../parts/url-choice.js';
import { DATA_REQUESTS as T } from '../../texts/data-requests.js';
import { NAV } from '../../texts/shell.js';

const DAY = 24 * 60 * 60_000;
/** This near, a date is warned of. */
const SOON = 2 * DAY;

export function DataRequestsPage() {
  const { agency } = useAgency();
  const agencyName = useAgencyName();
  const several = useMe().agencies.length > 1 && agency === undefined;
  const [view, setView] = useUrlOption('view', ['open', 'all']);
  const pages = usePages<DataRequestView>(['data-requests', agency ?? '', view], '/data-requests', { agency, view });

  const columns: Column<DataRequestView>[] = [
    { title: T.columns.id, cell: ({ id }) => <span className={office.code}>{id}</span> },
    {
      title: T.columns.type,
      lead: true,
      cell: ({ type, source, purpose, reports }) => (
        <div>
          {T.types[type]}
          {purpose !== undefined && ` (${T.purposes[purpose] ?? purpose})`}
          <Text size="xs" c="dimmed">
            {T.sources[source]}
          </Text>
          {reports !== undefined && reports.length > 0 && (
            <Text size="xs">
              {T.reports} <span className={office.code}>{reports.join(', ')}</span>
            </Text>
          )}
        </div>
      ),
    },
    ...(several ? [{ title: T.columns.agency, cell: (row: DataRequestView) => agencyName(row.agency) }] : []),
    { title: T.columns.at, cell: ({ at }) => dateTime(at) },
    { title: T.columns.answerBy, cell: ({ answerBy, doneAt }) => <Due at={answerBy} done={doneAt} /> },
    { title: T.columns.doneBy, cell: ({ doneBy, doneAt }) => <Due at={doneBy} done={doneAt} /> },
    {
      title: T.columns.state,
      cell: (row) => (
        <Group gap="xs">
          <Mark tone={row.doneAt === undefined ? 'warn' : 'good'}>
            {row.doneAt === undefined ? T.open : T.done(date(row.doneAt))}
          </Mark>
          {row.doneAt === undefined && <Finish id={row.id} agency={row.agency} />}
        </Group>
      ),
    },
  ];

  return (
    <>
      <PageHeader title={NAV['data-requests']} hint={T.about} />
      <div className={office.filters}>
        <SegmentedControl
          aria-label={T.columns.state}
          value={view}
          onChange={(next) => setView(next as typeof view)}
          data={[
            { value: 'open', label: T.open },
            { value: 'all', label: T.all },
          ]}
        />
      </div>
      {pages.error !== null ? (
        <ErrorState error={pages.error} retry={pages.retry} />
      ) : pages.loading ? (
        <LoadingState />
      ) : (
        <>
          <Warning rows={pages.rows} />
          <DataTable
            label={NAV['data-requests']}
            rows={pages.rows}
            rowKey={({ id }) => id}
            columns={columns}
            {...(pages.more === undefined ? {} : { more: pages.more })}
            loadingMore={pages.loadingMore}
            empty={
              <EmptyState
                title={view === 'open' ? T.emptyOpen : T.empty}
                hint={T.emptyAbout}
                icon={<IconShieldCheck size={28} stroke={1.5} />}
              />
            }
          />
        </>
      )}
    </>
  );
}

/** What is late or nearly so among the rows that were read. */
function Warning({ rows }: { rows: readonly DataRequestView[] }) {
  const now = useNow();
  // Whether it was answered nobody wrote down: the first of both dates warns.
  const left = rows.flatMap(({ doneAt, answerBy, doneBy }) =>
    doneAt === undefined ? [Math.min(answerBy, doneBy) - now] : [],
  );
  if (left.length === 0) return null;
  const late = left.filter((ms) => ms <= 0).length;
  const soon = left.filter((ms) => ms > 0 && ms <= SOON).length;
  const title = [...(late > 0 ? [T.overdueCount(late)] : []), ...(soon > 0 ? [T.soonCount(soon)] : [])].join(', ');
  return (
    <Advice
      tone={late > 0 ? 'bad' : soon > 0 ? 'warn' : 'calm'}
      icon={late + soon > 0 ? <IconAlertTriangle size={18} /> : <IconInfoCircle size={18} />}
    >
      {title !== '' && <div className={office.adviceTitle}>{title}</div>}
      {T.automatic}
    </Advice>
  );
}

function Due({ at, done }: { at: number; done: number | undefined }) {
  const left = at - useNow();
  const words = left <= 0 ? T.overdue(shortDuration(-left)) : T.left(shortDuration(left));
  return (
    <div>
      {date(at)}
      {done === undefined && (
        <Text size="xs" fw={600} c={left <= 0 ? 'var(--desk-red)' : left <= SOON ? 'var(--desk-orange)' : 'dimmed'}>
          {words}
        </Text>
      )}
    </div>
  );
}

/** Says that it was carried out; for those who may. */
function Finish({ id, agency }: { id: string; agency: string }) {
  const client = useQueryClient();
  const finish = useMutation({
    mutationFn: () => send<object>('POST', `/data-requests/${encodeURIComponent(id)}/done`),
    onSuccess: () => said(T.finished),
    onError: (error) => failed(error),
    onSettled: () => void client.invalidateQueries({ queryKey: ['data-requests'] }),
  });
  if (!useCan()('data-requests.work', agency)) return null;
  return (
    <ConfirmButton
      size="compact-sm"
      variant="light"
      color="blue"
      question={T.finishAbout}
      confirm={T.finish}
      loading={finish.isPending}
      onConfirm={() => finish.mutate()}
    >
      {T.finish}
    </ConfirmButton>
  );
}
