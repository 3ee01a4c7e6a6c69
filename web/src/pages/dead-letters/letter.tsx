// One dead letter: what happened in words, what to do, its code for those who look after the system, and its two buttons.
import { Group } from '@mantine/core';
import { IconArrowBackUp, IconDatabaseX, IconMessageX, IconWebhook } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { DeadLetterView } from '../../../../src/desk/api.js';
import { send } from '../../api/client.js';
import { useCan } from '../../api/session.js';
import { ConfirmButton } from '../../parts/confirm-button.js';
import { Mark } from '../../parts/mark.js';
import { failed, said } from '../../parts/notify.js';
import office from '../../parts/office.module.css';
import { ChannelMark } from '../../parts/ticket-marks.js';
import { RelativeTime } from '../../parts/time.js';
import { viewPath } from '../../shell/places.js';
import { explain, DEAD_LETTERS as T } from '../../texts/dead-letters.js';
import classes from './dead-letters.module.css';

const ICONS = { event: IconMessageX, reply: IconArrowBackUp, effect: IconDatabaseX, webhook: IconWebhook } as const;

export function Letter({ letter }: { letter: DeadLetterView }) {
  const { source, reason, at, status, channel, ticket } = letter;
  const { what, toDo } = explain(reason);
  const Icon = ICONS[source];
  return (
    <article className={classes.letter} aria-label={what}>
      <span className={classes.icon} aria-hidden="true">
        <Icon size={20} stroke={1.7} />
      </span>
      <div className={classes.text}>
        <h2 className={classes.what}>{what}</h2>
        {status === 'open' && (
          <p className={classes.toDo}>
            <b>{T.toDo}:</b> {toDo}
          </p>
        )}
        <div className={classes.facts}>
          <Mark>{T.sources[source]}</Mark>
          {channel !== undefined && <ChannelMark channel={channel} />}
          <RelativeTime at={at} />
          {ticket !== undefined && <Link to={viewPath('open', ticket)}>{T.openTicket(ticket)}</Link>}
          <span className={office.code}>{reason}</span>
        </div>
      </div>
      {status === 'open' ? <Actions {...letter} /> : <Ended status={status} />}
    </article>
  );
}

function Ended({ status }: { status: 'replayed' | 'dropped' }) {
  return <Mark tone={status === 'replayed' ? 'good' : 'calm'}>{T.statuses[status]}</Mark>;
}

function Actions({ id, source, replayable }: DeadLetterView) {
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (what: 'replay' | 'drop') => send<object>('POST', `/dead-letters/${encodeURIComponent(id)}/${what}`),
    onSuccess: (_, what) => said(what === 'replay' ? T.replayed : T.dropped),
    onError: (error) => failed(error),
    onSettled: () => void client.invalidateQueries({ queryKey: ['dead-letters'] }),
  });
  if (!useCan()('dead-letters.work')) return null;
  return (
    <Group gap={6} className={classes.actions}>
      {replayable && (source === 'event' || source === 'reply') && (
        <ConfirmButton
          size="compact-sm"
          variant="light"
          color="blue"
          question={T.replayAbout[source]}
          confirm={T.replay}
          loading={act.isPending && act.variables === 'replay'}
          onConfirm={() => act.mutate('replay')}
        >
          {T.replay}
        </ConfirmButton>
      )}
      <ConfirmButton
        size="compact-sm"
        variant="default"
        question={T.dropAbout}
        confirm={T.drop}
        loading={act.isPending && act.variables === 'drop'}
        onConfirm={() => act.mutate('drop')}
      >
        {T.drop}
      </ConfirmButton>
    </Group>
  );
}
