// Below the conversation: the reply box, or why there is none and what can be done about it.
import { Button } from '@mantine/core';
import { IconHandGrab, IconLock, IconNote } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import type { TicketDetail } from '../../../../../src/desk/api.js';
import { useMe } from '../../../api/session.js';
import { useNow } from '../../../parts/clock.js';
import { ago } from '../../../parts/format.js';
import { REPLY, TALK } from '../../../texts/inbox.js';
import type { Compose } from '../conversation/conversation.js';
import type { Action } from '../conversation/head.js';
import classes from './reply.module.css';
import { ReplyBox } from './reply-box.js';

interface FooterProps {
  ticket: TicketDetail;
  action: Action;
  box: RefObject<HTMLTextAreaElement | null>;
  compose: Compose;
  setCompose: (what: Compose) => void;
  claim: () => void;
  /** The reply box takes the focus as soon as it is there. */
  eager: boolean;
}

export function Footer({ ticket, action, box, compose, setCompose, claim, eager }: FooterProps) {
  const me = useMe();
  const now = useNow(60_000);
  const [noting, setNoting] = useState(false);
  const { may, status, assignee } = ticket;
  if (may.work && status === 'open') {
    return <ReplyBox ticket={ticket} box={box} compose={compose} setCompose={setCompose} eager={eager} />;
  }
  if (status === 'closed') {
    return (
      <div className={classes.bar} role="note">
        <IconLock size={18} aria-hidden="true" />
        <span>
          {TALK.closedAt(ago(ticket.closedAt ?? ticket.changedAt, now))} {TALK.closedHint}
        </span>
      </div>
    );
  }
  if (!may.claim && !may.supervise) {
    return (
      <div className={classes.bar} role="note">
        <IconLock size={18} aria-hidden="true" />
        <span>{assignee === undefined ? TALK.readOnly : TALK.heldBy(assignee.name)}</span>
      </div>
    );
  }
  const takeOver = () => action.mutate({ action: 'assign', body: { to: me.id } });
  return (
    <>
      {(noting || compose === 'note') && (
        <ReplyBox ticket={ticket} box={box} compose="note" setCompose={setCompose} noteOnly />
      )}
      <div className={classes.bar}>
        <span>{assignee === undefined ? TALK.claimHint : TALK.heldBy(assignee.name)}</span>
        <span className={classes.barActions}>
          {!noting && compose !== 'note' && (
            <Button variant="subtle" size="sm" leftSection={<IconNote size={16} />} onClick={() => setNoting(true)}>
              {REPLY.note}
            </Button>
          )}
          <Button
            leftSection={<IconHandGrab size={17} />}
            loading={action.isPending}
            onClick={may.claim ? claim : takeOver}
          >
            {may.claim ? TALK.claim : TALK.takeOver}
            {may.claim && <kbd className={classes.key}>C</kbd>}
          </Button>
        </span>
      </div>
    </>
  );
}
