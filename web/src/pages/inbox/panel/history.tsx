// What happened to the ticket, newest first.
import type { TicketDetail } from '../../../../../src/desk/api.js';
import { RelativeTime } from '../../../parts/time.js';
import { STEP } from '../../../texts/ticket.js';
import classes from './panel.module.css';

export function History({ ticket: { history } }: { ticket: TicketDetail }) {
  return (
    <ol className={classes.history}>
      {[...history].reverse().map(({ at, action, byName, toName, to }) => (
        <li key={`${at}${action}${to ?? ''}`}>
          <span>
            {STEP[action]}
            {toName !== undefined && ` → ${toName}`}
            {byName !== undefined && <span className={classes.by}> · {byName}</span>}
          </span>
          <RelativeTime at={at} form="short" />
        </li>
      ))}
    </ol>
  );
}
