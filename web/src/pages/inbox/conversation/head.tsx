// The head of a conversation: who it is, how it stands, and the actions on it.
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconArrowsExchange,
  IconCheck,
  IconDots,
  IconLayoutSidebarRight,
} from '@tabler/icons-react';
import type { TicketDetail } from '../../../../../src/desk/api.js';
import type { useTicketAction } from '../../../api/ticket.js';
import { ChannelMark, PriorityMark, TicketStatus } from '../../../parts/ticket-marks.js';
import { COMMON } from '../../../texts/common.js';
import { TALK } from '../../../texts/inbox.js';
import { citizenName } from '../../../texts/ticket.js';
import classes from './conversation.module.css';

export type Action = ReturnType<typeof useTicketAction>;

export function Head({
  ticket,
  action,
  back,
  transfer,
  close,
  panel,
  togglePanel,
}: {
  ticket: TicketDetail;
  action: Action;
  back: () => void;
  transfer: () => void;
  close: () => void;
  panel: boolean;
  togglePanel: () => void;
}) {
  const acts = (ticket.may.work || ticket.may.supervise) && ticket.status !== 'closed';
  const holds = acts && ticket.status === 'open';
  const release = () => action.mutate({ action: 'release' });
  return (
    <header className={classes.head}>
      <ActionIcon className={classes.back} onClick={back} aria-label={COMMON.back} size="lg">
        <IconArrowLeft size={20} />
      </ActionIcon>
      <ChannelMark channel={ticket.channel} size={20} />
      <div className={classes.title}>
        <h2>{citizenName(ticket)}</h2>
        <span className={classes.under}>
          <TicketStatus status={ticket.status} />
          <span className={classes.code}>{ticket.id}</span>
          <PriorityMark priority={ticket.priority} />
        </span>
      </div>
      <span className={classes.space} />
      {acts && (
        <span className={classes.wide}>
          <Tooltip label={`${TALK.transfer}  T`}>
            <Button variant="default" size="xs" leftSection={<IconArrowsExchange size={16} />} onClick={transfer}>
              {TALK.transfer}
            </Button>
          </Tooltip>
          <Tooltip label={`${TALK.close}  E`}>
            <Button variant="default" size="xs" leftSection={<IconCheck size={16} />} onClick={close}>
              {TALK.close}
            </Button>
          </Tooltip>
        </span>
      )}
      {acts && (
        <Menu>
          <Menu.Target>
            <ActionIcon className={holds ? undefined : classes.narrow} size="lg" aria-label={TALK.more}>
              <IconDots size={20} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item className={classes.narrow} leftSection={<IconArrowsExchange size={16} />} onClick={transfer}>
              {TALK.transfer}
            </Menu.Item>
            {holds && (
              <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={release}>
                {TALK.release}
              </Menu.Item>
            )}
            <Menu.Item className={classes.narrow} leftSection={<IconCheck size={16} />} onClick={close}>
              {TALK.close}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Tooltip label={`${TALK.panel}  I`}>
        <ActionIcon
          size="lg"
          variant={panel ? 'light' : 'subtle'}
          aria-label={TALK.panel}
          aria-pressed={panel}
          onClick={togglePanel}
        >
          <IconLayoutSidebarRight size={19} />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}
