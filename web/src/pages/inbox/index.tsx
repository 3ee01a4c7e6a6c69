// The inbox: the list of one view beside the conversation that is open. On a phone one of the two is shown.
import { IconMessages } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { QUEUE_VIEWS, type QueueView } from '../../../../src/desk/api.js';
import { useAgency } from '../../api/agency.js';
import { useCounts } from '../../api/queue.js';
import { useTitle } from '../../parts/page-header.js';
import { EmptyState } from '../../parts/states.js';
import { viewPath } from '../../shell/places.js';
import { QUEUE } from '../../texts/inbox.js';
import { NAV } from '../../texts/shell.js';
import { Conversation } from './conversation/conversation.js';
import classes from './inbox.module.css';
import { QueueList } from './queue-list.js';

export function InboxPage({ view: given, ticket }: { view: string | undefined; ticket: string | undefined }) {
  const view: QueueView = QUEUE_VIEWS.find((one) => one === given) ?? 'waiting';
  const [, navigate] = useLocation();
  const { agency } = useAgency();
  const waiting = useCounts(agency)?.waiting ?? 0;
  useTitle(waiting > 0 ? `(${waiting}) ${NAV[view]}` : NAV[view]);
  const back = useCallback(() => {
    navigate(viewPath(view));
    if (ticket !== undefined)
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(ticket)}"]`)?.focus());
  }, [navigate, view, ticket]);
  return (
    <div className={classes.inbox} data-open={ticket !== undefined || undefined}>
      <QueueList view={view} open={ticket} />
      {ticket === undefined ? (
        <div className={classes.pick}>
          <EmptyState title={QUEUE.pick} hint={QUEUE.pickHint} icon={<IconMessages size={28} stroke={1.5} />} />
        </div>
      ) : (
        <Conversation key={ticket} id={ticket} back={back} />
      )}
    </div>
  );
}
