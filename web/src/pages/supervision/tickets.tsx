// Conversations as a supervisor sees them: what is late, waits or is worked on, who has it, and two ways to change that.
import { Button, Chip, Group, SegmentedControl } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { TicketRow } from '../../../../src/desk/api.js';
import { useAgency, useAgencyName } from '../../api/agency.js';
import { rowsOf, useQueue } from '../../api/queue.js';
import { useMe } from '../../api/session.js';
import { useNow } from '../../parts/clock.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { shortDuration } from '../../parts/format.js';
import office from '../../parts/office.module.css';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.js';
import { ChannelMark, Person, PriorityMark } from '../../parts/ticket-marks.js';
import { Panel } from '../../parts/tiles.js';
import { RelativeTime } from '../../parts/time.js';
import { useUrlChoice, useUrlOption } from '../../parts/url-choice.js';
import { viewPath } from '../../shell/places.js';
import { SUPERVISION as T } from '../../texts/supervision.js';
import { citizenName, REASON } from '../../texts/ticket.js';
import { AssignDialog } from './assign.js';
import classes from './supervision.module.css';
import { TakeOver } from './take-over.js';

/** A target that is this near deserves a colour, ms. */
const SOON = 5 * 60_000;

export function SupervisedTickets() {
  const { agency } = useAgency();
  const me = useMe();
  const [view, setView] = useUrlOption('view', ['breached', 'waiting', 'open']);
  const [officer, setOfficer] = useUrlChoice('officer');
  const [assigning, assign] = useState<TicketRow>();
  const queue = useQueue(agency, view);
  const all = rowsOf(queue.data);
  const rows = officer === undefined ? all : all.filter(({ assignee }) => assignee?.id === officer);
  const officerName = all.find(({ assignee }) => assignee?.id === officer)?.assignee?.name ?? T.thisOfficer;
  const several = me.agencies.length > 1 && agency === undefined;

  const columns: Column<TicketRow>[] = [
    { title: T.columns.ticket, lead: true, cell: (row) => <Ticket row={row} several={several} /> },
    { title: T.columns.assignee, cell: ({ assignee }) => <Assignee assignee={assignee} /> },
    { title: T.columns.waiting, cell: ({ waitingSince }) => <RelativeTime at={waitingSince} form="waiting" /> },
    { title: T.columns.due, cell: ({ dueAt }) => (dueAt === undefined ? null : <Due at={dueAt} />) },
    {
      title: T.columns.actions,
      align: 'right',
      cell: (row) => (
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button size="compact-sm" variant="default" aria-label={T.assignTo(row.id)} onClick={() => assign(row)}>
            {T.assign}
          </Button>
          {row.assignee?.id !== me.id && <TakeOver row={row} />}
        </Group>
      ),
    },
  ];

  return (
    <Panel
      title={T.tickets}
      actions={
        <Group gap="xs">
          {officer !== undefined && (
            <Chip checked size="xs" onChange={() => setOfficer(undefined)}>
              {T.onlyOf(officerName)}
            </Chip>
          )}
          <SegmentedControl
            size="sm"
            aria-label={T.tickets}
            value={view}
            onChange={(next) => setView(next as typeof view)}
            data={(['breached', 'waiting', 'open'] as const).map((value) => ({ value, label: T.views[value] }))}
          />
        </Group>
      }
    >
      {queue.isError && queue.data === undefined ? (
        <ErrorState error={queue.error} retry={() => void queue.refetch()} />
      ) : queue.isPending ? (
        <LoadingState />
      ) : (
        <DataTable
          label={T.views[view]}
          rows={rows}
          rowKey={({ id }) => id}
          columns={columns}
          {...(queue.hasNextPage ? { more: () => void queue.fetchNextPage() } : {})}
          loadingMore={queue.isFetchingNextPage}
          empty={
            <EmptyState
              title={T.empty[view]}
              hint={T.emptyAbout}
              icon={<IconMoodSmile size={28} stroke={1.5} aria-hidden="true" />}
            />
          }
        />
      )}
      {assigning !== undefined && <AssignDialog row={assigning} close={() => assign(undefined)} />}
    </Panel>
  );
}

function Ticket({ row, several }: { row: TicketRow; several: boolean }) {
  const agencyName = useAgencyName();
  return (
    <div className={classes.ticket}>
      <span className={classes.ticketHead}>
        <ChannelMark channel={row.channel} />
        <Link to={viewPath(row.status, row.id)} className={classes.ticketName}>
          {citizenName(row)}
        </Link>
        <span className={office.code}>{row.id}</span>
        <PriorityMark priority={row.priority} />
      </span>
      <span className={classes.preview}>
        {REASON[row.reason]}
        {several && ` · ${agencyName(row.agency)}`}
        {row.preview !== undefined && ` · ${row.preview}`}
      </span>
    </div>
  );
}

function Assignee({ assignee }: { assignee: TicketRow['assignee'] | undefined }) {
  if (assignee === undefined) return <span className={office.figureNote}>{T.unassigned}</span>;
  return (
    <span className={classes.who}>
      <Person name={assignee.name} size={22} />
      {assignee.name}
    </span>
  );
}

function Due({ at }: { at: number }) {
  const left = at - useNow();
  const tone = left <= 0 ? 'bad' : left <= SOON ? 'warn' : undefined;
  return (
    <span className={classes.due} data-tone={tone}>
      {left <= 0 ? T.overdueBy(shortDuration(-left)) : T.dueIn(shortDuration(left))}
    </span>
  );
}
