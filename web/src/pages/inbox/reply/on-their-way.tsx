// Messages that were sent from here and do not stand in the transcript yet: under way, or refused with the reason and the text kept.
import { Button, Group } from '@mantine/core';
import { IconAlertCircle, IconClock, IconLock, IconPaperclip, IconUserCircle } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { TicketDetail } from '../../../../../src/desk/api.js';
import { useMe } from '../../../api/session.js';
import { entriesOf, useEntries } from '../../../api/ticket.js';
import { TALK } from '../../../texts/inbox.js';
import { SPEAKER } from '../../../texts/ticket.js';
import lines from '../conversation/line.module.css';
import { discard, mayRepeat, type Pending, sendMessage, settle } from './sending.js';

export function OnTheirWay({
  ticket,
  pending,
  edit,
}: {
  ticket: TicketDetail;
  pending: readonly Pending[];
  /** Puts a refused text back into the reply box. */
  edit: (one: Pending) => void;
}) {
  const read = useEntries(ticket.id);
  useEffect(() => {
    if (pending.length > 0) settle(ticket.id, entriesOf(read.data));
  }, [ticket.id, pending, read.data]);
  if (pending.length === 0) return null;
  return (
    <ol className={lines.pending} aria-live="polite">
      {pending.map((one) => (
        <One key={one.key} ticket={ticket.id} one={one} edit={edit} />
      ))}
    </ol>
  );
}

function One({ ticket, one, edit }: { ticket: string; one: Pending; edit: (one: Pending) => void }) {
  const me = useMe();
  const { kind, text, attachments, state, error } = one;
  const Icon = kind === 'note' ? IconLock : IconUserCircle;
  return (
    <li className={lines.line} data-by={kind === 'note' ? 'note' : 'staff'} data-side="right" data-head data-under-way>
      <div className={lines.speaker}>
        <Icon size={14} stroke={1.8} aria-hidden="true" />
        <span className={lines.who}>{kind === 'note' ? SPEAKER.note : me.name}</span>
      </div>
      <div className={lines.bubble}>
        {text !== undefined && <span className={lines.asWritten}>{text}</span>}
        {attachments.map((name) => (
          <div key={name} className={lines.file}>
            <IconPaperclip size={14} aria-hidden="true" /> {name}
          </div>
        ))}
      </div>
      {state !== 'failed' ? (
        <div className={lines.delivery} data-state="sending">
          <IconClock size={13} stroke={2} aria-hidden="true" /> {TALK.sending}
        </div>
      ) : (
        <>
          <div className={lines.delivery} data-state="failed" role="alert">
            <IconAlertCircle size={13} stroke={2} aria-hidden="true" /> {TALK.failed}: {error?.message}
          </div>
          <Group gap={6}>
            {mayRepeat(one) && (
              <Button size="compact-xs" variant="light" onClick={() => sendMessage(ticket, one)}>
                {TALK.again}
              </Button>
            )}
            {text !== undefined && (
              <Button size="compact-xs" variant="default" onClick={() => edit(one)}>
                {TALK.edit}
              </Button>
            )}
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => discard(ticket, one.key)}>
              {TALK.discard}
            </Button>
          </Group>
        </>
      )}
    </li>
  );
}
