// What there was before: other talks of this conversation with staff, and reports sent from it.
import { Link } from 'wouter';
import type { TicketDetail } from '../../../../../src/desk/api.js';
import { RelativeTime } from '../../../parts/time.js';
import { viewPath } from '../../../shell/places.js';
import { PANEL } from '../../../texts/inbox.js';
import { REASON, RESOLUTION, STATUS } from '../../../texts/ticket.js';
import classes from './panel.module.css';

export function Earlier({ ticket: { earlier } }: { ticket: TicketDetail }) {
  if (earlier.length === 0) return <p className={classes.none}>{PANEL.noEarlier}</p>;
  return (
    <ul className={classes.list}>
      {earlier.map(({ id, openedAt, reason, status, resolution }) => (
        <li key={id}>
          <Link to={viewPath('closed', id)} className={classes.item}>
            <span className={classes.number}>{id}</span>
            <RelativeTime at={openedAt} form="short" />
            <span className={classes.words}>
              {REASON[reason]} · {resolution === undefined ? STATUS[status] : RESOLUTION[resolution]}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function Reports({ ticket: { feedback } }: { ticket: TicketDetail }) {
  return (
    <ul className={classes.list}>
      {feedback.map(({ code, status, at }) => (
        <li key={code}>
          <Link to={`/feedback/${encodeURIComponent(code)}`} className={classes.item}>
            <span className={classes.number}>{code}</span>
            <RelativeTime at={at} form="short" />
            <span className={classes.words}>{status}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
