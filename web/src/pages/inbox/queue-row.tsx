// One row of the queue: who, since when, what they last said, and what presses.
import { IconAlertTriangle, IconClockExclamation, IconMail } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'wouter';
import type { QueueView, TicketRow } from '../../../../src/desk/api.js';
import { useAgency, useAgencyName } from '../../api/agency.js';
import { useMe } from '../../api/session.js';
import { useNow } from '../../parts/clock.js';
import { duration } from '../../parts/format.js';
import { ChannelMark, Person, PriorityMark } from '../../parts/ticket-marks.js';
import { RelativeTime } from '../../parts/time.js';
import { viewPath } from '../../shell/places.js';
import { QUEUE } from '../../texts/inbox.js';
import { citizenName, REASON, RESOLUTION } from '../../texts/ticket.js';
import classes from './inbox.module.css';
import { useUnread } from './seen.js';

/** Before a target is past, ms: the row warns. */
const WARN_BEFORE = 10 * 60_000;

interface RowProps {
  row: TicketRow;
  view: QueueView;
  open: boolean;
  onFocus: () => void;
}

export const QueueRow = memo(
  function QueueRow({ row, view, open, onFocus }: RowProps) {
    const unread = useUnread(row) && !open;
    return (
      <li>
        <Link
          to={viewPath(view, row.id)}
          data-row={row.id}
          className={classes.row}
          aria-current={open ? 'true' : undefined}
          data-unread={unread || undefined}
          onFocus={onFocus}
        >
          <span className={classes.rowTop}>
            <span className={classes.dot} role="img" aria-label={unread ? QUEUE.unread : ''} aria-hidden={!unread} />
            <ChannelMark channel={row.channel} />
            <span className={classes.name}>{citizenName(row)}</span>
            <span className={classes.waits}>
              {row.status === 'closed' ? (
                <RelativeTime at={row.closedAt ?? row.changedAt} form="short" />
              ) : (
                <RelativeTime at={row.waitingSince} form="waiting" />
              )}
            </span>
          </span>
          <span className={classes.middle}>
            <span className={classes.preview}>{row.preview ?? QUEUE.noPreview}</span>
            {row.unanswered > 1 && row.status !== 'closed' && (
              <span className={classes.unanswered} title={QUEUE.unanswered(row.unanswered)}>
                {row.unanswered}
              </span>
            )}
          </span>
          <Marks row={row} view={view} />
        </Link>
      </li>
    );
  },
  (before, after) => before.row === after.row && before.view === after.view && before.open === after.open,
);

function Marks({ row, view }: { row: TicketRow; view: QueueView }) {
  const me = useMe();
  const { agency } = useAgency();
  const agencyName = useAgencyName();
  const reason = reasonOf(row);
  return (
    <span className={classes.marks}>
      <PriorityMark priority={row.priority} />
      <Due row={row} />
      {reason !== undefined && <span className={classes.reason}>{reason}</span>}
      {row.answerFrom !== undefined && row.status === 'waiting' && (
        <span className={classes.mark} title={QUEUE.messageLeft}>
          <IconMail size={13} aria-hidden="true" />
          {QUEUE.messageLeft}
        </span>
      )}
      {agency === undefined && me.agencies.length > 1 && <span className={classes.mark}>{agencyName(row.agency)}</span>}
      {row.tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      <span className={classes.push} />
      {row.assignee !== undefined && view !== 'mine' && <Person name={row.assignee.name} size={20} />}
    </span>
  );
}

/** The usual one, that the citizen asked, says nothing. */
function reasonOf({ status, resolution, reason }: TicketRow): string | undefined {
  if (status === 'closed' && resolution !== undefined) return RESOLUTION[resolution];
  return reason === 'asked' ? undefined : REASON[reason];
}

function Due({ row }: { row: TicketRow }) {
  const now = useNow();
  if (row.status === 'closed' || row.dueAt === undefined || row.dueAt - now > WARN_BEFORE) return null;
  const past = row.dueAt <= now;
  const Icon = past ? IconAlertTriangle : IconClockExclamation;
  return (
    <span className={classes.due} data-past={past || undefined}>
      <Icon size={13} stroke={2} aria-hidden="true" />
      {past ? QUEUE.overdue(duration(now - row.dueAt)) : QUEUE.dueIn(duration(row.dueAt - now))}
    </span>
  );
}
